from __future__ import annotations

import pytest
from tests.guidelines.chill.surveyed import (
    POST,
    SILENT,
    UNKNOWN,
    close,
    fill,
    half_silent,
    make_judged,
    make_published,
    make_survey,
    publish_results,
)

from spreekruimte.guidelines.chill.measuring import Document
from spreekruimte.guidelines.chill.models import Survey, SurveyAnswer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def figures_of(survey: Survey) -> Document:
    figures: Document = publish_results(close(survey)).result.figures
    return figures


def test_chill_is_the_share_that_would_stay_silent_with_its_interval() -> None:
    figures = make_published(40).result.figures
    overall = figures["overall"]
    assert overall["share"] == pytest.approx(0.5, abs=0.02)
    assert overall["low"] < 0.5 < overall["high"]
    assert overall["respondents"] == figures["respondents"] == 40
    assert len(overall["cases"]) == figures["cases"] == 1


def test_a_line_counts_only_the_cases_in_which_it_holds() -> None:
    figures = make_published(40).result.figures
    assert figures["lines"] == {"R1": figures["overall"]}


def test_with_fewer_than_twenty_people_there_is_no_figure_nor_their_number() -> None:
    figures = make_published(19).result.figures
    assert figures == {"respondents": None, "cases": 0, "overall": None, "lines": {"R1": None}}


def test_a_case_that_fewer_than_twenty_answered_is_in_no_figure() -> None:
    survey = make_survey([make_judged(90, 10), make_judged(80, 20)])

    def would(person: int, place: int) -> SurveyAnswer.Answer:
        return UNKNOWN if place == 1 and person >= 19 else half_silent(person, place)

    fill(survey, 40, would)
    figures = figures_of(survey)
    assert figures["cases"] == 1
    assert figures["overall"]["cases"] == [survey.cases.get(place=0).case_id]


def test_silence_where_the_public_finds_posting_inadmissible_is_no_chill() -> None:
    survey = make_survey([make_judged(90, 10), make_judged(10, 90)])
    fill(survey, 40, lambda _person, place: SILENT if place == 1 else POST)
    overall = figures_of(survey)["overall"]
    assert overall["share"] < 0.05
    assert overall["cases"] == [survey.cases.get(place=0).case_id]


def test_where_the_public_may_find_nothing_admissible_there_is_no_figure() -> None:
    survey = make_survey([make_judged(5, 5)])
    fill(survey, 40, half_silent)
    figures = figures_of(survey)
    assert figures["overall"] is None
    assert figures["respondents"] == 40


def test_the_same_answers_in_another_order_give_the_same_figures() -> None:
    survey = make_survey()
    fill(survey, 30, half_silent)
    figures = figures_of(survey)
    other = make_survey([survey.cases.get().case])
    fill(other, 30, lambda person, place: half_silent(29 - person, place))
    assert figures_of(other) == figures
