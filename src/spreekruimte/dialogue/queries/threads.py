"""What is said about a case, in threads, those with most agreement in every group first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.bridging.every_group import (
    LeastAgreement,
    find_least_agreement,
    order_by_agreement,
)
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.verdicts import Rules
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.dialogue.queries.groups import Placing, latest_result, place_participants
from spreekruimte.verdicts.judgement import StatementResult

LEVEL = Rules().anytime_level
HALF = 0.5

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree with something.

    Attributes
    ----------
    agree, disagree, passed
        How many did, in a group or not.
    group
        The opinion group that agrees least; None where there are no groups.
    least
        The share of that group that agrees, or of everybody without groups, with an interval that
        holds however often one looks; None where nobody of it gave an opinion.
    """

    agree: int
    disagree: int
    passed: int
    group: int | None
    least: Estimate | None

    @property
    def is_shared(self) -> bool:
        """Whether most of every group agrees, as far as the intervals tell."""
        return self.least is not None and self.least.low > HALF


@dataclass(frozen=True, slots=True)
class Row:
    """A message in its thread.

    Attributes
    ----------
    depth
        0 for what begins a thread.
    own_vote
        What the reader found of it; None where they did not vote.
    is_own
        Whether the reader wrote it.
    """

    message: Message
    depth: int
    agreement: Agreement
    own_vote: int | None
    is_own: bool

    @property
    def is_readable(self) -> bool:
        """Whether it is shown; else it only keeps the place of what answers it."""
        return self.message.state == Message.State.SHOWN


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that most of every group agrees with: a message or a reason."""

    content: str
    language: str
    agreement: Agreement
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What is said about a case.

    Attributes
    ----------
    rows
        In the order of reading: each message followed by its answers.
    shared
        What most of every group agrees with, most agreed first.
    placing
        Who votes like which opinion group.
    """

    rows: Sequence[Row]
    shared: Sequence[Shared]
    placing: Placing


def dialogue_of(case: Case, *, reader: str = "") -> Dialogue:
    """Read the dialogue of a case for a reader, known by pseudonym or not at all."""
    result = latest_result(case)
    placing = place_participants(case, result)
    messages = list(Message.objects.filter(case=case).order_by("pk"))
    votes = list(
        MessageVote.objects.filter(message__case=case).values_list("message_id", "voter", "answer")
    )
    agreements, lows = _weigh(messages, votes, placing)
    own = {message: answer for message, voter, answer in votes if voter == reader and reader}
    names = [f"message {message.pk}" for message in messages]
    ranked = [messages[place] for place in order_by_agreement(lows, names)]
    rows = [
        Row(
            message=message,
            depth=depth,
            agreement=agreements[message.pk],
            own_vote=own.get(message.pk),
            is_own=bool(reader) and message.author == reader,
        )
        for message, depth in _walk(ranked)
    ]
    of_reasons = result.reasons if result else ()
    return Dialogue(rows, _find_shared(ranked, agreements, of_reasons), placing)


def _weigh(
    messages: Sequence[Message], votes: Sequence[tuple[int, str, int]], placing: Placing
) -> tuple[Mapping[int, Agreement], NDArray[np.float64]]:
    """Count the votes on messages, of all and by group, and find who agrees least."""
    place = {message.pk: number for number, message in enumerate(messages)}
    everybody = np.zeros((3, len(messages)), dtype=np.int64)
    grouped = np.zeros((3, max(placing.count, 1), len(messages)), dtype=np.int64)
    for message_id, voter, answer in votes:
        everybody[answer, place[message_id]] += 1
        group = placing.labels.get(voter)
        if group is not None:
            grouped[answer, group, place[message_id]] += 1
    pools = grouped if placing.count else everybody[:, None, :]
    least = find_least_agreement(pools[1], pools[-1], level=LEVEL)
    agreements = {
        message.pk: Agreement(
            agree=int(everybody[1, number]),
            disagree=int(everybody[-1, number]),
            passed=int(everybody[0, number]),
            group=int(least.group[number]) if placing.count else None,
            least=_estimate(least, number),
        )
        for number, message in enumerate(messages)
    }
    return agreements, least.low


def _estimate(least: LeastAgreement, number: int) -> Estimate | None:
    if np.isnan(least.share[number]):
        return None
    return Estimate(float(least.share[number]), float(least.low[number]), float(least.high[number]))


def _walk(ranked: Sequence[Message]) -> Iterator[tuple[Message, int]]:
    """Go through threads, without what is not shown and is answered by nothing that is."""
    answers: dict[int | None, list[Message]] = defaultdict(list)
    for message in ranked:
        answers[message.parent_id].append(message)
    rows: list[tuple[Message, int]] = []
    stack = [(message, 0) for message in reversed(answers[None])]
    while stack:
        message, depth = stack.pop()
        rows.append((message, depth))
        stack.extend((answer, depth + 1) for answer in reversed(answers[message.pk]))
    return reversed(_keep_needed(rows))


def _keep_needed(rows: list[tuple[Message, int]]) -> list[tuple[Message, int]]:
    """Give, last first, the rows that are shown and those that lead to one that is."""
    kept: list[tuple[Message, int]] = []
    for message, depth in reversed(rows):
        leads_on = bool(kept) and kept[-1][1] == depth + 1
        if message.state == Message.State.SHOWN or leads_on:
            kept.append((message, depth))
    return kept


def _find_shared(
    ranked: Sequence[Message],
    agreements: Mapping[int, Agreement],
    reasons: Sequence[StatementResult],
) -> list[Shared]:
    found = [
        Shared(message.content, message.language, agreements[message.pk], message.pk)
        for message in ranked
        if message.state == Message.State.SHOWN
    ]
    found += [Shared(each.statement.text, "", _agreement_with(each), None) for each in reasons]
    shared = [each for each in found if each.agreement.is_shared]
    return sorted(shared, key=_low_end, reverse=True)


def _low_end(shared: Shared) -> float:
    least = shared.agreement.least
    return least.low if least else 0.0


def _agreement_with(reason: StatementResult) -> Agreement:
    """Read the agreement with a reason from the verdict, whose intervals are of the same kind."""
    pools = [(each.group, each.anytime) for each in reason.by_group]
    group, anytime = min(pools, key=lambda pool: pool[1].low, default=(None, reason.anytime))
    known = anytime.estimate is not None
    return Agreement(
        agree=reason.agree,
        disagree=reason.disagree,
        passed=reason.passed,
        group=group,
        least=Estimate(anytime.estimate or 0.0, anytime.low, anytime.high) if known else None,
    )
