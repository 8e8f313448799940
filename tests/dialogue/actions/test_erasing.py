"""What somebody said goes with their ballots; what others said stays."""

from __future__ import annotations

import pytest
from tests.cases.stored import LATER, in_state
from tests.dialogue.messages import QUESTION, pseudonym_for, say

from spreekruimte.dialogue.actions.erasing import erase_voice
from spreekruimte.dialogue.models import Message, MessageVote

pytestmark = pytest.mark.django_db

ME, OTHER = pseudonym_for("me"), pseudonym_for("other")


def test_texts_and_votes_of_one_are_gone_and_answers_of_others_keep_their_place() -> None:
    case = in_state("open")
    mine = say(case, author=ME)
    answer = say(case, "Ja, dat mag.", author=OTHER, parent=mine)
    elsewhere = say(in_state("open", organisation=case.organisation), author=ME)
    for message, voter in ((mine, OTHER), (answer, ME), (elsewhere, ME)):
        MessageVote.objects.create(message=message, voter=voter, answer=1)
    assert erase_voice(case=case, author=ME, now=LATER) == 1
    assert ME not in str(list(Message.objects.filter(case=case).values()))
    gone = Message.objects.get(pk=mine.pk)
    assert (gone.content, gone.state, gone.changed_at) == ("", "erased", LATER)
    assert Message.objects.get(pk=answer.pk).parent == gone
    assert set(MessageVote.objects.values_list("message_id", "voter")) == {
        (mine.pk, OTHER),
        (elsewhere.pk, ME),
    }
    assert Message.objects.get(pk=elsewhere.pk).content == QUESTION
    assert erase_voice(case=case, author=ME, now=LATER) == 0
