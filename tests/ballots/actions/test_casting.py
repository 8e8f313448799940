"""Ballots are taken once, in order, and stand in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

import pytest
from tests.ballots.rounds import make_round, someone, take_part
from tests.cases.stored import BY, LATER
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.casting import (
    Answer,
    Cast,
    GivenBallot,
    Outcome,
    append_ballots,
    cast_ballot,
)
from spreekruimte.ballots.chain import BallotEntry
from spreekruimte.ballots.checking import is_opening
from spreekruimte.ballots.encoding import canonical
from spreekruimte.ballots.models import (
    Ballot,
    CaseKey,
    Invitation,
    LogEntry,
    Participation,
    Question,
    Reason,
    Round,
    Tier,
)
from spreekruimte.ballots.receipts import mark_of
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
from spreekruimte.cases import actions as cases

pytestmark = pytest.mark.django_db

JUDGEMENT, MEASURE = Answer(Question.JUDGEMENT, 1), Answer(Question.MEASURE, 3)


def cast(round_: Round, respondent: Respondent, *answers: Answer) -> list[Cast]:
    return [
        cast_ballot(round_id=round_.pk, respondent=respondent, answer=answer, now=NOW)
        for answer in answers
    ]


def append(round_: Round, *ballots: tuple[Respondent, Answer]) -> list[Outcome]:
    return append_ballots(
        round_id=round_.pk, ballots=[GivenBallot(*each) for each in ballots], now=NOW
    )


def make_reason(round_: Round, state: str = "shown", author: Participation | None = None) -> Reason:
    return Reason.objects.create(
        round=round_, content="It is true.", language="en", state=state, author=author, given_at=NOW
    )


def on(reason: Reason, value: int = 1) -> Answer:
    return Answer(Question.REASON, value, reason.pk)


def unseen(round_: Round, state: str) -> Answer:
    """A vote on a reason that is not shown in the round."""
    if state == "absent":
        return Answer(Question.REASON, 1, 2**63 - 1)
    reason = make_reason(round_, "shown" if state in {"elsewhere", "erased"} else state)
    if state == "elsewhere":
        Round.objects.filter(pk=round_.pk).update(ended_at=LATER)
        other = make_round(round_.case, number=2)
        Round.objects.filter(pk=other.pk).update(ended_at=LATER)
        Round.objects.filter(pk=round_.pk).update(ended_at=None)
        Reason.objects.update(round=other)
    if state == "erased":
        Reason.objects.update(state="erased", content="")
    return on(reason)


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (LogEntry, Ballot, Participation))


def refused(round_: Round, respondent: Respondent, answer: Answer) -> type[BallotRefusedError]:
    """It is refused, and nothing is stored."""
    before = rows(), Round.objects.get(pk=round_.pk).head_digest
    with pytest.raises(BallotRefusedError) as caught:
        cast(round_, respondent, answer)
    assert (rows(), Round.objects.get(pk=round_.pk).head_digest) == before
    assert str(caught.value)
    return caught.type


def test_a_ballot_stands_in_the_log_and_its_content_beside_it() -> None:
    round_, respondent = make_round(), someone()
    reason = make_reason(round_)
    casts = cast(round_, respondent, JUDGEMENT, MEASURE, on(reason, -1))
    assert [each.position for each in casts] == [1, 2, 3]
    assert casts[2].answered == {reason.pk}
    for each, question, value in zip(casts, Question, [1, 3, -1], strict=True):
        entry = LogEntry.objects.get(round=round_, receipt=mark_of(each.receipt))
        ballot = entry.ballot
        content = canonical(
            {
                "round": round_.log_name,
                "respondent": each.pseudonym,
                "question": question.value,
                "reason": ballot.reason_id,
                "answer": value,
            }
        )
        line = BallotEntry(entry.position, entry.previous, entry.commitment, mark_of(each.receipt))
        assert is_opening(line, salt=bytes(ballot.salt), content=content)
        assert (ballot.answer, ballot.is_latest, ballot.after_results) == (value, True, False)


def test_the_same_answer_again_gives_the_same_receipt_and_adds_nothing() -> None:
    round_, respondent = make_round(), someone()
    first, again = cast(round_, respondent, JUDGEMENT, JUDGEMENT)
    assert (first.is_new, again.is_new) == (True, False)
    assert (first.receipt, first.position) == (again.receipt, again.position)
    assert rows() == (1, 1, 1)


def test_a_later_answer_counts_in_place_of_the_earlier_which_is_kept() -> None:
    round_, respondent = make_round(), someone()
    cast(round_, respondent, JUDGEMENT, Answer(Question.JUDGEMENT, -1), JUDGEMENT)
    found = Ballot.objects.order_by("entry__position").values_list("answer", "is_latest")
    assert list(found) == [(1, False), (-1, False), (1, True)]


def test_a_ballot_after_results_says_so() -> None:
    round_, respondent = make_round(), someone()
    take_part(round_, respondent, has_seen_results=True)
    cast(round_, respondent, JUDGEMENT)
    assert Ballot.objects.get().after_results


@pytest.mark.parametrize("missing", [0, 1])
def test_questions_are_answered_in_order(missing: int) -> None:
    round_, respondent = make_round(), someone()
    cast(round_, respondent, *[JUDGEMENT][:missing])
    assert refused(round_, respondent, [MEASURE, on(make_reason(round_))][missing]) is OutOfOrder


def test_who_gave_up_the_ballot_has_none() -> None:
    round_, respondent = make_round(), someone()
    take_part(round_, respondent, has_seen_results=True, has_given_up=True)
    assert refused(round_, respondent, JUDGEMENT) is GivenUp


@pytest.mark.parametrize(
    "times",
    [
        {"ended_at": NOW},
        {"opened_at": NOW + timedelta(seconds=1)},
        {"opened_at": NOW - timedelta(days=1), "closes_at": NOW},
    ],
)
def test_a_round_that_is_not_open_takes_no_ballots(times: dict[str, object]) -> None:
    round_ = make_round()
    Round.objects.filter(pk=round_.pk).update(**times)
    assert refused(round_, someone(), JUDGEMENT) is RoundIsOver


def test_a_case_that_was_stopped_takes_no_ballots() -> None:
    round_ = make_round()
    cases.stop_case(case=round_.case, **BY)
    assert refused(round_, someone(), JUDGEMENT) is RoundIsOver


def test_a_case_whose_key_is_gone_takes_no_ballots() -> None:
    round_ = make_round()
    cast(round_, someone(), JUDGEMENT)
    CaseKey.objects.all().delete()
    assert refused(round_, someone(), JUDGEMENT) is NoWayBack


@pytest.mark.parametrize("state", ["waiting", "hidden", "erased", "elsewhere", "absent"])
def test_only_reasons_that_are_shown_in_this_round_are_voted_on(state: str) -> None:
    round_, respondent = make_round(), someone()
    cast(round_, respondent, JUDGEMENT, MEASURE)
    assert refused(round_, respondent, unseen(round_, state)) is NoSuchReason


def test_who_gives_a_reason_agrees_with_it_while_it_waits() -> None:
    round_, respondent = make_round(), someone()
    cast(round_, respondent, JUDGEMENT, MEASURE)
    reason = make_reason(round_, "waiting", Participation.objects.get())
    assert cast(round_, respondent, on(reason))[0].is_new


def test_only_who_was_invited_to_this_round_is_of_the_panel() -> None:
    round_, respondent = make_round(), someone(Tier.INVITATION)
    assert refused(round_, respondent, JUDGEMENT) is NotInvited
    Invitation.objects.create(round=round_, digest=respondent.key)
    cast(round_, respondent, JUDGEMENT)
    assert Participation.objects.get().channel == "panel"


def test_one_that_is_refused_does_not_hinder_the_others() -> None:
    round_, first, second = make_round(), someone(), someone()
    outcomes = append(round_, (first, JUDGEMENT), (second, MEASURE), (second, JUDGEMENT))
    assert isinstance(outcomes[1], OutOfOrder)
    assert [each.position for each in outcomes if isinstance(each, Cast)] == [1, 2]


def test_many_at_once_are_as_one_by_one() -> None:
    """Of one respondent too, over the edge of what is written with one statement."""
    round_ = make_round()
    reasons = [make_reason(round_) for _ in range(3)]
    some = [someone() for _ in range(130)]
    answers = [JUDGEMENT, MEASURE, *map(on, reasons), on(reasons[0], -1), JUDGEMENT]
    given = [(respondent, answer) for answer in answers for respondent in some]
    outcomes = append(round_, *given)
    assert all(isinstance(each, Cast) for each in outcomes)
    assert rows() == (6 * 130, 6 * 130, 130)
    assert Ballot.objects.filter(is_latest=False).count() == 130
    assert Round.objects.get().head_length == 6 * 130


def test_salts_can_be_drawn_by_the_caller() -> None:
    round_ = make_round()
    drawn = (sha256(bytes([number])).digest() for number in range(9))
    given: Sequence[GivenBallot] = [GivenBallot(someone(), JUDGEMENT) for _ in range(2)]
    append_ballots(round_id=round_.pk, ballots=given, now=NOW, draw=lambda size: next(drawn)[:size])
    found = Ballot.objects.order_by("pk").values_list("salt", flat=True)
    assert [bytes(salt) for salt in found] == [sha256(bytes([n])).digest() for n in range(2)]


@pytest.mark.parametrize(
    "answer",
    [
        (Question.JUDGEMENT, 2),
        (Question.MEASURE, 9),
        (Question.REASON, 1),
        (Question.JUDGEMENT, 1, 1),
        (Question.REASON, 1, 0),
        (Question.REASON, 1, 2**63),
    ],
)
def test_what_no_ballot_can_say_is_no_answer(answer: tuple[Question, int]) -> None:
    with pytest.raises(ValueError, match=r"reason|answer"):
        Answer(*answer)
