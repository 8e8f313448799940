"""Cooling-off: a real case is at least six months old, and no procedure about it is open.

Six months is this product's own threshold; no rule or ruling sets it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.gates.result import GateResult, Reason, Reply
from spreekruimte.cases.sentences import Phrase, Sentence
from spreekruimte.cases.sentences import mark as _

MONTHS = 6
Procedure = Literal["investigation", "objection", "appeal"]

PROCEDURES: Mapping[Procedure, Phrase] = MappingProxyType(
    {
        "investigation": Phrase(_("an investigation")),
        "objection": Phrase(_("an objection")),
        "appeal": Phrase(_("an appeal")),
    }
)


@dataclass(frozen=True, slots=True)
class CoolingOffFacts:
    """When a post was made and which procedures are open.

    Attributes
    ----------
    latest_day
        The latest day on which the post can have been made, such as the last of a year; None where
        that is not known.
    open_procedures
        Whether each is open. One without an answer counts as "unknown", and that stops.
    """

    latest_day: date | None = None
    open_procedures: Mapping[Procedure, Reply] = field(default_factory=dict)


def check_cooling_off(facts: CoolingOffFacts, *, is_synthetic: bool, today: date) -> GateResult:
    """Stop a real case that is too young, or about which a procedure may be open."""
    reasons = () if is_synthetic else (*_check_age(facts, today), *_check_procedures(facts))
    return GateResult.of("cooling_off", reasons)


def first_day(latest_day: date) -> date:
    """Give the first day on which a post of a day is old enough.

    Months are those of the calendar; where the month has no such day, its last day counts.
    """
    years, month = divmod(latest_day.month - 1 + MONTHS, 12)
    year, month = latest_day.year + years, month + 1
    return date(year, month, min(latest_day.day, monthrange(year, month)[1]))


def _check_age(facts: CoolingOffFacts, today: date) -> Iterator[Reason]:
    if facts.latest_day is None:
        yield Reason("day_unknown", Sentence.of(_("Say when the post was made, at the latest.")))
    elif facts.latest_day > today:
        yield Reason("day_in_future", Sentence.of(_("The post cannot be of a day to come.")))
    elif today < (opens := first_day(facts.latest_day)):
        yield Reason(
            "too_young",
            Sentence.of(
                _("The post is younger than {months} months. Wait until {day}."),
                months=MONTHS,
                day=opens,
            ),
        )


def _check_procedures(facts: CoolingOffFacts) -> Iterator[Reason]:
    for procedure, phrase in PROCEDURES.items():
        reply = facts.open_procedures.get(procedure, "unknown")
        if reply == "yes":
            yield Reason(
                f"open_{procedure}",
                Sentence.of(_("Wait: {procedure} is still open."), procedure=phrase),
            )
        elif reply != "no":
            yield Reason(
                f"unknown_{procedure}",
                Sentence.of(_("Say whether {procedure} is still open."), procedure=phrase),
            )
