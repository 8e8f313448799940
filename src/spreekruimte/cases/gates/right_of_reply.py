"""The right of reply: the public servant was asked, and had time to answer.

Fourteen days is this product's own term.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spreekruimte.cases.gates.result import GateResult, Reason
from spreekruimte.cases.sentences import Sentence
from spreekruimte.cases.sentences import mark as _

TERM = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """Whether a reply was asked, and what came of it.

    Attributes
    ----------
    offered_on
        The day on which the public servant was offered a reply; None if not yet.
    is_settled
        The public servant replied, or said not to want to: there is no need to wait longer.
    """

    offered_on: date | None = None
    is_settled: bool = False


def check_right_of_reply(facts: ReplyFacts, *, is_synthetic: bool, today: date) -> GateResult:
    """Stop a real case until a reply was offered, and given, declined or waited for."""
    return GateResult.of("right_of_reply", () if is_synthetic else _check(facts, today))


def _check(facts: ReplyFacts, today: date) -> Iterator[Reason]:
    if facts.offered_on is None or facts.offered_on > today:
        yield Reason("not_offered", Sentence.of(_("Offer the public servant a reply first.")))
    elif not facts.is_settled and today < facts.offered_on + TERM:
        yield Reason(
            "still_open",
            Sentence.of(
                _("The public servant can still reply, until {day}. The offer is {days} days old."),
                day=facts.offered_on + TERM,
                days=(today - facts.offered_on).days,
            ),
        )
