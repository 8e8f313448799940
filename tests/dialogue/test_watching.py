"""The worker counts the dialogues that changed, not too often, and those of every case asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.stored import in_state
from tests.dialogue.messages import give_votes, say
from tests.organisations.people import NOW
from tests.verdicts.results import asked, judge
from tests.verdicts.rounds import fill, start_round

from spreekruimte.dialogue.actions.counting import raise_revision
from spreekruimte.dialogue.models import DialogueFigures
from spreekruimte.dialogue.queries.figures import BETWEEN_COUNTS, figures_of
from spreekruimte.dialogue.queries.groups import latest_result
from spreekruimte.dialogue.watching import count_dialogues

pytestmark = pytest.mark.django_db

LATER = NOW + BETWEEN_COUNTS


def test_every_case_that_is_asked_is_counted_once_and_others_are_not() -> None:
    round_ = start_round()
    in_state("ready", organisation=round_.case.organisation)
    assert count_dialogues(NOW) == 1
    assert list(DialogueFigures.objects.values_list("case", flat=True)) == [round_.case_id]
    assert count_dialogues(LATER) == 0


def test_after_a_change_it_is_counted_again_but_not_while_it_was_just_now() -> None:
    case = start_round().case
    count_dialogues(NOW)
    message = give_votes(say(case), 4, 0)
    raise_revision(case.pk)
    assert count_dialogues(LATER - timedelta(microseconds=1)) == 0
    assert figures_of(case, None).figures.agreements == {}
    assert count_dialogues(LATER) == 1
    found = figures_of(case, None)
    assert found.figures.agreements[message.pk].agree == 4
    assert (found.at, found.is_behind) == (LATER, False)
    assert count_dialogues(LATER + BETWEEN_COUNTS) == 0


def test_a_new_verdict_and_another_way_of_counting_put_figures_behind() -> None:
    round_ = asked()
    assert figures_of(round_.case, latest_result(round_.case)).at is None
    count_dialogues(NOW)
    assert not figures_of(round_.case, latest_result(round_.case)).is_behind
    fill(round_, 10, seed=3, first=500)
    assert count_dialogues(LATER) == 0
    judge(round_)
    assert figures_of(round_.case, latest_result(round_.case)).is_behind
    assert count_dialogues(LATER) == 1
    DialogueFigures.objects.update(method="another")
    assert figures_of(round_.case, latest_result(round_.case)).is_behind
    assert count_dialogues(LATER + BETWEEN_COUNTS) == 1
    assert not figures_of(round_.case, latest_result(round_.case)).is_behind
    assert str(round_.case_id) in str(DialogueFigures.objects.get())
