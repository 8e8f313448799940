"""Looking without voting, and what respondents tell about themselves."""

from __future__ import annotations

import pytest
from tests.ballots.asking import ask, judge
from tests.ballots.rounds import someone, take_part
from tests.cases.stored import LATER
from tests.organisations.people import NOW

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.actions.about import tell_about
from spreekruimte.ballots.actions.casting import Answer, cast_ballot
from spreekruimte.ballots.actions.looking import give_up_ballot, record_seen
from spreekruimte.ballots.models import Ballot, CaseKey, Participation, Question, Tier
from spreekruimte.ballots.queries.standing import may_see_results, standing_of
from spreekruimte.ballots.refusals import GivenUp, NoWayBack, OutOfOrder, RoundIsOver
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tier", Tier)
def test_who_gives_the_ballot_up_may_look_and_not_vote(tier: Tier) -> None:
    round_, respondent = ask(), someone(tier)
    for _again in range(2):
        give_up_ballot(round_=round_, respondent=respondent, now=NOW)
    participation = Participation.objects.get()
    assert (participation.tier, participation.channel) == (tier, respondent.channel)
    assert may_see_results(round_.case, respondent, NOW)
    with pytest.raises(GivenUp):
        cast_ballot(
            round_id=round_.pk,
            respondent=respondent,
            answer=Answer(Question.JUDGEMENT, 1),
            now=NOW,
        )


def test_who_has_judged_has_nothing_to_give_up() -> None:
    round_ = ask()
    respondent = judge(round_)
    with pytest.raises(RefusedError, match="al gestemd"):
        give_up_ballot(round_=round_, respondent=respondent, now=NOW)
    assert not Participation.objects.get().has_given_up


def test_nothing_is_given_up_in_a_round_that_is_over() -> None:
    round_ = ask()
    with pytest.raises(RoundIsOver):
        give_up_ballot(round_=round_, respondent=someone(), now=LATER)
    CaseKey.objects.all().delete()
    with pytest.raises(NoWayBack):
        give_up_ballot(round_=round_, respondent=someone(), now=NOW)
    assert not Participation.objects.exists()


def test_ballots_after_the_results_were_shown_are_marked() -> None:
    round_ = ask()
    respondent = judge(round_)
    for _again in range(2):
        record_seen(round_=round_, respondents=[respondent])
    record_seen(round_=round_, respondents=[someone()])
    cast_ballot(
        round_id=round_.pk, respondent=respondent, answer=Answer(Question.JUDGEMENT, -1), now=NOW
    )
    found = Ballot.objects.order_by("entry__position").values_list("answer", "after_results")
    assert list(found) == [(1, False), (0, False), (-1, True)]
    assert Participation.objects.count() == 1


# About oneself


def test_what_is_told_replaces_what_was_told_before() -> None:
    round_ = ask()
    respondent = judge(round_)
    for answers, kept in (
        ({"age": "16-24", "gender": ""}, {"age": "16-24"}),
        ({"region": "zeeland"}, {"region": "zeeland"}),
        ({}, {}),
    ):
        tell_about(round_=round_, told={respondent: answers}, now=NOW)
        assert standing_of(round_, respondent).about == kept


@pytest.mark.parametrize("answers", [{"name": "x"}, {"age": "x"}, {"age": "zeeland"}])
def test_what_is_not_asked_is_not_kept(answers: dict[str, str]) -> None:
    round_ = ask()
    with pytest.raises(ValueError, match="is no answer"):
        tell_about(round_=round_, told={judge(round_): answers}, now=NOW)
    assert Participation.objects.get().about == {}


def test_only_who_takes_part_tells_about_themselves() -> None:
    round_, looking = ask(), someone()
    take_part(round_, looking, has_given_up=True, has_seen_results=True)
    for respondent in (someone(), looking):
        with pytest.raises(OutOfOrder):
            tell_about(round_=round_, told={respondent: {"age": "75+"}}, now=NOW)
    with pytest.raises(RoundIsOver):
        tell_about(round_=round_, told={judge(round_): {"age": "75+"}}, now=LATER)


def test_many_tell_at_once_or_none_of_them() -> None:
    round_ = ask()
    first, second = judge(round_), judge(round_)
    told = {first: {"age": "75+"}, second: {"region": "zeeland", "age": ""}}
    tell_about(round_=round_, told=told, now=NOW)
    assert standing_of(round_, first).about == {"age": "75+"}
    assert standing_of(round_, second).about == {"region": "zeeland"}
    with pytest.raises(OutOfOrder):
        tell_about(round_=round_, told={first: {}, someone(): {}}, now=NOW)
    assert standing_of(round_, first).about == {"age": "75+"}


def test_every_question_about_oneself_is_coarse() -> None:
    assert all(len(question.options) <= 13 for question in ABOUT.values())
