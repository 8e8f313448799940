"""Which opinion group of the verdict those who take part vote like: computed, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Q

from spreekruimte.analysis.opinions.placing import place_people
from spreekruimte.ballots.models import Ballot, Channel, Question
from spreekruimte.ballots.queries.rounds import rounds_of
from spreekruimte.ballots.queries.votes import JUDGEMENT, name_statement
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.verdicts.queries.results import ChannelResult, result_of


@dataclass(frozen=True, slots=True)
class Placing:
    """Who votes like which group.

    Attributes
    ----------
    count
        How many opinion groups the latest verdict has; 0 for none.
    labels
        The group, from 0, by pseudonym; who fits none surely is left out.
    """

    count: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)


def latest_result(case: Case) -> ChannelResult | None:
    """Return the newest result of the open channel of the latest round that has one."""
    found = (result_of(round_, Channel.OPEN) for round_ in rounds_of(case))
    return next((result for result in found if result is not None), None)


def snapshot_of(result: ChannelResult | None) -> int:
    """Name the snapshot of a result; 0 without one."""
    return result.snapshot.pk if result else 0


def place_participants(case: Case, result: ChannelResult | None) -> Placing:
    """Place all who wrote or voted in a dialogue among the opinion groups of a result."""
    sizes = result.document["groups"]["sizes"] if result else []
    if result is None or not sizes:
        return Placing()
    statements = {each.statement.id: each for each in (result.judgement, *result.reasons)}
    columns = {name: place for place, name in enumerate(statements)}
    people: dict[str, int] = {}
    votes = [
        (people.setdefault(pseudonym, len(people)), columns[name], answer)
        for pseudonym, name, answer in _read_votes(case, result)
        if name in columns
    ]
    counts = np.array(
        [
            [(each.agree, each.disagree) for each in statement.by_group]
            for statement in statements.values()
        ],
        dtype=np.int64,
    ).reshape(len(statements), len(sizes), 2)
    table = np.array(votes, dtype=np.int64).reshape(-1, 3)
    labels = place_people(counts[..., 0].T, counts[..., 1].T, np.array(sizes), *table.T)
    placed = {pseudonym: int(labels[row]) for pseudonym, row in people.items()}
    return Placing(len(sizes), {each: group for each, group in placed.items() if group >= 0})


def _read_votes(case: Case, result: ChannelResult) -> list[tuple[str, str, int]]:
    """Read how those who take part voted on the post and on reasons: pseudonym, what, answer."""
    takes_part = Q(
        participation__pseudonym__in=MessageVote.objects.filter(message__case=case).values("voter")
    ) | Q(participation__pseudonym__in=Message.objects.filter(case=case).values("author"))
    counted = Ballot.objects.filter(
        takes_part,
        participation__round=result.round,
        question__in=[Question.JUDGEMENT, Question.REASON],
        is_latest=True,
    )
    return [
        (pseudonym, JUDGEMENT if reason_id is None else name_statement(reason_id), answer)
        for pseudonym, reason_id, answer in counted.values_list(
            "participation__pseudonym", "reason_id", "answer"
        )
    ]
