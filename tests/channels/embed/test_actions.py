"""A token is used once: the log of the round says so."""

from __future__ import annotations

import pytest
from tests.ballots.rounds import make_round
from tests.cases.stored import LATER
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.casting import Answer, Cast
from spreekruimte.ballots.models import Ballot, Participation, Question, Round
from spreekruimte.ballots.refusals import OutOfOrder, RoundIsOver
from spreekruimte.channels.embed.actions import OfAnotherRound, UsedUp, cast_embedded
from spreekruimte.channels.embed.tokens import Token

pytestmark = pytest.mark.django_db


def cast(round_: Round, question: Question, value: int, nonce: str = "n") -> Cast:
    return cast_embedded(
        case_id=round_.case_id,
        token=Token(round_.pk, nonce),
        answer=Answer(question, value),
        now=NOW,
    )


def test_both_questions_are_answered_with_one_token() -> None:
    round_ = make_round()
    assert cast(round_, Question.JUDGEMENT, 1).is_new
    assert cast(round_, Question.MEASURE, 0).is_new
    assert Participation.objects.get().ballots.count() == 2


def test_the_same_answer_again_gives_the_same_receipt() -> None:
    round_ = make_round()
    first = cast(round_, Question.JUDGEMENT, 1)
    again = cast(round_, Question.JUDGEMENT, 1)
    assert (again.receipt, again.is_new) == (first.receipt, False)
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    ("question", "value"),
    [(Question.JUDGEMENT, -1), (Question.JUDGEMENT, 0), (Question.MEASURE, 8)],
)
def test_another_answer_is_refused_and_the_first_counts(question: Question, value: int) -> None:
    round_ = make_round()
    cast(round_, Question.JUDGEMENT, 1)
    cast(round_, Question.MEASURE, 0)
    with pytest.raises(UsedUp):
        cast(round_, question, value)
    answers = Ballot.objects.filter(is_latest=True).order_by("pk").values_list("answer", flat=True)
    assert list(answers) == [1, 0]


def test_two_showings_count_apart() -> None:
    round_ = make_round()
    cast(round_, Question.JUDGEMENT, 1, "a")
    cast(round_, Question.JUDGEMENT, -1, "b")
    assert Participation.objects.count() == 2


def test_the_measure_does_not_come_first() -> None:
    with pytest.raises(OutOfOrder):
        cast(make_round(), Question.MEASURE, 0)
    assert not Participation.objects.exists()


def test_a_token_of_another_round_is_refused() -> None:
    round_ = make_round()
    old = Token(round_.pk + 1, "n")
    answer = Answer(Question.JUDGEMENT, 1)
    with pytest.raises(OfAnotherRound):
        cast_embedded(case_id=round_.case_id, token=old, answer=answer, now=NOW)


def test_a_round_that_is_over_takes_nothing() -> None:
    round_ = make_round()
    answer, token = Answer(Question.JUDGEMENT, 1), Token(round_.pk, "n")
    with pytest.raises(RoundIsOver):
        cast_embedded(case_id=round_.case_id, token=token, answer=answer, now=LATER)


def test_a_case_that_is_not_asked_has_no_round() -> None:
    answer = Answer(Question.JUDGEMENT, 1)
    with pytest.raises(Round.DoesNotExist):
        cast_embedded(case_id=2**40, token=Token(1, "n"), answer=answer, now=NOW)
