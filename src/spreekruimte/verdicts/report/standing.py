"""What is at the top, how firm it is, and what to look at twice."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low

from django.utils.translation import gettext as _

from spreekruimte.look.numbers import write_chance, write_count, write_percent, write_range
from spreekruimte.verdicts.judgement import Judgement
from spreekruimte.verdicts.report.wording import (
    describe_cost,
    name_flag,
    name_outcome,
    say_statement,
    write_share_and_range,
)

TOP = 10
WEAKEST = 5
SHORT = 5


@dataclass(frozen=True, slots=True)
class TopItem:
    """One of the ten statements with most agreement across groups."""

    text: str
    outcome: str
    agreement: str
    evidence: str
    chance: str


@dataclass(frozen=True, slots=True)
class FlaggedItem:
    """A statement with a flag, and what the votes on it were."""

    text: str
    share: str
    opinions: str


@dataclass(frozen=True, slots=True)
class Flag:
    """One kind of warning with the statements that it is on."""

    name: str
    meaning: str
    items: tuple[FlaggedItem, ...]

    @property
    def is_short(self) -> bool:
        """Whether the list is short enough to stand open."""
        return len(self.items) <= SHORT


@dataclass(frozen=True, slots=True)
class WeakItem:
    """An outcome that few accounts can change."""

    text: str
    outcome: str
    cost: str


@dataclass(frozen=True, slots=True)
class Firmness:
    """How many accounts it takes to change outcomes."""

    finding: str
    weakest: tuple[WeakItem, ...]


def view_top(judgement: Judgement) -> tuple[TopItem, ...]:
    """List the statements with most agreement across groups."""
    ranked = sorted(judgement.results, key=lambda result: result.rank)[:TOP]
    return tuple(
        TopItem(
            text=say_statement(result.statement),
            outcome=name_outcome(result.outcome),
            agreement=f"{write_percent(result.bridging.estimate)} "
            f"({write_range(result.bridging.low, result.bridging.high)})",
            evidence=write_count(result.bridging.evidence),
            chance=write_chance(result.top_probability),
        )
        for result in ranked
    )


def view_flags(judgement: Judgement) -> tuple[Flag, ...]:
    """Gather the flagged statements by flag; a flag that nothing carries is left out."""
    meanings = {
        "pushed": _(
            "Among those who voted for or against this statement, unusually many have other "
            "votes that are a copy of someone else’s. That can mean that accounts were made "
            "to push it. Do not build on its result."
        ),
        "second-opinion": _(
            "A second method, which does not use groups, comes to another view of this "
            "statement. Read its result with care."
        ),
        "few": _("Too few people gave an opinion to say much about this statement."),
    }
    flags = (
        Flag(name_flag(flag), meaning, _gather(judgement, flag))
        for flag, meaning in meanings.items()
    )
    return tuple(flag for flag in flags if flag.items)


def _gather(judgement: Judgement, flag: str) -> tuple[FlaggedItem, ...]:
    return tuple(
        FlaggedItem(
            text=say_statement(result.statement),
            share=write_share_and_range(result.support),
            opinions=write_count(result.agree + result.disagree),
        )
        for result in sorted(judgement.results, key=lambda result: result.rank)
        if flag in result.flags
    )


def view_firmness(judgement: Judgement) -> Firmness:
    """Say how many accounts it takes to change the outcomes that were reached."""
    reached = [result for result in judgement.results if result.outcome != "undecided"]
    costs = {
        result.statement.id: result.cost_to_flip
        for result in reached
        if result.cost_to_flip is not None
    }
    if not costs:
        return Firmness(_("No outcome has been reached that accounts could change."), ())
    weakest = sorted(
        (result for result in reached if result.cost_to_flip is not None),
        key=lambda result: (costs[result.statement.id], result.rank),
    )[:WEAKEST]
    finding = _(
        "Of %(reached)s statements with an outcome, half change only if %(middle)s accounts or "
        "more are added or taken away. The weakest changes with %(least)s."
    ) % {
        "reached": write_count(len(reached)),
        "middle": write_count(median_low(costs.values())),
        "least": write_count(min(costs.values())),
    }
    return Firmness(
        finding,
        tuple(
            WeakItem(
                say_statement(result.statement), name_outcome(result.outcome), describe_cost(result)
            )
            for result in weakest
        ),
    )
