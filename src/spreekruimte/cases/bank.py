"""The cases that ship with the system: closed ones from rulings and the press, and synthetic ones.

Closed cases are told in our own words and roughly, for readers who judge. Their sources are for
editors: they lead to a person. An outcome that was not seen or not verified is "unknown". A
personal account is taken to be under the own name unless it is said to be a pseudonym.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from spreekruimte.cases.context import Context
from spreekruimte.cases.facts import read_facts
from spreekruimte.cases.gates.provenance import Provenance
from spreekruimte.cases.gates.texts import CaseText
from spreekruimte.cases.sentences import LANGUAGES, Bilingual, Language

Jurisdiction = Literal["NL", "ECtHR", "AU", "CA", "UK", "DE", "US"]
Confidence = Literal["high", "medium", "low"]
Outcome = Literal[
    "none",
    "upheld",
    "upheld_on_other_grounds",
    "lighter",
    "not_upheld",
    "breach_only",
    "cleared",
    "unknown",
]
Framing = Literal["bare", "function", "distance", "context", "fuss"]
Side = Literal["post", "mirror"]

# Each framing tells what the one before it tells, and more.
FRAMINGS: tuple[Framing, ...] = ("bare", "function", "distance", "context", "fuss")
SIDES: tuple[Side, ...] = ("post", "mirror")


@dataclass(frozen=True, slots=True)
class MeasureTaken:
    """What the employer did.

    Attributes
    ----------
    step
        The step of the ladder, 0 to 8: the heaviest that was taken, planned or asked for. None
        where it is not known or not on the ladder.
    is_order_measure
        Whether it was a measure of order, which is no punishment and stands apart from the ladder.
    """

    step: int | None
    is_order_measure: bool
    words: Bilingual


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """One closed case.

    Attributes
    ----------
    description
        At most 80 words, neutral, without the measure and the fuss, which are told after judging.
    confidence_in_facts, confidence_in_outcome
        How far the sources bear out each.
    """

    id: str
    year: int
    year_is_approximate: bool
    jurisdiction: Jurisdiction
    description: Bilingual
    context: Context
    measure: MeasureTaken
    outcome: Outcome
    confidence_in_facts: Confidence
    confidence_in_outcome: Confidence
    provenance: Provenance

    def texts(self) -> tuple[CaseText, ...]:
        """Give every text that a reader can come to see."""
        return tuple(
            CaseText(place, language, text.in_language(language))
            for place, text in (("description", self.description), ("measure", self.measure.words))
            for language in LANGUAGES
        )


@dataclass(frozen=True, slots=True)
class SyntheticCase:
    """A made-up case with its mirror, told in parts from which each framing is put together.

    Attributes
    ----------
    post, mirror
        What was said, and the same with the political direction turned round.
    function, distance, situation, fuss
        What a framing adds: the function, its distance from the topic, the rest of the context,
        and the fuss that followed.
    """

    id: str
    context: Context
    post: Bilingual
    mirror: Bilingual
    function: Bilingual
    distance: Bilingual
    situation: Bilingual
    fuss: Bilingual

    @property
    def provenance(self) -> Provenance:
        """Say that the case was made up."""
        return Provenance("synthetic")

    def tell(self, framing: Framing, side: Side, language: Language) -> str:
        """Tell one side of the case in one framing; at most 80 words."""
        told = self.post if side == "post" else self.mirror
        parts = (told, self.function, self.distance, self.situation, self.fuss)
        shown = parts[: FRAMINGS.index(framing) + 1]
        return " ".join(part.in_language(language) for part in shown)

    def texts(self) -> tuple[CaseText, ...]:
        """Give every text that a reader can come to see."""
        return tuple(
            CaseText(f"{side}.{framing}", language, self.tell(framing, side, language))
            for side in SIDES
            for framing in FRAMINGS
            for language in LANGUAGES
        )


@cache
def outcomes() -> Mapping[Outcome, Bilingual]:
    """Give a sentence for each outcome."""
    sentences = read_facts("bank.json")["outcomes"]
    return MappingProxyType({key: Bilingual.read(text) for key, text in sentences.items()})


@cache
def closed_cases() -> tuple[ClosedCase, ...]:
    """Give the closed cases, in the order of the bank."""
    return tuple(_read_closed(facts) for facts in read_facts("bank.json")["cases"])


@cache
def synthetic_cases() -> tuple[SyntheticCase, ...]:
    """Give the synthetic cases: the five situations that started the project."""
    return tuple(_read_synthetic(facts) for facts in read_facts("synthetic.json")["cases"])


def _read_closed(facts: dict[str, Any]) -> ClosedCase:
    measure = facts["measure"]
    return ClosedCase(
        id=facts["id"],
        year=facts["year"],
        year_is_approximate=facts["year_is_approximate"],
        jurisdiction=facts["jurisdiction"],
        description=Bilingual.read(facts["description"]),
        context=Context.of(facts["context"]),
        measure=MeasureTaken(measure["step"], measure["is_order_measure"], Bilingual.read(measure)),
        outcome=facts["outcome"],
        confidence_in_facts=facts["confidence"]["facts"],
        confidence_in_outcome=facts["confidence"]["outcome"],
        provenance=Provenance("closed_case", sources=tuple(facts["sources"])),
    )


def _read_synthetic(facts: dict[str, Any]) -> SyntheticCase:
    parts = {part: Bilingual.read(text) for part, text in facts["parts"].items()}
    return SyntheticCase(
        id=facts["id"],
        context=Context.of(facts["context"]),
        post=parts["post"],
        mirror=parts["mirror"],
        function=parts["function"],
        distance=parts["distance"],
        situation=parts["context"],
        fuss=parts["fuss"],
    )
