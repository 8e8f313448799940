"""What the engine finds about one conversation: plain values, ready to be written down."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.analysis.opinions import OpinionGroups, OpinionSpace
from spreekruimte.analysis.verdicts import Outcome, Rules
from spreekruimte.analysis.votes import Statement, VoteMatrix


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1 with its interval; no estimate where nobody gave an opinion."""

    estimate: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One opinion group's votes on one statement."""

    group: int
    agree: int
    disagree: int
    passed: int
    support: Interval
    anytime: Interval


@dataclass(frozen=True, slots=True)
class Bridging:
    """Agreement across groups: 0 to 1; `evidence` is the fewest opinions in any group."""

    estimate: float
    low: float
    high: float
    evidence: int


@dataclass(frozen=True, slots=True)
class StatementResult:
    """Everything published about one judged statement.

    Attributes
    ----------
    support
        Share that agrees among those who gave an opinion, with its credible interval.
    anytime
        The same share with the interval that holds however often one looks.
    bounded
        The share when one account can move it by at most `Rules.influence`.
    rank
        Place by agreement across groups, from 1; by the low end of its interval.
    intercept
        The second opinion: agreement that the factor model leaves once leaning is
        taken out; None where too few opinions.
    cost_to_flip
        Fewest accounts, added or removed, that change the outcome; None if none can.
    cost_to_flip_bounded
        The same for the outcome by the bounded share.
    top_probability
        Chance that the statement belongs to the ten with most agreement across groups.
    division
        How far the opinion groups lie apart, 0 to 1: the range of their shares; without
        groups, how close the whole is to half against half.
    flags
        ``pushed``: its votes look brought in for it alone. ``second-opinion``: the
        factor model contradicts the agreement across groups. ``few``: too few opinions.
    """

    statement: Statement
    agree: int
    disagree: int
    passed: int
    support: Interval
    anytime: Interval
    by_group: tuple[GroupResult, ...]
    bridging: Bridging
    bounded: float
    rank: int
    intercept: float | None
    outcome: Outcome
    cost_to_flip: int | None
    cost_to_flip_bounded: int | None
    top_probability: float
    division: float
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """The verdicts on one conversation.

    Attributes
    ----------
    matrix
        The votes that count.
    given
        All votes, from which anybody can find these.
    results
        The judged statements, in order of id.
    """

    matrix: VoteMatrix
    given: VoteMatrix
    rules: Rules
    space: OpinionSpace
    groups: OpinionGroups
    results: tuple[StatementResult, ...]
