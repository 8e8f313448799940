"""What a respondent reads about the ballots and reasons of their own."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.ballots.actions.moderating import REASON
from spreekruimte.ballots.models import Ballot, Participation, Question, Reason
from spreekruimte.ballots.moderation.actions import state_of
from spreekruimte.ballots.moderation.states import STATE_NAMES
from spreekruimte.ballots.receipts import receipt_of
from spreekruimte.cases.sentences import Phrase

CHANGEABLE = (Reason.State.WAITING, Reason.State.SHOWN)


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A ballot, with what finds it in the log.

    Attributes
    ----------
    reason
        The text of the reason that it is about, if any; empty where that was erased.
    is_latest
        Whether it counts; what was answered before is kept too.
    """

    question: Question
    answer: int
    reason_id: int | None
    reason: str
    language: str
    receipt: str
    is_latest: bool


@dataclass(frozen=True, slots=True)
class OwnReason:
    """A reason that the respondent gave, and where it stands."""

    id: int
    content: str
    language: str
    state: Phrase
    may_change: bool
    may_appeal: bool


def ballots_of(participation: Participation) -> list[OwnBallot]:
    """Return every ballot of a respondent that was not erased, in the order of the log."""
    found = Ballot.objects.filter(participation=participation).select_related("reason")
    return [
        OwnBallot(
            question=Question(ballot.question),
            answer=ballot.answer,
            reason_id=ballot.reason_id,
            reason=ballot.reason.content if ballot.reason else "",
            language=ballot.reason.language if ballot.reason else "",
            receipt=receipt_of(bytes(ballot.salt)),
            is_latest=ballot.is_latest,
        )
        for ballot in found.order_by("entry__position")
    ]


def reasons_given_by(participation: Participation) -> list[OwnReason]:
    """Return the reasons that a respondent gave and did not erase."""
    return [
        OwnReason(
            id=reason.pk,
            content=reason.content,
            language=reason.language,
            state=STATE_NAMES[state_of(REASON, reason)],
            may_change=reason.state in CHANGEABLE,
            may_appeal=state_of(REASON, reason) == "hidden",
        )
        for reason in participation.reasons.exclude(state=Reason.State.ERASED).order_by("pk")
    ]
