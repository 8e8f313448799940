"""One vote each on a message, which can be changed."""

from __future__ import annotations

import pytest
from tests.ballots.asking import ask, judge
from tests.dialogue.messages import say

from spreekruimte.dialogue.actions.voting import vote_on_message
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.dialogue.voices import Voice, citizen_voice, organisation_voice
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def voice() -> Voice:
    round_ = ask()
    say(round_.case)
    return citizen_voice(round_.case, judge(round_))


def test_a_later_vote_takes_the_place_of_an_earlier_one(voice: Voice) -> None:
    message = Message.objects.get()
    for answer in (1, -1, 0, -1):
        vote_on_message(message=message, voice=voice, answer=answer)
    assert list(MessageVote.objects.values_list("voter", "answer")) == [(voice.author, -1)]


@pytest.mark.parametrize("state", ["waiting", "hidden"])
def test_only_what_is_shown_can_be_voted_on(voice: Voice, state: str) -> None:
    Message.objects.update(state=state)
    with pytest.raises(RefusedError):
        vote_on_message(message=Message.objects.get(), voice=voice, answer=1)


def test_nobody_votes_on_an_own_message_and_no_office_votes(voice: Voice) -> None:
    message = Message.objects.get()
    with pytest.raises(RefusedError):
        vote_on_message(message=message, voice=organisation_voice(message.case), answer=1)
    Message.objects.update(author=voice.author)
    with pytest.raises(RefusedError):
        vote_on_message(message=message, voice=voice, answer=1)
    with pytest.raises(ValueError, match="no vote"):
        vote_on_message(message=message, voice=voice, answer=2)
    assert not MessageVote.objects.exists()
