from __future__ import annotations

import pytest
from tests.guidelines.draft_check.ended import make_judged, make_protected

from spreekruimte.cases.context import Context
from spreekruimte.guidelines.draft_check.judged import read_ended
from spreekruimte.guidelines.draft_check.nearest import MOST, NearCase, find_near_cases
from spreekruimte.verdicts.models import Figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def near(**answers: str) -> tuple[NearCase, ...]:
    return find_near_cases(Context.of(answers), read_ended())


def test_without_cases_or_answers_nothing_is_near() -> None:
    assert near(tone="sharp") == ()
    make_judged(tone="sharp")
    assert near() == ()
    assert near(tone="neutral") == ()


def test_the_most_alike_come_first_with_what_was_found() -> None:
    one = make_judged(tone="sharp", act_type="like")
    both = make_judged(tone="sharp", act_type="reply")
    other = make_protected(act_type="reply")
    found = near(tone="sharp", act_type="reply")
    assert [(each.id, each.same) for each in found] == [(both.pk, 2), (other.pk, 1), (one.pk, 1)]
    assert found[0].found is not None
    assert found[0].found.agree + found[0].found.disagree > 0
    assert found[1].found is None
    assert str(found[0].description) == both.description_en


def test_no_more_than_a_few_are_shown() -> None:
    for _number in range(MOST + 1):
        make_protected(tone="sharp")
    assert len(near(tone="sharp")) == MOST


def test_what_an_editor_left_out_makes_no_case_near() -> None:
    make_judged(facts=["tone"], tone="sharp", act_type="reply")
    assert near(act_type="reply") == ()


def test_a_case_without_figures_has_no_verdict() -> None:
    make_judged(tone="sharp")
    Figures.objects.update(document={"results": []})
    (found,) = near(tone="sharp")
    assert found.found is None
