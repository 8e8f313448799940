from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from tests.guidelines.voices.asked import (
    Answer,
    close,
    fill,
    make_question,
    make_voice,
)
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.guidelines.voices.models import VoicesAnswer, VoicesQuestion
from spreekruimte.organisations.models import Role

Response = Any
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]
PUBLIC, DESK = "/organisations/waterdam/voices/", "/desk/waterdam/voices/"
TOPIC = f"{PUBLIC}own_file/"


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def read(answer: Response, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_cases_on_a_topic_stand_side_by_side_with_what_the_public_found(client: Client) -> None:
    first, second = make_voice(8, 2), make_voice(2, 8)
    assert TOPIC in read(client.get(PUBLIC))
    page = read(client.get(TOPIC))
    assert "80% find it admissible (margin" in page
    assert "20% find it admissible (margin" in page
    for case in (first, second):
        assert f"/cases/{case.pk}/result/" in page
    assert "<form method=" not in page.split("<main")[1]


def test_the_result_shows_after_ones_own_answer_and_to_nobody_before(client: Client) -> None:
    question = make_question()
    fill(question, 30, Answer.HELP)
    before = read(client.get(TOPIC))
    assert "What the public finds" not in before
    assert client.get(f"{TOPIC}voices.csv").status_code == 404
    assert client.post(TOPIC, {"answer": "harm"})["Location"] == TOPIC
    after = read(client.get(TOPIC))
    assert "More people say that several voices help their trust" in after
    assert "no-store" in client.get(TOPIC)["Cache-Control"]
    rows = list(csv.DictReader(io.StringIO(read(client.get(f"{TOPIC}voices.csv")))))
    assert [row["count"] for row in rows] == ["1", "0", "30"]
    assert client.get(f"{TOPIC}voices.svg").content.startswith(b"<svg")


def test_who_answers_twice_counts_once_and_the_first_answer_stands(client: Client) -> None:
    make_question()
    for answer in ("harm", "help"):
        client.post(TOPIC, {"answer": answer})
    assert list(VoicesAnswer.objects.values_list("answer", flat=True)) == ["harm"]


def test_with_few_answers_there_is_a_plain_sentence_and_no_figure(client: Client) -> None:
    make_question()
    client.post(TOPIC, {"answer": "harm"})
    page = read(client.get(TOPIC))
    assert "Fewer than 20 people have given an opinion" in page
    assert "<svg" not in page
    assert client.get(f"{TOPIC}voices.csv").status_code == 404


def test_what_is_no_answer_is_told_and_stores_nothing(client: Client) -> None:
    make_question()
    for data in ({}, {"answer": "shout"}):
        assert "Choose one of the answers." in read(client.post(TOPIC, data), 400)
    assert not VoicesAnswer.objects.exists()


def test_a_closed_question_shows_its_result_to_everybody_and_takes_nothing(
    client: Client,
) -> None:
    question = make_question()
    fill(question, 25, Answer.NO_DIFFERENCE)
    close(question)
    page = read(client.get(TOPIC))
    assert "This question is closed." in page
    assert "They make no difference: 100%" in page
    assert "does not allow this step" in read(client.post(TOPIC, {"answer": "help"}), 409)
    assert VoicesAnswer.objects.count() == 25


def test_what_is_not_there_is_not_found(client: Client) -> None:
    make_voice()
    assert client.get(f"{PUBLIC}weather/").status_code == 404
    assert client.get(f"{PUBLIC}not_government/").status_code == 404
    assert client.post(TOPIC, {"answer": "help"}).status_code == 404
    assert client.get(f"{TOPIC}voices.csv").status_code == 404
    assert client.get("/organisations/nowhere/voices/").status_code == 404


def test_an_editor_asks_and_closes(client: Client) -> None:
    organisation = make_voice().organisation
    make_voice()
    sign_in(client, make_member(organisation, Role.EDITOR))
    assert "Ask the public" in read(client.get(DESK))
    client.post(f"{DESK}own_file/ask/")
    assert "The public is asked about this topic now." in read(client.get(DESK))
    assert "already" in read(client.post(f"{DESK}own_file/ask/"), 409)
    client.post(f"{DESK}own_file/close/")
    assert VoicesQuestion.objects.get().state == "closed"
    assert "does not allow this step" in read(client.post(f"{DESK}own_file/close/"), 409)
    for rest in ("weather/ask/", "not_government/close/"):
        assert client.post(f"{DESK}{rest}").status_code == 404


def test_only_editors_ask(client: Client) -> None:
    question = make_question()
    sign_in(client, make_member(question.organisation, Role.AUDITOR))
    assert "Close the question" not in read(client.get(DESK))
    assert client.post(f"{DESK}own_file/close/").status_code == 403
    other = make_organisation("polderdam")
    assert client.get(f"/desk/{other.slug}/voices/").status_code == 403
