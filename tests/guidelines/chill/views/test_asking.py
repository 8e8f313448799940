from __future__ import annotations

import re
from html import unescape
from secrets import token_bytes
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.ballots.views.provider import FakeProvider
from tests.ballots.views.test_entering_pages import provider
from tests.guidelines.chill.surveyed import close, make_judged, make_published, make_survey
from tests.organisations.people import NOW

from spreekruimte.guidelines.chill.actions import invite_to_survey
from spreekruimte.guidelines.chill.models import Survey, SurveyAnswer, SurveyRespondent
from spreekruimte.organisations.models import OPERATOR

# Pytest takes from here what it finds by name.
__all__ = ["provider"]

# What the test client answers: a response, with the context of its template.
Answer = Any
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def servant() -> Client:
    return Client(headers={"accept-language": "en"})


def make_code(survey: Survey) -> str:
    (code,) = invite_to_survey(
        survey=survey,
        count=1,
        made=survey.invitations.count(),
        draw=token_bytes,
        actor=OPERATOR,
        now=NOW,
    )
    return code


def address(survey: Survey, page: str = "") -> str:
    return f"/surveys/{survey.pk}/{page and page + '/'}"


def read(answer: Answer, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def place_in(answer: Answer) -> int:
    found = re.search(r'name="place" value="(\d+)"', read(answer))
    assert found
    return int(found[1])


def test_a_public_servant_comes_in_with_a_code_and_answers_one_case_a_screen() -> None:
    survey = make_survey([make_judged(8, 2), make_judged(9, 1)])
    client = servant()
    assert "Begin with my code" in read(client.get(address(survey)))
    entered = client.post(address(survey, "invitation"), {"code": make_code(survey)})
    assert entered["Location"] == address(survey, "ask") + "?note=entered"
    seen = []
    for number in (1, 2):
        page = client.get(address(survey, "ask"))
        assert f"Step {number} of 2" in read(page)
        assert "<textarea" not in read(page)
        seen.append(place_in(page))
        answer = client.post(address(survey, "ask"), {"place": seen[-1], "answer": "-1"})
    assert answer["Location"] == address(survey, "thanks") + "?note=saved"
    assert sorted(seen) == [0, 1]
    assert set(SurveyAnswer.objects.values_list("answer", flat=True)) == {-1}
    assert "your answers are in" in read(client.get(address(survey, "thanks")))
    assert client.get(address(survey, "ask"))["Location"] == address(survey, "thanks")
    assert client.post(address(survey, "ask"), {"place": 0, "answer": "1"}).status_code == 302
    assert "Go on" in read(client.get(address(survey)))


def test_the_same_code_in_another_browser_is_the_same_respondent() -> None:
    survey = make_survey([make_judged(8, 2), make_judged(9, 1)])
    code = make_code(survey)
    for _browser in range(2):
        client = servant()
        client.post(address(survey, "invitation"), {"code": code})
        place = place_in(client.get(address(survey, "ask")))
        client.post(address(survey, "ask"), {"place": place, "answer": "1"})
    assert SurveyRespondent.objects.count() == 1
    assert SurveyAnswer.objects.count() == 2


def test_an_answer_from_an_old_page_changes_nothing() -> None:
    survey = make_survey([make_judged(8, 2), make_judged(9, 1)])
    client = servant()
    client.post(address(survey, "invitation"), {"code": make_code(survey)})
    place = place_in(client.get(address(survey, "ask")))
    for answer in ("1", "-1"):
        sent = client.post(address(survey, "ask"), {"place": place, "answer": answer})
    assert sent["Location"] == address(survey, "ask") + "?note=stands"
    assert list(SurveyAnswer.objects.values_list("answer", flat=True)) == [1]


@pytest.mark.parametrize("data", [{}, {"place": 0}, {"place": "x", "answer": 1}, {"answer": 5}])
def test_an_answer_that_is_none_is_told_and_stores_nothing(data: dict[str, object]) -> None:
    survey = make_survey()
    client = servant()
    client.post(address(survey, "invitation"), {"code": make_code(survey)})
    assert "not complete" in read(client.post(address(survey, "ask"), data), 400)
    assert not SurveyAnswer.objects.exists()


def test_without_a_code_nobody_answers() -> None:
    survey = make_survey()
    client = servant()
    client.cookies[f"survey-{survey.pk}"] = "made:up"
    answer = client.post(address(survey, "ask"), {"place": 0, "answer": 1})
    assert answer["Location"] == address(survey) + "?note=first"
    client.cookies[f"survey-{survey.pk}"] = "x" * 5000
    assert client.get(address(survey, "thanks"))["Location"] == address(survey, "ask")
    assert not SurveyRespondent.objects.exists()


@pytest.mark.parametrize(
    ("code", "told"),
    [("", "Fill in the code"), ("7K3D", "twelve"), ("7K3D-9QXM-0A1B", "does not belong")],
)
def test_a_code_that_is_none_is_told(code: str, told: str) -> None:
    survey = make_survey()
    assert told in read(servant().post(address(survey, "invitation"), {"code": code}), 400)


def test_codes_cannot_be_tried_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spreekruimte.guidelines.chill.views.asking.MOST_CODES", 0)
    survey = make_survey()
    answer = servant().post(address(survey, "invitation"), {"code": "7K3D-9QXM-0A1B"})
    assert "too often" in read(answer, 429)


def test_the_code_can_stand_in_the_link() -> None:
    survey = make_survey()
    assert 'value="7K3D"' in read(servant().get(address(survey, "invitation") + "?code=7K3D"))


def test_a_survey_that_closed_says_so_and_takes_nothing() -> None:
    survey = make_survey()
    client = servant()
    client.post(address(survey, "invitation"), {"code": make_code(survey)})
    close(survey)
    assert "not published yet" in read(client.get(address(survey)))
    read(client.post(address(survey, "ask"), {"place": 0, "answer": 1}), 409)
    assert not SurveyAnswer.objects.exists()


def test_a_published_survey_leads_to_its_results() -> None:
    survey = make_published()
    assert address(survey, "results") in read(servant().get(address(survey)))
    assert servant().get("/surveys/999999/").status_code == 404


def test_a_case_that_was_withdrawn_meanwhile_is_not_shown() -> None:
    judged = [make_judged(8, 2), make_judged(9, 1)]
    survey = make_survey(judged)
    type(judged[0]).objects.filter(pk=judged[0].pk).update(state="withdrawn")
    client = servant()
    client.post(address(survey, "invitation"), {"code": make_code(survey)})
    page = client.get(address(survey, "ask"))
    assert "Step 1 of 1" in read(page)
    assert place_in(page) == 1


def test_who_signs_in_is_told_apart_and_let_in_nowhere_else(provider: FakeProvider) -> None:
    survey = make_survey(entry=Survey.Entry.OPENID)
    for subject in ("one", "one", "another"):
        provider.subject = subject
        client = servant()
        link = re.search(r'href="(/account/oidc/[^"]*)"', read(client.get(address(survey))))
        assert link
        asked = parse_qs(urlsplit(client.get(unescape(link[1]))["Location"]).query)
        back = {"code": "c", "state": asked["state"][0]}
        client.get(urlsplit(asked["redirect_uri"][0]).path, back)
        entered = client.get(address(survey, "openid"))
        assert entered["Location"] == address(survey, "ask") + "?note=entered"
        client.post(address(survey, "ask"), {"place": 0, "answer": "1"})
    assert SurveyRespondent.objects.count() == 2
    assert not Session.objects.exists()


def test_where_there_is_no_provider_nobody_signs_in() -> None:
    survey = make_survey(entry=Survey.Entry.OPENID)
    assert "Signing in does not work" in read(servant().get(address(survey)))
    assert servant().get(address(survey, "openid"))["Location"].endswith("note=first")
    assert "no codes" in read(servant().get(address(survey, "invitation")), 409)
