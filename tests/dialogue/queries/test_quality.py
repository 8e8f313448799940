"""Figures of a conversation count what is shown, and who still waits for an answer."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import pytest
from tests.ballots.asking import ask, judge
from tests.cases.stored import in_state
from tests.dialogue.messages import pseudonym_for, say
from tests.organisations.people import NOW, make_organisation

from spreekruimte.analysis.conversation import ChangeCounts
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.ballots.actions.casting import Answer, cast_ballot
from spreekruimte.ballots.actions.looking import record_seen
from spreekruimte.ballots.models import Question
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions.counting import refresh_figures
from spreekruimte.dialogue.figures import Figures
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.dialogue.queries.organisations import part_in_debate
from spreekruimte.dialogue.queries.quality import Quality, measure_quality
from spreekruimte.dialogue.showing import list_figures

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=10)
ONE, TWO = pseudonym_for("one"), pseudonym_for("two")
SOME = Estimate(0.8, 0.6, 0.9)
OFFICE = {"author": pseudonym_for("office"), "speaker": Speaker.ORGANISATION}


def measure(case: Case, now: datetime) -> Quality:
    messages = Message.objects.filter(case=case).order_by("pk")
    return measure_quality(messages, figures=Figures(), now=now)


def test_of_silence_there_are_no_figures() -> None:
    found = measure(in_state("open"), NOW)
    assert (found.messages, found.people, found.questions) == (0, 0, 0)
    figures = (found.answered, found.wait, found.reciprocity, found.diversity, found.changes)
    assert set(figures) == {None}
    assert len(list_figures(found)) == 5


def test_questions_are_answered_by_an_office_and_waiting_counts() -> None:
    case = in_state("open")
    asked = [say(case, f"Vraag {number}?", author=ONE) for number in range(4)]
    for number, question in enumerate(asked[:3]):
        at = NOW + timedelta(hours=number + 1)
        say(case, f"Antwoord {number}.", parent=question, given_at=at, **OFFICE)
    say(case, "Ik denk van wel.", parent=asked[3], author=TWO)
    say(case, "Geen vraag.", author=TWO)
    say(case, "Verborgen?", author=TWO, state=Message.State.HIDDEN)
    found = measure(case, LATER)
    assert (found.messages, found.people, found.questions) == (9, 3, 4)
    assert found.answered is not None
    assert found.answered.value == 0.75
    assert found.wait is not None
    assert (found.wait.value, found.wait.low) == (2.0, 1.0)
    assert measure(case, LATER).wait == found.wait


def test_where_hardly_anything_is_answered_there_is_no_median() -> None:
    case = in_state("open")
    for number in range(3):
        say(case, f"Vraag {number}?", author=ONE)
    found = measure(case, LATER)
    assert found.wait is not None
    assert math.isinf(found.wait.value)
    assert "minder dan de helft" in str(list_figures(found))


def test_an_answer_that_was_answered_makes_a_pair_mutual() -> None:
    case = in_state("open")
    question = say(case, "Vraag?", author=ONE)
    answer = say(case, "Antwoord.", parent=question, **OFFICE)
    say(case, "Dank.", parent=answer, author=ONE)
    say(case, "Ik ook.", parent=answer, author=TWO)
    found = measure(case, LATER)
    assert found.reciprocity is not None
    assert found.reciprocity.value == 0.5


def test_the_mix_of_groups_and_changes_are_told_as_they_were_counted() -> None:
    figures = Figures(2, diversity=SOME, changes=ChangeCounts(8, 3, 1))
    found = measure_quality([], figures=figures, now=NOW)
    assert found.diversity == SOME
    assert found.changes is not None
    assert (found.changes.share.value, found.changes.towards, found.changes.away) == (0.5, 3, 1)
    assert len(list_figures(found)) == 6


def test_judgements_before_and_after_the_results_are_compared() -> None:
    round_ = ask()
    changed, kept, unseen = judge(round_), judge(round_), judge(round_)
    for respondent in (changed, kept):
        record_seen(round_=round_, respondents=[respondent])
    for respondent in (changed, unseen):
        answer = Answer(Question.JUDGEMENT, -1)
        cast_ballot(round_id=round_.pk, respondent=respondent, answer=answer, now=NOW)
    round_.case.state = "closed"
    round_.case.save()
    assert part_in_debate(round_.case.organisation, now=NOW).quality.changes is None
    refresh_figures(case=round_.case, now=NOW)
    changes = part_in_debate(round_.case.organisation, now=NOW).quality.changes
    assert changes is not None
    assert changes.share.value == 0.5
    assert (changes.towards, changes.away) == (0, 1)


def test_the_part_of_an_organisation_is_that_of_its_closed_cases() -> None:
    organisation = make_organisation()
    asked = in_state("open", organisation=organisation)
    closed = in_state("closed", organisation=organisation)
    in_state("closed", organisation=organisation)
    for case in (asked, closed):
        question = say(case, "Vraag?", author=ONE)
        say(case, "Antwoord.", parent=question, **OFFICE)
    part = part_in_debate(organisation, now=LATER)
    assert part.quality.messages == 2
    assert part.speakers[Speaker.ORGANISATION] == part.speakers[Speaker.CITIZEN] == 1
    assert [(case.id, case.messages, case.by_office) for case in part.cases] == [(closed.pk, 2, 1)]
