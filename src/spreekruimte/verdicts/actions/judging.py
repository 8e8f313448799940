"""Judge what was voted, and keep what came out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from spreekruimte.analysis.verdicts import Rules
from spreekruimte.analysis.votes import Progress, VoteMatrix
from spreekruimte.analysis.votes.lines import ignore_progress
from spreekruimte.ballots.chain import Head
from spreekruimte.ballots.models import Channel, Round
from spreekruimte.ballots.queries.changes import read_pairs, read_pairs_around_reply
from spreekruimte.ballots.queries.participants import count_participants
from spreekruimte.ballots.queries.votes import RoundVotes
from spreekruimte.verdicts.changes import measure_changes
from spreekruimte.verdicts.changes import to_document as changes_document
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.documents import Document
from spreekruimte.verdicts.framings import measure_framings
from spreekruimte.verdicts.method import describe_method
from spreekruimte.verdicts.models import Figures, Snapshot
from spreekruimte.verdicts.queries.snapshots import latest_moderation, official_snapshots
from spreekruimte.verdicts.snapshots import (
    describe_figures,
    describe_map,
    digest_figures,
    digest_votes,
)

RULES = Rules()


def judge_round(
    *,
    round: Round,  # noqa: A002 - what it is
    channel: Channel,
    now: datetime,
    votes: RoundVotes | None = None,
    progress: Progress = ignore_progress,
) -> Snapshot:
    """Judge the ballots of a channel as the log stands, and keep the snapshot of it.

    Where this head was judged already, with all moderation that there was, that snapshot is given.

    Parameters
    ----------
    votes
        What was read of the round before, to go on from; without it all is read from scratch. What
        comes out is the same.
    progress
        Is told how far it is.
    """
    votes = votes or RoundVotes(round)
    moderation_id = latest_moderation(round.pk)
    votes.catch_up()
    if found := _find(round, channel, votes.head, moderation_id):
        return found
    matrix = votes.to_matrix(channel)
    judgement = judge_votes(matrix, RULES, progress=progress)
    digest = digest_votes(matrix)
    document = describe_figures(
        judgement,
        input_digest=digest,
        simulated=round.case.is_simulated,
        framings=measure_framings(matrix, RULES, round.arms),
    )
    snapshot = Snapshot(
        round=round,
        channel=channel,
        head_length=votes.head.length,
        head_digest=votes.head.digest,
        moderation_id=moderation_id,
        method=describe_method(RULES),
        input_digest=digest,
        document_digest=digest_figures(document),
        computed_at=now,
    )
    crowd = {
        "map": describe_map(judgement),
        "people": asdict(count_participants(round, channel)),
        **_describe_changes(round, channel, votes, matrix),
    }
    try:
        _keep(snapshot, Figures(snapshot=snapshot, document=document, crowd=crowd))
    except IntegrityError:
        # Somebody else judged the same at the same time, and found the same.
        return Snapshot.objects.get(
            round=round, channel=channel, head_digest=votes.head.digest, moderation_id=moderation_id
        )
    return snapshot


def _describe_changes(
    round_: Round, channel: Channel, votes: RoundVotes, matrix: VoteMatrix
) -> Document:
    """Give how judgements changed with the results and with the reply, as far as they can have."""
    found = {
        "changes": read_pairs(round_, channel, until=votes.head.length),
        "reply": read_pairs_around_reply(round_, channel, until=votes.head.length),
    }
    names = votes.names_of(channel)
    measured = {name: measure_changes(pairs, names, matrix, RULES) for name, pairs in found.items()}
    return {name: changes and changes_document(changes) for name, changes in measured.items()}


def _find(round_: Round, channel: Channel, head: Head, moderation_id: int) -> Snapshot | None:
    found: Snapshot | None = Snapshot.objects.filter(
        round=round_, channel=channel, head_digest=head.digest, moderation_id=moderation_id
    ).first()
    return found


@transaction.atomic
def _keep(snapshot: Snapshot, figures: Figures) -> None:
    """Store a snapshot with its figures, and let go of figures that it takes the place of."""
    Round.objects.select_for_update(no_key=True).get(pk=snapshot.round_id)
    earlier = Snapshot.objects.filter(round=snapshot.round, channel=snapshot.channel)
    snapshot.number = (earlier.aggregate(latest=Max("number"))["latest"] or 0) + 1
    snapshot.save()
    figures.snapshot = snapshot
    figures.save(force_insert=True)
    kept = [official_snapshots(snapshot.round_id).get(snapshot.channel), snapshot.pk]
    Figures.objects.filter(
        snapshot__round=snapshot.round,
        snapshot__channel=snapshot.channel,
        snapshot__head_length__lte=snapshot.head_length,
    ).exclude(pk__in=kept).delete()
