from __future__ import annotations

from secrets import token_bytes

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.guidelines.chill.surveyed import (
    KEY,
    POST,
    SILENT,
    answer_all,
    close,
    make_judged,
    make_published,
    make_rules,
    make_survey,
    publish_results,
    servant,
)
from tests.organisations.people import NOW
from tests.verdicts.rounds import start_round

from spreekruimte.cases.models import Case
from spreekruimte.guidelines.chill.actions import answer_case, invite_to_survey, open_survey
from spreekruimte.guidelines.chill.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyKey,
    SurveyRespondent,
    SurveyResult,
)
from spreekruimte.guidelines.chill.queries import find_turn
from spreekruimte.organisations.append_only import AppendOnlyError
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def begin(*cases: Case) -> Survey:
    return open_survey(
        version=make_rules(cases[0].organisation),
        cases=cases,
        entry=Survey.Entry.CODE,
        new_key=KEY,
        actor=OPERATOR,
        now=NOW,
    )


def invite(survey: Survey, count: int, made: int = 0) -> list[str]:
    return invite_to_survey(
        survey=survey, count=count, made=made, draw=token_bytes, actor=OPERATOR, now=NOW
    )


def test_each_change_stands_in_the_audit_trail() -> None:
    survey = make_survey()
    invite(survey, 2)
    publish_results(close(survey))
    told = AuditEntry.objects.filter(kind="survey").order_by("pk")
    assert [each.action for each in told] == [
        "open_survey",
        "invite_to_survey",
        "close_survey",
        "publish_survey",
    ]
    assert {each.organisation_id for each in told} == {survey.version.guideline.organisation_id}


def test_only_cases_with_a_published_verdict_are_asked() -> None:
    judged = make_judged(8, 2)
    asked = start_round().case
    with pytest.raises(ValidationError, match="verdict is published"):
        begin(judged, asked)
    assert not Survey.objects.exists()


def test_a_case_is_asked_once_and_there_are_not_too_many() -> None:
    judged = make_judged(8, 2)
    for cases in ([judged, judged], [judged] * 13):
        with pytest.raises(ValidationError, match="Choose 1 to 12 cases"):
            begin(*cases)


def test_an_answer_that_is_sent_twice_counts_once_and_the_first_one_stands() -> None:
    survey = make_survey([make_judged(8, 2), make_judged(9, 1)])
    first = find_turn(survey, servant(1)).asked
    assert first is not None
    for answer in (POST, SILENT):
        turn = answer_case(survey=survey, respondent=servant(1), place=first.place, answer=answer)
        assert (turn.number, turn.total) == (2, 2)
    assert list(SurveyAnswer.objects.values_list("asked", "answer")) == [(first.pk, 1)]


def test_who_answered_all_is_asked_nothing_more() -> None:
    survey = make_survey()
    answer_all(survey, servant(1), POST)
    assert answer_case(survey=survey, respondent=servant(1), place=0, answer=SILENT).asked is None
    assert SurveyAnswer.objects.count() == 1


def test_nothing_leads_from_a_respondent_to_a_code() -> None:
    survey = make_survey()
    answer_all(survey, servant(1), POST)
    assert SurveyRespondent.objects.get().pseudonym != servant(1).key


def test_closing_deletes_the_key_and_the_invitations() -> None:
    survey = make_survey()
    invite(survey, 3)
    close(survey)
    assert not SurveyKey.objects.exists()
    assert not SurveyInvitation.objects.exists()


def test_only_an_open_survey_takes_answers_and_invites() -> None:
    survey = close(make_survey())
    with pytest.raises(RefusedError, match="is closed"):
        answer_case(survey=survey, respondent=servant(1), place=0, answer=POST)
    with pytest.raises(RefusedError):
        invite(survey, 1)
    with pytest.raises(RefusedError):
        close(survey)


def test_only_a_closed_survey_is_published_and_once() -> None:
    survey = make_survey()
    with pytest.raises(RefusedError):
        publish_results(survey)
    published = publish_results(close(survey))
    with pytest.raises(RefusedError):
        publish_results(published)
    assert SurveyResult.objects.count() == 1


def test_codes_are_made_once_and_kept_nowhere() -> None:
    survey = make_survey()
    codes = invite(survey, 2)
    digests = set(SurveyInvitation.objects.values_list("digest", flat=True))
    assert len(digests) == len(set(codes)) == 2
    assert not digests & set(codes)
    with pytest.raises(RefusedError, match="after you opened"):
        invite(survey, 2)
    for count in (0, 10_001):
        with pytest.raises(RefusedError):
            invite(survey, count, made=2)


def test_where_people_sign_in_there_are_no_codes() -> None:
    with pytest.raises(RefusedError, match="no codes"):
        invite(make_survey(entry=Survey.Entry.OPENID), 1)


def test_answers_and_results_stay_as_they_are() -> None:
    make_published(2)
    for model in (SurveyAnswer, SurveyResult):
        with pytest.raises(AppendOnlyError):
            model.objects.all().delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete("default")
