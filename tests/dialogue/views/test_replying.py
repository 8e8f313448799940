"""A public servant replies by code or role, and an organisation by its editors; nobody by name."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.ballots.asking import ask
from tests.cases.stored import BY, code_of, in_state
from tests.cases.views.desks import ENGLISH, Answer, Desk, read
from tests.dialogue.messages import QUESTION, say

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import CaseKey, Round
from spreekruimte.ballots.moderation.actions import Decision, mark_text, state_of
from spreekruimte.dialogue.actions.moderating import MESSAGE, moderate_message
from spreekruimte.dialogue.models import Message
from spreekruimte.organisations.models import AuditEntry, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

ANSWER = "Ik heb het zo bedoeld."


@pytest.fixture
def round_() -> Round:
    return ask(case=in_state("ready", "own_case"))


def send(round_: Round, client: Client | None = None, **given: object) -> Answer:
    client = client or Client(headers=ENGLISH)
    return client.post("/reply/", {"code": code_of(round_.case), **given})


def test_with_the_code_the_public_servant_reads_and_answers(round_: Round) -> None:
    question = say(round_.case)
    assert Client().get("/reply/").status_code == 200
    page = send(round_)
    assert QUESTION in read(page)
    assert "no-store" in page["Cache-Control"]
    sent = send(round_, step="say", content=ANSWER, parent=question.pk)
    assert sent.status_code == 200
    message = Message.objects.get(content=ANSWER)
    assert (message.speaker, message.parent) == ("servant", question)
    assert ANSWER in read(sent)
    assert not AuditEntry.objects.filter(kind="message").exists()


def test_no_count_is_shown_to_an_office_while_the_case_is_asked(round_: Round) -> None:
    say(round_.case)
    assert not any(word in read(send(round_)) for word in ("agree", "%", "passed"))


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"code": "7K3D-9QXM-0A1B-C2D3"}, 400),
        ({"code": ""}, 400),
        ({"step": "say", "content": ""}, 400),
        ({"step": "say", "content": ANSWER, "parent": "12345"}, 400),
        ({"step": "say", "content": "Bel 06 12345678."}, 409),
        ({"step": "appeal", "message": "1" * 30}, 404),
    ],
)
def test_what_is_not_right_is_refused(round_: Round, given: dict[str, str], status: int) -> None:
    assert send(round_, None, **given).status_code == status
    assert not Message.objects.exists()


def test_who_edits_the_case_cannot_reply_in_place_of_the_public_servant(round_: Round) -> None:
    desk = Desk(round_.case.organisation)
    assert send(round_, desk.client).status_code == 403


def test_without_a_dialogue_or_a_way_back_the_code_says_so(round_: Round) -> None:
    CaseKey.objects.all().delete()
    assert send(round_).status_code == 409
    end_round(round=round_, step="stop", **BY)
    assert send(round_).status_code == 409


def test_a_reply_that_was_hidden_can_be_appealed_with_the_code(round_: Round) -> None:
    send(round_, step="say", content=ANSWER)
    message = Message.objects.get()
    decision = Decision(message.pk, "hide", mark_text(ANSWER), "off_topic")
    moderate_message(organisation=round_.case.organisation, decision=decision, **BY)
    assert "Ask for another look" in read(send(round_))
    assert send(round_, step="appeal", message=message.pk).status_code == 200
    message.refresh_from_db()
    assert state_of(MESSAGE, message) == "appealed"
    assert send(round_, step="appeal", message=message.pk).status_code == 409


def page_of(desk: Desk, round_: Round) -> str:
    return f"/desk/{desk.organisation.slug}/cases/{round_.case_id}/dialogue/"


@pytest.mark.parametrize(
    ("role", "speaker"), [(Role.EDITOR, "organisation"), (Role.PUBLIC_SERVANT, "colleague")]
)
def test_members_speak_by_their_role(role: Role, speaker: str, round_: Round) -> None:
    desk = Desk(round_.case.organisation, (role,))
    say(round_.case)
    assert QUESTION in read(desk.client.get(page_of(desk, round_)))
    sent = desk.client.post(page_of(desk, round_), {"step": "say", "content": ANSWER})
    assert sent["Location"] == page_of(desk, round_)
    assert Message.objects.get(content=ANSWER).speaker == speaker
    assert desk.user.email not in desk.client.get(page_of(desk, round_)).content.decode()
    done = AuditEntry.objects.filter(kind="message").values_list("actor", flat=True)
    assert list(done) == ([desk.user.actor] if role == Role.EDITOR else [])


def test_others_and_other_cases_are_turned_away(round_: Round) -> None:
    desk = Desk(round_.case.organisation, (Role.AUDITOR,))
    assert desk.client.get(page_of(desk, round_)).status_code == 403
    editor = desk.colleague(Role.EDITOR, email="second@waterdam.example")
    CaseKey.objects.all().delete()
    assert editor.client.get(page_of(editor, round_)).status_code == 404
    end_round(round=round_, step="stop", **BY)
    assert editor.client.get(page_of(editor, round_)).status_code == 404
