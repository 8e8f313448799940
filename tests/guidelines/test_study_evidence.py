from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.found import make_studied
from tests.guidelines.written import holds_where, make_line
from tests.organisations.people import NOW

from spreekruimte.analysis.rules import AnyOf
from spreekruimte.guidelines.queries.studied import StudiedContexts
from spreekruimte.guidelines.study_evidence import asked_about, find_study_findings

SHARP = make_line(predicate=holds_where(tone="sharp"))
BOTH = make_line(predicate=AnyOf((holds_where(tone="sharp"), holds_where(tone="neutral"))))


def test_the_share_is_of_the_opinions_where_the_line_holds() -> None:
    (found,) = find_study_findings(SHARP, [make_studied()])
    assert (found.contexts, found.people, found.opinions) == (1, 30, 30)
    assert found.share.estimate == pytest.approx(0.2)
    assert 0 < found.share.low < 0.2 < found.share.high < 0.5
    (found,) = find_study_findings(BOTH, [make_studied()])
    assert (found.contexts, found.people, found.opinions) == (2, 30, 60)
    assert found.share.estimate == pytest.approx(0.6)


def test_fewer_people_than_a_figure_of_a_study_rests_on_are_not_told_of() -> None:
    assert find_study_findings(SHARP, [make_studied(people=19)]) == ()
    assert len(find_study_findings(SHARP, [make_studied(people=20)])) == 1


def test_who_asks_only_which_studies_asked_is_told_of_the_same() -> None:
    few, enough = make_studied(people=19, pk=1), make_studied(people=20, pk=2)
    assert asked_about(SHARP, [few, enough]) == [enough]
    assert asked_about(make_line(predicate=holds_where(tone="mocking")), [enough]) == []


def test_studies_stand_with_the_newest_first() -> None:
    studies = [make_studied(NOW - timedelta(days=day), pk=day) for day in (3, 1, 2)]
    assert [each.study_id for each in find_study_findings(SHARP, studies)] == [1, 2, 3]


def test_where_all_say_the_same_the_interval_does_not_close() -> None:
    line = make_line(predicate=holds_where(tone="neutral"))
    (found,) = find_study_findings(line, [make_studied()])
    assert found.share.estimate == found.share.high == 1
    assert 0.8 < found.share.low < 0.95


@given(st.permutations(range(60)))
def test_the_order_of_opinions_changes_nothing(order: list[int]) -> None:
    given_study = make_studied()
    turned = StudiedContexts(
        given_study.study,
        given_study.channel,
        given_study.codes,
        given_study.places[order],
        given_study.admissible[order],
        given_study.respondents[order],
    )
    assert find_study_findings(SHARP, [turned]) == find_study_findings(SHARP, [given_study])


def test_opinions_of_one_person_count_for_less_than_those_of_several() -> None:
    apart = make_studied(people=200)
    together = StudiedContexts(
        apart.study,
        apart.channel,
        apart.codes,
        np.zeros_like(apart.places),
        np.repeat(apart.admissible[::2], 2),
        apart.respondents,
    )
    (found,) = find_study_findings(SHARP, [together])
    (single,) = find_study_findings(SHARP, [apart])
    assert found.opinions == 2 * single.opinions
    assert found.share.low == pytest.approx(single.share.low, abs=0.001)
