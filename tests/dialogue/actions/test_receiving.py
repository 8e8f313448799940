"""Messages from elsewhere wait, hold nothing that leads to a person, and follow their origin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.stored import LATER, in_state
from tests.dialogue.messages import QUESTION, pseudonym_for, receive
from tests.organisations.people import NOW

from spreekruimte.dialogue.actions.receiving import retract_message, revise_message
from spreekruimte.dialogue.models import LONGEST_MESSAGE, Message, MessageVote, Source
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db


def test_it_waits_and_says_where_it_was_written() -> None:
    message = receive(source=Source.BLUESKY)
    assert message.state == "waiting"
    assert message.source == "bluesky"
    assert message.speaker == "citizen"
    assert message.author == pseudonym_for("someone elsewhere")
    assert (message.content, message.language, message.given_at) == (QUESTION, "nl", NOW)


@pytest.mark.parametrize("state", ["draft", "ready", "stopped", "withdrawn", "protected"])
def test_there_is_no_dialogue_about_a_case_that_is_not_public(state: str) -> None:
    case = in_state("open")
    case.state = state
    case.save()
    with pytest.raises(RefusedError):
        receive(case)


def test_a_closed_case_can_still_be_spoken_about() -> None:
    case = in_state("open")
    case.state = "closed"
    case.save()
    assert receive(case).state == "waiting"


def test_accounts_links_and_addresses_are_left_out() -> None:
    text = "@vraag@peer.test:8001 Vraag het @jan of mail jan@elders.nl, zie https://elders.nl/a?b"
    message = receive(content=text)
    assert message.content == "Vraag het […] of mail […], zie […]"


@pytest.mark.parametrize("text", ["", " \u200b ", "@vraag@peer.test", "https://elders.nl @jan"])
def test_a_message_without_text_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        receive(content=text)


def test_a_long_one_is_cut_off_and_says_so() -> None:
    message = receive(content="lang " * 400)
    assert len(message.content) == LONGEST_MESSAGE
    assert message.content.endswith("…")


def test_another_language_is_kept_as_unknown_and_no_moment_lies_ahead() -> None:
    message = receive(language="frysk", given_at=NOW + timedelta(days=1))
    assert message.language == ""
    assert message.given_at == NOW


def test_it_answers_a_message_of_the_same_case() -> None:
    first = receive()
    assert receive(first.case, "Ja.", parent=first).parent == first
    with pytest.raises(RefusedError):
        receive(in_state("open", organisation=first.case.organisation), "Ja.", parent=first)


def test_one_that_was_deleted_there_has_no_text_and_no_author_here_and_keeps_its_place() -> None:
    first = receive()
    answer = receive(first.case, "Ja, dat mag.", parent=first)
    gone = retract_message(message=first, now=LATER)
    assert (gone.state, gone.content, gone.author, gone.changed_at) == ("erased", "", "", LATER)
    answer.refresh_from_db()
    assert answer.parent == first
    assert retract_message(message=first, now=LATER + timedelta(1)).changed_at == LATER


@pytest.mark.parametrize("state", ["waiting", "shown", "hidden"])
def test_one_that_was_changed_there_waits_again_and_begins_without_votes(state: str) -> None:
    message = receive()
    Message.objects.update(state=state)
    MessageVote.objects.create(message=message, voter=pseudonym_for("other"), answer=1)
    changed = revise_message(message=message, content="Of toch niet, @jan?", now=LATER)
    assert (changed.state, changed.content) == ("waiting", "Of toch niet, […]?")
    assert changed.changed_at == LATER
    assert not MessageVote.objects.exists()


def test_one_that_is_the_same_as_before_changes_nothing() -> None:
    message = receive()
    Message.objects.update(state="shown")
    same = revise_message(message=message, content=f"  {QUESTION} ", now=LATER)
    assert (same.state, same.changed_at) == ("shown", None)


def test_an_erased_one_does_not_come_back() -> None:
    message = receive()
    retract_message(message=message, now=NOW)
    with pytest.raises(RefusedError):
        revise_message(message=message, content=QUESTION, now=LATER)
