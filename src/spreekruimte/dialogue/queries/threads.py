"""What is said about a case, in threads, those with most agreement in every group first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from spreekruimte.analysis.bridging.every_group import order_by_agreement
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.figures import Agreement
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.dialogue.queries.figures import Counted, figures_of
from spreekruimte.dialogue.queries.groups import latest_result
from spreekruimte.verdicts.judgement import StatementResult


@dataclass(frozen=True, slots=True)
class Row:
    """A message in its thread.

    Attributes
    ----------
    depth
        0 for what begins a thread.
    agreement
        None where it was not counted yet, or is not shown.
    own_vote
        What the reader found of it; None where they did not vote.
    is_own
        Whether the reader wrote it.
    """

    message: Message
    depth: int
    agreement: Agreement | None
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
    messages
        All that there are, in whatever state, in the order in which they came.
    rows
        In the order of reading: each message followed by its answers.
    shared
        What most of every group agrees with, most agreed first.
    counted
        The figures that all of this rests on.
    """

    messages: Sequence[Message]
    rows: Sequence[Row]
    shared: Sequence[Shared]
    counted: Counted


def dialogue_of(case: Case, *, reader: str = "") -> Dialogue:
    """Read the dialogue of a case for a reader, known by pseudonym or not at all.

    Messages are read as they are now; how far people agree with them as it was last counted.
    """
    result = latest_result(case)
    counted = figures_of(case, result)
    messages = list(Message.objects.filter(case=case).order_by("pk"))
    agreements = {
        message.pk: agreement
        for message in messages
        if message.state == Message.State.SHOWN
        and (agreement := counted.figures.agreements.get(message.pk)) is not None
    }
    ranked = _rank(messages, agreements)
    own = _votes_of(case, reader)
    rows = [
        Row(
            message=message,
            depth=depth,
            agreement=agreements.get(message.pk),
            own_vote=own.get(message.pk),
            is_own=bool(reader) and message.author == reader,
        )
        for message, depth in _walk(ranked)
    ]
    shared = _find_shared(ranked, agreements, result.reasons if result else ())
    return Dialogue(messages, rows, shared, counted)


def _rank(messages: Sequence[Message], agreements: Mapping[int, Agreement]) -> list[Message]:
    """Put first what the group that agrees least agrees with most, as far as that is known."""
    lows = [agreements[message.pk].low if message.pk in agreements else 0.0 for message in messages]
    names = [f"message {message.pk}" for message in messages]
    return [messages[place] for place in order_by_agreement(np.array(lows), names)]


def _votes_of(case: Case, reader: str) -> Mapping[int, int]:
    own = MessageVote.objects.filter(message__case=case, voter=reader)
    return dict(own.values_list("message_id", "answer")) if reader else {}


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
        if message.pk in agreements
    ]
    found += [Shared(each.statement.text, "", _agreement_with(each), None) for each in reasons]
    shared = [each for each in found if each.agreement.is_shared]
    return sorted(shared, key=lambda each: each.agreement.low, reverse=True)


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
