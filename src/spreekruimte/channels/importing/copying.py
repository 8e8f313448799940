"""See whether a telling repeats a post word for word: whoever searches for that finds the post."""

from __future__ import annotations

import re

# What is longer can be found by searching for it.
MOST_WORDS = 6

_WORD = re.compile(r"\w+")


def find_copied(telling: str, post: str) -> str:
    """Give the first words of a telling that stand in the post in the same order; empty if none.

    They are one more than may be repeated.
    """
    length = MOST_WORDS + 1
    stands = set(_runs(_WORD.findall(post.casefold()), length))
    words = _WORD.findall(telling)
    for start, run in enumerate(_runs([word.casefold() for word in words], length)):
        if run in stands:
            return " ".join(words[start : start + length])
    return ""


def _runs(words: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]
