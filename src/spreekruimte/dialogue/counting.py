"""Count a dialogue: how far every opinion group agrees with messages, who writes, who changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from spreekruimte.analysis.bridging.every_group import LeastAgreement, find_least_agreement
from spreekruimte.analysis.conversation import ChangeCounts, count_changes, estimate_diversity
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.verdicts import Rules
from spreekruimte.ballots.models import Channel
from spreekruimte.ballots.queries.changes import read_pairs
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.figures import Agreement, Figures
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.dialogue.queries.groups import Placing, place_participants
from spreekruimte.verdicts.queries.results import ChannelResult

LEVEL = Rules().anytime_level
ROWS_AT_ONCE = 5_000


def count_dialogue(case: Case, result: ChannelResult | None) -> Figures:
    """Count the dialogue of a case as it is now, by the opinion groups of a result.

    The same votes give the same figures, in whatever order they are stored. Time and memory grow
    in proportion to votes and ballots.
    """
    placing = place_participants(case, result)
    shown = Message.objects.filter(case=case, state=Message.State.SHOWN).order_by("pk")
    authors = dict(shown.values_list("pk", "author"))
    votes = MessageVote.objects.filter(message__in=shown).values_list(
        "message_id", "voter", "answer"
    )
    return Figures(
        groups=placing.count,
        agreements=weigh_votes(list(authors), votes.iterator(ROWS_AT_ONCE), placing),
        diversity=measure_diversity(authors.values(), placing),
        changes=_count_changes(case),
    )


def weigh_votes(
    messages: Sequence[int], votes: Iterable[tuple[int, str, int]], placing: Placing
) -> Mapping[int, Agreement]:
    """Count the votes on messages, of all and by group, and find which group agrees least.

    Parameters
    ----------
    votes
        Of each the message, the pseudonym of the voter, and 1 agree, -1 disagree or 0 pass.
    """
    place = {message: number for number, message in enumerate(messages)}
    everybody = np.zeros((3, len(messages)), dtype=np.int64)
    grouped = np.zeros((3, max(placing.count, 1), len(messages)), dtype=np.int64)
    for message, voter, answer in votes:
        everybody[answer, place[message]] += 1
        group = placing.labels.get(voter)
        if group is not None:
            grouped[answer, group, place[message]] += 1
    pools = grouped if placing.count else everybody[:, None, :]
    least = find_least_agreement(pools[1], pools[-1], level=LEVEL)
    return {
        message: Agreement(
            agree=int(everybody[1, number]),
            disagree=int(everybody[-1, number]),
            passed=int(everybody[0, number]),
            group=int(least.group[number]) if placing.count else None,
            least=_estimate(least, number),
        )
        for message, number in place.items()
    }


def measure_diversity(authors: Iterable[str], placing: Placing) -> Estimate | None:
    """Give how evenly the opinion groups write, each author counted once."""
    writers = set(authors) & placing.labels.keys()
    groups = np.array([placing.labels[author] for author in writers], dtype=np.int64)
    return estimate_diversity(np.bincount(groups, minlength=placing.count))


def _estimate(least: LeastAgreement, number: int) -> Estimate | None:
    if np.isnan(least.share[number]):
        return None
    return Estimate(float(least.share[number]), float(least.low[number]), float(least.high[number]))


def _count_changes(case: Case) -> ChangeCounts:
    """Compare the last judgement before the results with the one that counts, in the open vote."""
    pairs = [
        pair
        for round_ in case.rounds.order_by("number")
        for pair in read_pairs(round_, Channel.OPEN, until=round_.head_length)
    ]
    return count_changes(
        np.array([pair.before for pair in pairs], dtype=np.int64),
        np.array([pair.after for pair in pairs], dtype=np.int64),
    )
