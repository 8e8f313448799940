"""Ballots over HTTP, as programs send them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.ballots.rounds import make_round
from tests.cases.stored import BY, LATER
from tests.organisations.people import NOW

from spreekruimte.ballots.models import Ballot, LogEntry, Participation, Reason, Round
from spreekruimte.ballots.receipts import mark_of
from spreekruimte.ballots.routing import forget_counts
from spreekruimte.cases.actions import stop_case

pytestmark = pytest.mark.django_db

Response = Any
"""What the test client gives: it has more than the class of a response says."""

JUDGEMENT = {"question": "judgement", "answer": 1}
MEASURE = {"question": "measure", "answer": -1}


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    forget_counts()


def post(case_id: int, body: object, token: str = "", **headers: str) -> Response:
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    address = reverse("ballots:take-ballot", args=[case_id])
    client = Client(enforce_csrf_checks=True, headers=headers)
    return client.post(address, data, content_type="application/json")


def is_problem(response: Response, status: int) -> str:
    """A problem with a sentence, and nothing stored; gives the sentence."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    assert (LogEntry.objects.count(), Participation.objects.count()) == (0, 0)
    return str(problem["detail"])


def test_a_newcomer_goes_through_the_questions_with_the_token_that_came_back() -> None:
    round_ = make_round()
    reason = Reason.objects.create(
        round=round_, content="Het is waar.", language="nl", state="shown", given_at=NOW
    )
    first = post(round_.case_id, JUDGEMENT)
    assert first.status_code == 201
    assert first["Cache-Control"] == "no-store"
    assert not first.cookies
    told = first.json()
    token = told.pop("token")
    assert LogEntry.objects.get(receipt=mark_of(told.pop("receipt"))).position == 1
    assert told == {"position": 1, "next": {"question": "measure"}}
    told = post(round_.case_id, MEASURE, token).json()
    assert "token" not in told
    text = {"text": "Het is waar.", "language": "nl"}
    assert told["next"] == {"question": "reason", "reason": reason.pk, **text}
    vote = {"question": "reason", "answer": 1, "reason": reason.pk}
    assert post(round_.case_id, vote, token).json()["next"] is None
    assert Participation.objects.get().ballots.count() == 3


def test_a_ballot_sent_again_is_the_same_ballot() -> None:
    round_ = make_round()
    first = post(round_.case_id, JUDGEMENT).json()
    again = post(round_.case_id, JUDGEMENT, first["token"])
    assert again.status_code == 200
    assert again.json()["receipt"] == first["receipt"]
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{",
        b"\xff\xfe\x00",
        "[" * 4000,
        "9" * 4000,
        "[]",
        "null",
        "{}",
        {"question": "judgement"},
        {"question": "judgement", "answer": "1"},
        {"question": "judgement", "answer": True},
        {"question": "judgement", "answer": 1.0},
        {"question": "judgement", "answer": None},
        {"question": "judgement", "answer": 2},
        {"question": "judgement", "answer": 10**300},
        {"question": "judgement", "answer": 1, "reason": 1},
        {"question": "judgement", "answer": 1, "reason": ""},
        {"question": "judgement", "answer": 1, "reason": False},
        {"question": "<script>alert(1)</script>", "answer": 1},
        {"question": "суждение", "answer": 1},
        {"question": ["judgement"], "answer": 1},
        {"question": "measure", "answer": 9},
        {"question": "reason", "answer": 1},
        {"question": "reason", "answer": 1, "reason": "1"},
        {"question": "reason", "answer": 1, "reason": 0},
        {"question": "reason", "answer": 1, "reason": 2**63},
        {"question": "judgement", "answer": 1, "respondent": "me"},
    ],
)
def test_what_is_no_ballot_is_refused_with_a_sentence(body: object) -> None:
    round_ = make_round()
    dutch = is_problem(post(round_.case_id, body), 400)
    english = is_problem(post(round_.case_id, body, **{"Accept-Language": "en"}), 400)
    assert dutch != english


def test_a_body_that_is_too_long_is_not_read() -> None:
    is_problem(post(make_round().case_id, " " * 4097), 413)


def test_only_json_is_taken_so_that_no_form_elsewhere_can_send_it() -> None:
    address = reverse("ballots:take-ballot", args=[make_round().case_id])
    body = json.dumps(JUDGEMENT)
    is_problem(Client().post(address, body, content_type="text/plain"), 415)


@pytest.mark.parametrize("method", ["get", "put", "delete", "head", "options"])
def test_other_methods_are_refused(method: str) -> None:
    response = getattr(Client(), method)(reverse("ballots:take-ballot", args=[1]))
    assert response.status_code == 405
    assert response["Allow"] == "POST"


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Basic YTpi", f"Bearer {'x' * 42}!", f"Bearer {'é' * 43}"]
)
def test_a_token_of_another_form_is_refused(header: str) -> None:
    response = post(make_round().case_id, JUDGEMENT, Authorization=header)
    is_problem(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_case_that_never_was_asked_is_not_found() -> None:
    is_problem(post(2**40, JUDGEMENT), 404)


def test_a_number_beyond_all_cases_is_not_found() -> None:
    is_problem(post(10**30, JUDGEMENT), 404)


def test_a_number_that_is_no_number_at_once_is_not_found() -> None:
    assert post(int("9" * 4000), JUDGEMENT).status_code == 404
    address = "/cases/" + "9" * 5000 + "/ballots"
    assert Client().post(address, "{}", content_type="application/json").status_code == 404


def test_nothing_that_pages_need_is_read_or_added() -> None:
    response = post(make_round().case_id, JUDGEMENT)
    assert response.status_code == 201
    assert response["Content-Length"] == str(len(response.content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not {"Content-Security-Policy", "Set-Cookie"} & set(response.headers)
    assert not response.cookies


def test_another_host_is_not_answered() -> None:
    response = post(make_round().case_id, JUDGEMENT, Host="elsewhere.example")
    assert response.status_code == 400
    assert not LogEntry.objects.exists()


def test_a_round_that_is_over_takes_nothing() -> None:
    round_ = make_round()
    Round.objects.update(ended_at=LATER)
    is_problem(post(round_.case_id, JUDGEMENT), 409)


def test_a_case_that_was_stopped_takes_nothing() -> None:
    round_ = make_round()
    stop_case(case=round_.case, **BY)
    is_problem(post(round_.case_id, JUDGEMENT), 409)


def test_what_casting_refuses_is_told_in_the_language_of_the_reader() -> None:
    round_ = make_round()
    dutch = is_problem(post(round_.case_id, MEASURE), 409)
    english = is_problem(post(round_.case_id, MEASURE, **{"Accept-Language": "en"}), 409)
    assert dutch.startswith("Zeg eerst")
    assert english.startswith("First say")
