"""One line of a guideline: where it holds, what it does there, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from spreekruimte.analysis.rules import Effect, Predicate, Rule
from spreekruimte.cases.sentences import Bilingual, Phrase
from spreekruimte.cases.sentences import mark as _
from spreekruimte.guidelines.effects import LineEffect

# What a line with the effect "require" asks for.
Duty = Literal[
    "conduct", "facts", "label", "record", "route", "report", "prior_advice", "prior_permission"
]
Confidence = Literal["read", "partly_read", "own"]

EFFECT_NAMES: Mapping[LineEffect, Phrase] = MappingProxyType(
    {
        "forbid": Phrase(_("not allowed")),
        "require": Phrase(_("something is required")),
        "caution": Phrase(_("be careful")),
        "permit": Phrase(_("allowed")),
        "frame": Phrase(_("says how to see it")),
        "weigh": Phrase(_("to be weighed")),
        "limits_employer": Phrase(_("limits the employer")),
    }
)
DUTY_NAMES: Mapping[Duty, Phrase] = MappingProxyType(
    {
        "conduct": Phrase(_("to behave as a public servant should")),
        "facts": Phrase(_("to give facts that are right and whole")),
        "label": Phrase(_("to say that it is an own view")),
        "record": Phrase(_("to record what was done")),
        "route": Phrase(_("to follow a fixed way")),
        "report": Phrase(_("to report or to speak")),
        "prior_advice": Phrase(_("to ask advice before speaking")),
        "prior_permission": Phrase(_("to ask permission before speaking")),
    }
)
CONFIDENCE_NAMES: Mapping[Confidence, Phrase] = MappingProxyType(
    {
        "read": Phrase(_("the source says this")),
        "partly_read": Phrase(_("only part of the source was seen")),
        "own": Phrase(_("our own choice")),
    }
)
# What is required takes room as what asks for care does; what binds the employer takes none.
STRICTNESS: Mapping[LineEffect, Effect] = MappingProxyType(
    {
        "forbid": Effect.FORBID,
        "require": Effect.CAUTION,
        "caution": Effect.CAUTION,
        "permit": Effect.FREE,
        "frame": Effect.FREE,
        "weigh": Effect.FREE,
        "limits_employer": Effect.FREE,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a guideline.

    Attributes
    ----------
    name
        What names it for good within its guideline.
    text
        What people read.
    predicate
        Where it holds, over `vocabulary.rule_attributes`.
    duty
        What is asked for, where the effect is "require"; else None.
    weighs
        The attributes that are to be weighed, where the effect is "weigh"; else empty.
    source
        What it rests on; may be empty.
    dated
        The day, month or year of that source: ``2012-04-09``, ``2012-04`` or ``2012``; may be
        empty.
    """

    name: str
    text: Bilingual
    predicate: Predicate
    effect: LineEffect
    duty: Duty | None = None
    weighs: tuple[str, ...] = ()
    source: str = ""
    dated: str = ""
    confidence: Confidence = "own"

    @property
    def rule(self) -> Rule:
        """The line as the analysis knows it."""
        return Rule(self.name, self.predicate, STRICTNESS[self.effect])
