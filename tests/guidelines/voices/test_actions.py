from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.guidelines.voices.asked import Answer, answer, ask, close, make_question, make_voice
from tests.verdicts.rounds import citizen

from spreekruimte.guidelines.voices.models import VoicesAnswer, VoicesKey, VoicesQuestion
from spreekruimte.guidelines.voices.queries import count_answers, find_topics
from spreekruimte.organisations.models import AuditEntry, Organisation
from spreekruimte.organisations.refusals import RefusedError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def test_the_first_answer_stands() -> None:
    question = make_question()
    answer(question, 1, Answer.HELP)
    assert answer(question, 1, Answer.HARM).answer == Answer.HELP
    answer(question, 2, Answer.UNKNOWN)
    counts = count_answers(question)
    assert (counts[Answer.HELP], counts[Answer.HARM], counts[Answer.UNKNOWN]) == (1, 0, 1)


def test_nothing_leads_from_an_answer_to_a_person() -> None:
    question = make_question()
    stored = answer(question, 1, Answer.HELP)
    assert stored.pseudonym != citizen(1).key
    close(question)
    assert not VoicesKey.objects.exists()


def test_a_closed_question_takes_no_answers_and_is_closed_once() -> None:
    question = close(make_question())
    with pytest.raises(RefusedError, match="is closed"):
        answer(question, 1, Answer.HELP)
    with pytest.raises(RefusedError):
        close(question)


def test_a_topic_is_asked_about_once_and_needs_two_voices() -> None:
    organisation = make_voice().organisation
    with pytest.raises(RefusedError, match="two published cases"):
        ask(organisation)
    make_voice()
    ask(organisation)
    with pytest.raises(RefusedError, match="already"):
        ask(organisation)
    with pytest.raises(ValidationError):
        ask(organisation, "weather")
    assert VoicesQuestion.objects.count() == 1


def test_each_change_stands_in_the_audit_trail() -> None:
    close(make_question())
    told = AuditEntry.objects.filter(kind="voices").order_by("pk")
    assert [each.action for each in told] == ["ask_voices", "close_voices"]


def test_answers_stay_as_they_were_given() -> None:
    answer(make_question(), 1, Answer.HELP)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoicesAnswer.objects.all()._raw_delete("default")


def test_a_topic_shows_its_own_cases() -> None:
    first = make_voice()
    other = make_voice(topic="not_government")
    topics = find_topics(Organisation.objects.get())
    assert {topic: [each.case_id for each in found] for topic, found in topics.items()} == {
        "own_file": [first.pk],
        "not_government": [other.pk],
    }
