"""Take ballots: check each, add it to the log of its round, and keep its content beside the log.

Ballots of one round are taken one transaction after the other: each holds the row of the round
from its first statement to its commit. What follows of it is told in ``docs/ballot-log.md``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from spreekruimte.ballots.actions.gathering import Gathering
from spreekruimte.ballots.actions.recording import (
    HeldRound,
    Place,
    Register,
    Voter,
    hold_round,
    hold_round_of,
)
from spreekruimte.ballots.encoding import SALT_BYTES
from spreekruimte.ballots.models import Channel, Question, Reason
from spreekruimte.ballots.pseudonyms import pseudonym
from spreekruimte.ballots.receipts import receipt_of
from spreekruimte.ballots.refusals import (
    BallotRefusedError,
    GivenUp,
    NoSuchReason,
    NotInvited,
    NoWayBack,
    OutOfOrder,
    RoundIsOver,
)
from spreekruimte.ballots.respondents import Respondent

# The rows of so many ballots are read and written with one statement each.
CHUNK = 100
LARGEST_ID = 2**63 - 1

_COMES_BEFORE: dict[Question, set[Place]] = {
    question: {(each.value, None) for each in list(Question)[:before]}
    for before, question in enumerate(Question)
}
_RANGES = {Question.JUDGEMENT: (-1, 1), Question.MEASURE: (-1, 8), Question.REASON: (-1, 1)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a ballot says.

    Attributes
    ----------
    value
        As in `models.Ballot.answer`.
    reason_id
        Which reason it is about, for a vote on a reason and for that alone.

    Raises
    ------
    ValueError
        If no answer to such a question can be like this.
    """

    question: Question
    value: int
    reason_id: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no ballot can say."""
        least, most = _RANGES[self.question]
        if not least <= self.value <= most:
            raise ValueError(f"An answer to this question lies from {least} to {most}.")
        if (self.reason_id is not None) != (self.question == Question.REASON):
            raise ValueError("A vote on a reason, and no other ballot, has a reason.")
        if self.reason_id is not None and not 1 <= self.reason_id <= LARGEST_ID:
            raise ValueError("The number of a reason is a positive number of at most 63 bits.")


@dataclass(frozen=True, slots=True)
class GivenBallot:
    """An answer, and who gives it."""

    respondent: Respondent
    answer: Answer


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot that is in the log.

    Attributes
    ----------
    round_id
        In which round.
    receipt
        What the respondent finds it with.
    position
        Its place in the log.
    is_new
        False where the same answer counted already, so that nothing was added.
    pseudonym
        Whose it is, in this case.
    next_question
        The first question that has no answer yet; of reasons there may be more.
    answered
        The reasons that this respondent has voted on by now.
    """

    round_id: int
    receipt: str
    position: int
    is_new: bool
    pseudonym: str
    next_question: Question
    answered: frozenset[int]


Outcome = Cast | BallotRefusedError
Where = tuple[Callable[[int], HeldRound], int]
"""What holds the round, and the number that it is found by."""


def cast_ballot(*, round_id: int, respondent: Respondent, answer: Answer, now: datetime) -> Cast:
    """Take one ballot. When this returns, it is durable.

    What other threads of this process bring meanwhile is written in the same transaction. Within
    a transaction of the caller, the ballot stands or falls with that one instead.

    Returns
    -------
    Cast
        Of the ballot that was in the log already, where the same answer counts now.

    Raises
    ------
    BallotRefusedError
        One of `spreekruimte.ballots.refusals`; nothing was stored.
    """
    return _bring((hold_round, round_id), GivenBallot(respondent, answer), now)


def cast_in_case(*, case_id: int, respondent: Respondent, answer: Answer, now: datetime) -> Cast:
    """Take one ballot as `cast_ballot` does, in the round of a case that was not ended.

    The round is looked up with all that comes meanwhile, so that a ballot of many costs no look of
    its own.

    Raises
    ------
    BallotRefusedError
        One of `spreekruimte.ballots.refusals`; nothing was stored.
    Round.DoesNotExist
        If the case has no such round.
    """
    return _bring((hold_round_of, case_id), GivenBallot(respondent, answer), now)


@transaction.atomic
def append_ballots(
    *,
    round_id: int,
    ballots: Sequence[GivenBallot],
    now: datetime,
    draw: Callable[[int], bytes] = secrets.token_bytes,
) -> list[Outcome]:
    """Take many ballots of one round in one transaction, in their order.

    Parameters
    ----------
    now
        The round has to be open at this moment.
    draw
        Gives so many random bytes, for the salts.

    Returns
    -------
    list
        For each ballot, that it is in the log or why it was not taken. One that is not taken
        does not hinder the others.
    """
    return _append(hold_round(round_id), ballots, now, draw)


def _bring(where: Where, given: GivenBallot, now: datetime) -> Cast:
    if connection.in_atomic_block:
        outcome = _cast_together(where, lambda: [(given, now)])[0]
    else:
        outcome = _gathering.bring(where, (given, now))
    if isinstance(outcome, BallotRefusedError):
        raise outcome
    return outcome


@transaction.atomic
def _cast_together(
    where: Where, take: Callable[[], Sequence[tuple[GivenBallot, datetime]]]
) -> list[Outcome]:
    hold, number = where
    held = hold(number)
    brought = take()
    # They are recorded together: at the latest of their moments.
    now = max(moment for _, moment in brought)
    return _append(held, [given for given, _ in brought], now, secrets.token_bytes)


_gathering = Gathering(_cast_together)


def _append(
    held: HeldRound, ballots: Sequence[GivenBallot], now: datetime, draw: Callable[[int], bytes]
) -> list[Outcome]:
    if not held.is_asking(now):
        return [RoundIsOver() for _ in ballots]
    if held.case_key is None:
        return [NoWayBack() for _ in ballots]
    outcomes: list[Outcome] = []
    head = held.head
    for start in range(0, len(ballots), CHUNK):
        chunk = [(_name(held.case_key, each), each) for each in ballots[start : start + CHUNK]]
        register = Register(held, head)
        register.read(
            {known_as for known_as, _ in chunk},
            {given.answer.reason_id for _, given in chunk if given.answer.reason_id is not None},
            {
                given.respondent.key
                for _, given in chunk
                if given.respondent.channel == Channel.PANEL
            },
        )
        outcomes += [_take(register, known_as, given, draw) for known_as, given in chunk]
        register.write()
        head = register.head
    return outcomes


def _name(case_key: bytes, given: GivenBallot) -> str:
    return pseudonym(
        case_key=case_key, tier=given.respondent.tier, respondent_key=given.respondent.key
    )


def _take(
    register: Register, known_as: str, given: GivenBallot, draw: Callable[[int], bytes]
) -> Outcome:
    """Note one ballot, unless it is refused or its answer counts already."""
    answer = given.answer
    place: Place = (answer.question.value, answer.reason_id)
    voter = register.find(known_as, given.respondent)
    refusal = _find_refusal(register, voter, given)
    if refusal is not None:
        return refusal
    counted = voter.counted.get(place)
    is_new = counted is None or counted.answer != answer.value
    if counted is None or is_new:
        counted = register.add(voter, place, answer.value, draw(SALT_BYTES))
    salt, position = register.opening(counted)
    return Cast(
        round_id=register.round.id,
        receipt=receipt_of(salt),
        position=position,
        is_new=is_new,
        pseudonym=known_as,
        next_question=_next_question(voter),
        answered=voter.answered,
    )


def _find_refusal(
    register: Register, voter: Voter, given: GivenBallot
) -> BallotRefusedError | None:
    if voter.has_given_up:
        return GivenUp()
    if not _COMES_BEFORE[given.answer.question] <= voter.counted.keys():
        return OutOfOrder()
    if not _may_vote_on(register, voter, given.answer.reason_id):
        return NoSuchReason()
    if given.respondent.channel == Channel.PANEL and not register.is_invited(given.respondent):
        return NotInvited()
    return None


def _next_question(voter: Voter) -> Question:
    is_measured = (Question.MEASURE.value, None) in voter.counted
    return Question.REASON if is_measured else Question.MEASURE


def _may_vote_on(register: Register, voter: Voter, reason_id: int | None) -> bool:
    if reason_id is None:
        return True
    state, author = register.reasons.get(reason_id, (None, None))
    is_own = author is not None and author == voter.stored_as
    # Who gives a reason agrees with it, also while it waits for a moderator.
    return state == Reason.State.SHOWN or (is_own and state == Reason.State.WAITING)
