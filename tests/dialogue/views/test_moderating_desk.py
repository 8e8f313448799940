"""Moderators look after messages on a page, and make reasons of them on another."""

from __future__ import annotations

import pytest
from tests.ballots.asking import ask
from tests.ballots.views.citizen import Citizen
from tests.cases.stored import BY, in_state
from tests.cases.views.desks import Answer, Desk, read
from tests.dialogue.messages import QUESTION, receive, say

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Reason, Round
from spreekruimte.ballots.moderation.actions import mark_text
from spreekruimte.dialogue.models import Message, Source
from spreekruimte.organisations.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def desk() -> Desk:
    return Desk(roles=(Role.MODERATOR,), email="moderator@waterdam.example")


@pytest.fixture
def round_(desk: Desk) -> Round:
    return ask(case=in_state("ready", organisation=desk.organisation))


def page_of(desk: Desk) -> str:
    return f"/desk/{desk.organisation.slug}/messages/"


def decide(desk: Desk, message: Message, move: str, **given: object) -> Answer:
    filled = {"text": message.pk, "seen": mark_text(message.content), "move": move, **given}
    answer = desk.client.post(page_of(desk), filled)
    message.refresh_from_db()
    return answer


def test_what_waits_comes_first_and_says_where_it_was_written(desk: Desk, round_: Round) -> None:
    shown = say(round_.case, "Iets dat er al staat.")
    message = receive(round_.case, source=Source.BLUESKY, parent=shown)
    page = desk.client.get(page_of(desk))
    text = read(page)
    assert text.index(QUESTION) < text.rindex("Iets dat er al staat.")
    assert "written on Bluesky" in text
    assert message.author not in page.content.decode()
    assert decide(desk, message, "show")["Location"] == page_of(desk)
    assert message.state == "shown"
    assert f"Message {message.pk}: shown." in read(desk.client.get(page_of(desk)))


def test_a_message_is_turned_into_a_reason(desk: Desk, round_: Round) -> None:
    message = say(round_.case)
    address = f"{page_of(desk)}{message.pk}/reason/"
    assert address in desk.client.get(page_of(desk)).content.decode()
    start = desk.client.get(address).context["form"].initial
    assert (start["content"], start["language"]) == (QUESTION, "nl")
    filled = {"seen": mark_text(QUESTION), "content": "Dit mag.", "language": "nl"}
    assert desk.client.post(address, {**filled, "content": ""}).status_code == 400
    assert desk.client.post(address, {**filled, "seen": "x"}).status_code == 409
    assert desk.client.post(address, filled)["Location"] == page_of(desk)
    reason = Reason.objects.get(content="Dit mag.")
    assert f"became reason {reason.pk}" in read(desk.client.get(page_of(desk)))
    assert desk.client.post(address, filled).status_code == 409
    assert desk.client.get(f"{page_of(desk)}123456/reason/").status_code == 404


def test_the_public_log_lists_messages_without_their_text(desk: Desk, round_: Round) -> None:
    message = receive(round_.case)
    decide(desk, message, "show")
    decide(desk, message, "hide", ground="insults")
    citizen = Citizen(round_.case_id, "en")
    assert "insults" not in read(citizen.go("dialogue:moderation-log"))
    end_round(round=round_, step="close", **BY)
    page = citizen.go("dialogue:moderation-log")
    assert f"{message.pk}" in read(page)
    assert "insults" in read(page)
    for hidden in (QUESTION, desk.email, str(desk.user.pseudonym)):
        assert hidden not in page.content.decode()


@pytest.mark.parametrize("move", ["merge", "separate"])
def test_messages_are_not_taken_together(desk: Desk, round_: Round, move: str) -> None:
    message = receive(round_.case)
    assert decide(desk, message, move).status_code == 400
    assert message.state == "waiting"
    assert desk.client.get(page_of(desk), {"state": "merged"}).status_code == 404
