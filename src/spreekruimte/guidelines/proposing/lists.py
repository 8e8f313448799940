"""The lists that are proposed, with each rule as the line of a guideline that it would be.

In a list the first rule that holds decides; of the lines of a guideline the strictest that holds.
So a line excepts what earlier rules decide otherwise, and can be taken over by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spreekruimte.analysis.rules import Agreement, AnyOf, Except, Predicate, parse_predicate
from spreekruimte.cases.sentences import LANGUAGES, Bilingual, Language
from spreekruimte.cases.writing import MOST_WORDS
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.predicate_sentences import say_predicate
from spreekruimte.guidelines.vocabulary import rule_attributes

_TEXTS: Mapping[tuple[bool, Language], tuple[str, str]] = {
    (True, "nl"): ("Plaats dit niet", "als"),
    (True, "en"): ("Do not post this", "if"),
    (False, "nl"): ("Dit mag u plaatsen", "als"),
    (False, "en"): ("You may post this", "if"),
}


@dataclass(frozen=True, slots=True)
class ProposedList:
    """One list.

    Attributes
    ----------
    longest
        How many rules it could have.
    lines
        Its rules, in their order.
    learnt, held_out
        How far it agrees with the public.
    is_certified
        Whether it is proved that none of at most so many rules is better.
    gap
        By how much another one of so many rules could agree better at most, as a share.
    """

    longest: int
    lines: tuple[Line, ...]
    learnt: Agreement
    held_out: Agreement
    is_certified: bool
    gap: float

    @property
    def is_longer(self) -> bool:
        """Whether it has as many rules as it could; else a shorter one is as good."""
        return len(self.lines) == self.longest


def read_lists(document: Mapping[str, Any]) -> tuple[ProposedList, ...]:
    """Read what `computing.find_lists` wrote, by length; nothing where there was too little."""
    return tuple(
        ProposedList(
            longest=longest,
            lines=tuple(_make_lines(given["rules"])),
            learnt=Agreement(**given["learnt"]),
            held_out=Agreement(**given["held_out"]),
            is_certified=given["certified"],
            gap=given["gap"],
        )
        for longest, given in enumerate(document.get("lists", []))
    )


def _make_lines(rules: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    before: list[tuple[Predicate, bool]] = []
    for rule in rules:
        antecedent = parse_predicate(rule["predicate"], rule_attributes())
        forbids = bool(rule["forbids"])
        others = [each for each, label in before if label != forbids]
        before.append((antecedent, forbids))
        predicate = _except(antecedent, others)
        yield Line(
            name=f"P{len(before)}",
            text=_tell(predicate, forbids=forbids),
            predicate=predicate,
            effect="forbid" if forbids else "permit",
        )


def _except(held: Predicate, others: Sequence[Predicate]) -> Predicate:
    if not others:
        return held
    return Except(held, others[0] if len(others) == 1 else AnyOf(tuple(others)))


def _tell(predicate: Predicate, *, forbids: bool) -> Bilingual:
    """Say a rule in both languages; without its condition where that has too many words."""
    said = {language: _say(predicate, language, forbids=forbids) for language in LANGUAGES}
    if any(len(text.split()) > MOST_WORDS for text in said.values()):
        said = {language: f"{_TEXTS[forbids, language][0]}." for language in LANGUAGES}
    return Bilingual(**said)


def _say(predicate: Predicate, language: Language, *, forbids: bool) -> str:
    begin, word = _TEXTS[forbids, language]
    return f"{begin} {word}: {say_predicate(predicate, language)}."
