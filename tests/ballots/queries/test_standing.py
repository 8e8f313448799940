"""How far somebody is, and that nothing is shown before the first judgement is stored."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.ballots.rounds import make_round, someone, take_part, vote
from tests.cases.stored import LATER, in_state
from tests.organisations.people import NOW

from spreekruimte.ballots.models import CaseKey, Question, Reason, Tier
from spreekruimte.ballots.queries.standing import (
    Standing,
    find_participation,
    is_asking,
    may_see_results,
    standing_of,
)
from spreekruimte.ballots.respondents import Respondent

pytestmark = pytest.mark.django_db


def test_a_newcomer_has_done_nothing() -> None:
    round_ = make_round()
    assert standing_of(round_, None) == standing_of(round_, someone()) == Standing()
    assert Standing().step == "judgement"


def test_the_step_follows_the_answers_that_count() -> None:
    round_, respondent = make_round(), someone()
    participation = take_part(round_, respondent, about={"age": "25"})
    vote(participation, Question.JUDGEMENT, -1)
    assert standing_of(round_, respondent).step == "measure"
    vote(participation, Question.JUDGEMENT, 1)
    vote(participation, Question.MEASURE, 0)
    reason = Reason.objects.create(
        round=round_, content="It is true.", language="en", state="shown", given_at=NOW
    )
    vote(participation, Question.REASON, 0, reason)
    standing = standing_of(round_, respondent)
    assert standing.step == "reasons"
    assert (standing.judgement, standing.measure) == (1, 0)
    assert standing.reasons == {reason.pk: 0}
    assert standing.about == {"age": "25"}


def test_another_tier_or_a_key_that_is_gone_is_somebody_else() -> None:
    round_, respondent = make_round(), someone()
    participation = take_part(round_, respondent)
    assert find_participation(round_, respondent) == participation
    assert find_participation(round_, Respondent(Tier.EMAIL, respondent.key)) is None
    CaseKey.objects.all().delete()
    assert find_participation(round_, respondent) is None


def test_a_round_asks_from_its_opening_until_it_closes_or_ends() -> None:
    round_ = make_round()
    assert is_asking(round_, NOW)
    assert not is_asking(round_, NOW - timedelta(seconds=1))
    assert not is_asking(round_, LATER)
    round_.ended_at = NOW
    assert not is_asking(round_, NOW)


def test_results_wait_for_the_first_judgement() -> None:
    round_, respondent = make_round(), someone()
    assert not may_see_results(round_.case, None, NOW)
    assert not may_see_results(round_.case, respondent, NOW)
    participation = take_part(round_, respondent)
    assert not may_see_results(round_.case, respondent, NOW)
    vote(participation, Question.JUDGEMENT, 0)
    assert may_see_results(round_.case, respondent, NOW)
    assert not may_see_results(round_.case, someone(), NOW)


def test_who_gave_the_ballot_up_may_look() -> None:
    round_, respondent = make_round(), someone()
    take_part(round_, respondent, has_given_up=True, has_seen_results=True)
    assert may_see_results(round_.case, respondent, NOW)


def test_who_judged_in_an_earlier_round_judges_again_first() -> None:
    first, respondent = make_round(), someone()
    vote(take_part(first, respondent), Question.JUDGEMENT, 1)
    first.ended_at = NOW
    first.save()
    second = make_round(first.case, number=2)
    assert not may_see_results(first.case, respondent, NOW)
    vote(take_part(second, respondent), Question.JUDGEMENT, 1)
    assert may_see_results(first.case, respondent, NOW)


def test_everybody_may_look_once_the_round_is_over() -> None:
    assert may_see_results(make_round().case, None, LATER)


def test_everybody_may_look_at_a_closed_case() -> None:
    assert may_see_results(in_state("closed"), None, NOW)


@pytest.mark.parametrize("state", ["draft", "stopped", "protected", "withdrawn", "open"])
def test_nobody_may_look_where_nothing_was_asked(state: str) -> None:
    assert not may_see_results(in_state(state), someone(), NOW)
