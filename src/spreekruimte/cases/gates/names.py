"""Names of people in a text, guessed from how they are written.

Four signs, each of which can be wrong:

- a title or form of address before a capitalised word;
- initials before a capitalised word;
- two capitalised words in a row inside a sentence, which is also how the name of an organisation
  looks: the known ones are let through, and two editors can let through another;
- a common given name, also at the start of a sentence.

A surname alone, a nickname, and a name without capitals are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = r"[A-ZÀ-ÖØ-Ý][a-zà-öø-ÿ]+(?:[-'’][A-ZÀ-ÖØ-Ý]?[a-zà-öø-ÿ]+)*"
_PARTICLE = r"(?:(?:van|von|de|der|den|het|ten|ter|el|al|'t|’t) )*"
_TITLE = re.compile(
    r"\b(?:[Mm]eneer|[Mm]evrouw|[Dd]hr\.?|[Mm]evr\.?|[Mm]w\.?|[Dd]rs?\.|[Ii]r\.|[Pp]rof\.?|[Mm]r\.|"
    r"[Bb]urgemeester|[Ww]ethouder|[Mm]inister|[Ss]taatssecretaris|[Aa]gent|[Ii]nspecteur|[Rr]echter|"
    r"Mr|Mrs|Ms|Dr|Prof|[Mm]ayor|[Aa]lderman|[Cc]onstable|[Ii]nspector|[Jj]udge|[Oo]fficer)"
    # A portfolio is no name: "minister van Defensie".
    r" (?!van (?:Algemene|Asiel|Binnenlandse|Buitenlandse|Defensie|Economische|Financiën|"
    r"Infrastructuur|Justitie|Klimaat|Landbouw|Onderwijs|Sociale|Volksgezondheid)\b)"
    rf"{_PARTICLE}{_WORD}"
)
_INITIALS = re.compile(rf"(?<![\w.])(?:[A-Z]\. ?){{1,4}}{_PARTICLE}{_WORD}")
_PAIR = re.compile(rf"(?<![\w.]){_WORD}(?: {_PARTICLE}{_WORD})+")
# What can stand between the end of a sentence and the start of the next.
_OPENING = " \t\"“„‘'’(»«"
_PLACE = re.compile(
    rf"\b(?:in|te|bij|nabij|op|uit|at|near|from) (?:[Dd]e |[Tt]he |[Hh]et )?({_WORD})"
)
_NOT_A_PLACE = _split(
    """
        Facebook Twitter Instagram Mastodon Bluesky Internet Januari Februari Maart April Mei Juni
        Juli Augustus September Oktober November December January February March May June July
        August October Monday Tuesday Wednesday Thursday Friday Saturday Sunday
        """
)
# Bodies and countries that are written like a name.
_KNOWN = frozenset(
    {
        "Tweede Kamer",
        "Eerste Kamer",
        "Hoge Raad",
        "Raad van State",
        "Openbaar Ministerie",
        "Centrale Raad",
        "Centrale Raad van Beroep",
        "Binnenlandse Zaken",
        "Buitenlandse Zaken",
        "Economische Zaken",
        "Sociale Zaken",
        "Europese Unie",
        "Europese Hof",
        "Verenigde Staten",
        "Verenigd Koninkrijk",
        "European Union",
        "European Court",
        "Supreme Court",
        "High Court",
        "House of Representatives",
        "United States",
        "United Kingdom",
        "New Zealand",
    }
)
# Common in the Netherlands, and seldom another word at the start of a sentence.
_GIVEN = _split(
    """
    Jan Johan Johannes Pieter Peter Henk Hendrik Kees Cornelis Gerrit Willem Dirk Thomas Martijn
    Jeroen Dennis Erik Ronald Rob Hans Anton Bram Daan Sander Stefan Michiel Wouter Joost Ruben Lars
    Maria Anna Johanna Elisabeth Cornelia Wilhelmina Monique Ingrid Saskia Marieke Annemarie Linda
    Sandra Esther Femke Sanne Lotte Emma Sophie Julia Fatima Mohamed Mohammed Ahmed Mustafa Ibrahim
    Yusuf Aisha Ayşe Mehmet John James Robert Michael William David Mary Patricia Jennifer Elizabeth
    Sarah Karen
    """
)
_GIVEN_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_GIVEN))})\b(?: {_PARTICLE}{_WORD})*")


def find_names(text: str) -> Iterator[str]:
    """Go through what looks like the name of a person, each place in the text once."""
    taken = bytearray(len(text))
    for pattern in (_TITLE, _INITIALS, _GIVEN_NAME, _PAIR):
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(taken[start:end]):
                continue
            name = _inside_the_sentence(text, found) if pattern is _PAIR else found[0]
            if name:
                taken[start:end] = b"x" * (end - start)
                yield name


def is_place(sentence: str) -> bool:
    """Say whether a sentence seems to name a place: a capitalised word after "in", "at", "near"."""
    return any(found[1] not in _NOT_A_PLACE for found in _PLACE.finditer(sentence))


def _inside_the_sentence(text: str, found: re.Match[str]) -> str:
    """Give capitalised words in a row, without the first where a sentence starts with it."""
    name = found[0]
    if _starts_a_sentence(text, found.start()):
        rest = name.split(" ", 1)[1]
        name = rest if _PAIR.fullmatch(rest) else ""
    return "" if name in _KNOWN else name


def _starts_a_sentence(text: str, place: int) -> bool:
    """Say whether a sentence starts at a place, where a capital says nothing."""
    before = text[max(0, place - 10) : place].rstrip(_OPENING)
    return not before or before[-1] in ".!?:…\n"
