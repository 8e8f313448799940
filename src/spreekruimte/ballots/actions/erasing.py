"""Erase what a respondent gave, so that nobody can find it again and the log stays whole."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from spreekruimte.ballots.chain import BallotEntry, Head, add_erasure
from spreekruimte.ballots.models import (
    Ballot,
    LogEntry,
    ModerationEntry,
    Participation,
    Reason,
    Round,
)
from spreekruimte.ballots.queries.log import entry_of, head_of
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.respondents import Respondent


@transaction.atomic
def erase_respondent(*, round_: Round, respondent: Respondent, now: datetime) -> int:
    """Delete what a respondent answered, gave as reasons and told about themselves in a round.

    For each ballot the log gets a line that says so. Whether the respondent had seen results or
    given up the ballot is kept: it decides about ballots that come later. Also done for a round
    that has ended. Doing it again changes nothing.

    Returns
    -------
    int
        How many ballots were erased.
    """
    # Held as casting does, so that the log is added to by nobody else.
    held = Round.objects.select_for_update().get(pk=round_.pk)
    participation = find_participation(held, respondent)
    if participation is None:
        return 0
    count = _erase_ballots(held, participation)
    for reason in participation.reasons.exclude(state=Reason.State.ERASED):
        _erase_reason(reason, now)
    participation.about = {}
    participation.save(update_fields=["about"])
    return count


def _erase_ballots(held: Round, participation: Participation) -> int:
    head = head_of(held)
    ballots = Ballot.objects.filter(participation=participation)
    added = []
    for ballot in ballots.select_related("entry").order_by("entry__position"):
        of_ballot = entry_of(ballot.entry)
        assert isinstance(of_ballot, BallotEntry)  # noqa: S101 - no erasure has a content
        entry = add_erasure(head, ballot=of_ballot)
        head = Head.after(entry)
        added.append(
            LogEntry(
                round=held,
                position=entry.position,
                previous=entry.previous,
                concerns=entry.concerns,
            )
        )
    LogEntry.objects.bulk_create(added)
    ballots.delete()
    held.head_length, held.head_digest = head.length, head.digest
    held.save(update_fields=["head_length", "head_digest"])
    return len(added)


def _erase_reason(reason: Reason, now: datetime) -> None:
    """Delete the text of a reason. Those that it stood for stand for themselves again."""
    for other in Reason.objects.filter(merged_into=reason):
        other.state, other.merged_into = reason.state, None
        other.save(update_fields=["state", "merged_into"])
        ModerationEntry.objects.create(
            round_id=other.round_id,
            reason_id=other.pk,
            act=ModerationEntry.Act.SEPARATE,
            at=now,
        )
    reason.state, reason.content = Reason.State.ERASED, ""
    reason.merged_into = reason.author = None
    reason.save(update_fields=["state", "content", "merged_into", "author"])
