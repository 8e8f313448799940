"""Texts that say nearly the same in nearly the same words; it knows words, not what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

LEAST_LIKENESS = 0.7
RUN = 4

# Dutch and English. One of these more or less turns a sentence round.
_TURNING = frozenset(
    re.findall(
        r"\w+",
        """
        niet geen nooit niemand niets nergens noch zonder nauwelijks amper weinig wel
        not no never nobody nothing nowhere nor neither none without hardly barely few
        cannot dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt cant mustnt
        """,
    )
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that look alike.

    Attributes
    ----------
    first, second
        Their places, the first before the second.
    likeness
        From `LEAST_LIKENESS` to 1, which is equal but for order, capitals, accents and signs.
    """

    first: int
    second: int
    likeness: float


def find_pairs(texts: Sequence[str], *, least: float = LEAST_LIKENESS) -> list[Pair]:
    """Find all pairs of texts that look alike, the most alike before the others.

    No pair is missed, and few are compared that do not look alike: the parts of each text are put
    in one order, the rarest first, and two texts can reach the likeness only if they share one of
    the first parts of both (prefix filtering: Chaudhuri, Ganti and Kaushik 2006). The cost grows
    about in proportion to the number of texts and of what is alike in them.

    Parameters
    ----------
    least
        What likeness is asked for, above 0 and at most 1.
    """
    profiles = [_Profile.of(text) for text in texts]
    found = (
        Pair(first, second, likeness)
        for first, second in _candidates(profiles, least)
        if (likeness := _compare(profiles[first], profiles[second])) >= least
    )
    return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def find_alike(
    text: str, others: Sequence[str], *, least: float = LEAST_LIKENESS
) -> list[tuple[int, float]]:
    """Find the texts that look like one text: their places and likeness, the most alike first."""
    profile = _Profile.of(text)
    likenesses = (
        (place, _compare(profile, _Profile.of(other))) for place, other in enumerate(others)
    )
    found = [(place, likeness) for place, likeness in likenesses if likeness >= least]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def measure_likeness(first: str, second: str) -> float:
    """Give how alike two texts look, from 0 to 1.

    A text is the multiset of the runs of four letters in its words, ends of words included, and
    of its pairs of words that follow each other; the likeness is the cosine of the angle between
    the two.
    It is 0 where a number differs, or a word that turns a sentence round: "mag" and "mag niet"
    are no duplicates, however much alike they look. "The minister follows the public servant"
    and the other way round do look alike: whether to take two together is for a person to say.
    """
    return _compare(_Profile.of(first), _Profile.of(second))


@dataclass(frozen=True, slots=True)
class _Profile:
    """The parts of a text with how often each is in it, and what must be equal in a duplicate."""

    parts: Counter[str]
    length: float
    turning: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Profile:
        words = _words(text)
        parts = Counter(_parts(words))
        return cls(
            parts=parts,
            length=sqrt(sum(count * count for count in parts.values())),
            turning=tuple(sorted(w for w in words if w in _TURNING or w.isdecimal())),
        )


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in plain if not unicodedata.combining(each) and each not in "'’")
    return _WORD.findall(kept)


def _parts(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        padded = f" {word} "
        yield from (padded[start : start + RUN] for start in range(max(1, len(padded) - RUN + 1)))
    yield from (f"{word} {follower}" for word, follower in pairwise(words))


def _compare(first: _Profile, second: _Profile) -> float:
    if first.turning != second.turning or not (first.parts and second.parts):
        return 0.0
    few, many = sorted((first.parts, second.parts), key=len)
    product = sum(count * many[part] for part, count in few.items())
    return min(1.0, product / (first.length * second.length))


def _candidates(profiles: Sequence[_Profile], least: float) -> Iterator[tuple[int, int]]:
    """Go through the pairs that can reach a likeness, each once."""
    texts_with = Counter(part for profile in profiles for part in profile.parts)
    earlier: dict[str, list[int]] = {}
    for place, profile in enumerate(profiles):
        met: set[int] = set()
        for part in _first_parts(profile, texts_with, least):
            there = earlier.setdefault(part, [])
            met.update(there)
            there.append(place)
        yield from ((other, place) for other in sorted(met))


def _first_parts(profile: _Profile, texts_with: Counter[str], least: float) -> Iterator[str]:
    """Give the rarest parts of a text, up to where the rest cannot reach the likeness alone."""
    rest = profile.length**2
    for part in sorted(profile.parts, key=lambda part: (texts_with[part], part)):
        if sqrt(rest) < least * profile.length - 1e-9:
            return
        yield part
        rest -= profile.parts[part] ** 2
