from __future__ import annotations

import csv
from typing import Any

import pytest
from django.test import Client
from tests.guidelines.chill.surveyed import (
    fill,
    half_silent,
    make_judged,
    make_rules,
    make_survey,
)
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.guidelines.chill.models import Survey, SurveyInvitation
from spreekruimte.organisations.models import Organisation, Role

Answer = Any
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def editor_of(organisation: Organisation, role: Role = Role.EDITOR) -> Client:
    client = Client(headers={"accept-language": "en"})
    return sign_in(client, make_member(organisation, role))


def desk(organisation: Organisation, rest: str = "") -> str:
    return f"/desk/{organisation.slug}/surveys/{rest}"


def read(answer: Answer, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def organisation_of(survey: Survey) -> Organisation:
    return survey.version.guideline.organisation


def test_an_editor_opens_a_survey_and_publishes_it() -> None:
    case = make_judged(90, 10)
    version = make_rules(case.organisation)
    client = editor_of(case.organisation)
    assert "no surveys yet" in read(client.get(desk(case.organisation)))
    given = {"version": version.pk, "cases": [case.pk], "entry": "code"}
    opened = client.post(desk(case.organisation, "new/"), given)
    survey = Survey.objects.get()
    assert opened["Location"] == desk(case.organisation, f"{survey.pk}/")
    assert "The survey is open" in read(client.get(opened["Location"]))
    made = client.post(opened["Location"] + "invitations/", {"count": 3, "made": 0})
    rows = list(csv.reader(made.content.decode().splitlines()))
    assert len(rows) == 4
    assert rows[1][1].endswith(f"/surveys/{survey.pk}/invitation/")
    fill(survey, 30, half_silent)
    assert "<dd>30</dd>" in read(client.get(opened["Location"]))
    client.post(opened["Location"] + "close/")
    client.post(opened["Location"] + "publish/")
    assert "See the results" in read(client.get(opened["Location"]))
    assert "published" in read(client.get(desk(case.organisation)))


def test_how_many_answered_is_not_said_below_twenty() -> None:
    survey = make_survey()
    fill(survey, 19, half_silent)
    organisation = organisation_of(survey)
    page = read(editor_of(organisation).get(desk(organisation, f"{survey.pk}/")))
    assert "Fewer than 20 people" in page
    assert "19" not in page.split('<dl class="facts">')[1].split("</dl>")[0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cases": []}, "Choose at least one case."),
        ({"cases": ["999999"]}, "verdict is published"),
        ({"version": "999999"}, "not published any more"),
        ({"entry": "openid"}, "Choose one of the answers."),
    ],
)
def test_a_survey_that_cannot_be_opened_says_why(changes: dict[str, object], told: str) -> None:
    case = make_judged(8, 2)
    version = make_rules(case.organisation)
    given = {"version": version.pk, "cases": [case.pk], "entry": "code", **changes}
    answer = editor_of(case.organisation).post(desk(case.organisation, "new/"), given)
    assert told in read(answer, 400)
    assert not Survey.objects.exists()


def test_what_is_needed_first_is_told() -> None:
    organisation = make_organisation()
    client = editor_of(organisation)
    assert "First publish a guideline" in read(client.get(desk(organisation, "new/")))
    make_rules(organisation)
    assert "no closed cases yet" in read(client.get(desk(organisation, "new/")))


def test_a_step_that_the_state_does_not_allow_is_refused() -> None:
    survey = make_survey()
    organisation = organisation_of(survey)
    client = editor_of(organisation)
    answer = client.post(desk(organisation, f"{survey.pk}/publish/"))
    assert "does not allow this step" in read(answer, 409)
    address = desk(organisation, f"{survey.pk}/invitations/")
    assert "after you opened" in read(client.post(address, {"count": 3, "made": 7}), 409)
    assert "not complete" in read(client.post(address, {"count": "x", "made": 0}), 400)
    assert not SurveyInvitation.objects.exists()


def test_only_editors_change_surveys_and_auditors_read_them() -> None:
    survey = make_survey()
    organisation = organisation_of(survey)
    auditor = editor_of(organisation, Role.AUDITOR)
    assert auditor.get(desk(organisation, f"{survey.pk}/")).status_code == 200
    assert auditor.post(desk(organisation, f"{survey.pk}/close/")).status_code == 403
    assert auditor.get(desk(organisation, "new/")).status_code == 403


def test_the_survey_of_another_organisation_is_not_found() -> None:
    survey = make_survey()
    other = make_organisation("polderdam")
    client = Client()
    sign_in(client, make_member(other, Role.EDITOR, email="other@polderdam.example"))
    assert client.get(desk(other, f"{survey.pk}/")).status_code == 404
