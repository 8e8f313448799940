from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from benchmarks.generators import Shape, generate_groups
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import chi2_contingency
from tests.analysis.dense_votes import draw_table, to_matrix, to_opinions, to_sheets

from spreekruimte.analysis.opinions import Representative, find_groups
from spreekruimte.analysis.opinions.classes import (
    assign_classes,
    fit_classes,
    place_for_classes,
)
from spreekruimte.analysis.opinions.groups import CERTAIN
from spreekruimte.analysis.opinions.representatives import (
    FEWEST_OPINIONS,
    PARTS,
    adjust_for_discovery,
    compare_shares,
    find_representatives,
)
from spreekruimte.analysis.opinions.sheets import OpinionSheets, collect_opinions

Labels = NDArray[np.int32]


def split_in_classes(sheets: OpinionSheets, count: int) -> Labels:
    """Cut the sheets into classes, structure or not; all have members."""
    model = fit_classes(sheets, place_for_classes(sheets, count), count, 1)
    labels = assign_classes(sheets, model)[0].argmax(axis=1)
    return np.unique(labels, return_inverse=True)[1].astype(np.int32)


def find(
    sheets: OpinionSheets, labels: Labels, *, false_discovery: float = 0.05
) -> tuple[Representative, ...]:
    return find_representatives(
        sheets, sheets, labels, seed=1, certain=CERTAIN, false_discovery=false_discovery
    )


def compare(agree: int, opinions: int, others: int, other_opinions: int) -> float:
    counts = (agree, opinions, others, other_opinions)
    return float(compare_shares(*(np.array([float(count)]) for count in counts))[0])


def test_shares_are_compared_as_worked_out_by_hand() -> None:
    # 15 of 20 against 8 of 24: pooled 23/44, gap 5/12 less 11/240, z = 2.4522.
    assert compare(15, 20, 8, 24) == pytest.approx(0.014200, abs=2e-6)


@given(
    agree=st.integers(1, 50),
    disagree=st.integers(1, 50),
    others=st.integers(1, 500),
    others_disagree=st.integers(1, 500),
)
def test_the_comparison_is_the_chi_square_test_with_yates_correction(
    agree: int, disagree: int, others: int, others_disagree: int
) -> None:
    expected = chi2_contingency([[agree, disagree], [others, others_disagree]]).pvalue
    found = compare(agree, agree + disagree, others, others + others_disagree)
    assert found == pytest.approx(expected, rel=1e-6)


def test_shares_that_are_equal_or_nearly_so_do_not_differ() -> None:
    assert compare(10, 10, 30, 30) == 1.0
    assert compare(0, 10, 0, 30) == 1.0
    assert compare(5, 10, 15, 30) == 1.0
    assert compare(5, 9, 15, 30) == 1.0


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30))
def test_p_values_are_adjusted_as_benjamini_and_hochberg_do(p_values: list[float]) -> None:
    count = len(p_values)
    ranked = sorted(p_values)
    expected = [
        min(
            1.0,
            *(ranked[place] * count / (place + 1) for place in range(count) if ranked[place] >= p),
        )
        for p in p_values
    ]
    np.testing.assert_allclose(adjust_for_discovery(np.array(p_values)), expected, rtol=1e-12)


@given(p_values=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30), level=st.floats(0.01, 0.5))
def test_who_is_below_the_level_is_who_the_step_up_rule_rejects(
    p_values: list[float], level: float
) -> None:
    count = len(p_values)
    passing = [
        place for place, p in enumerate(sorted(p_values), start=1) if p * count / place <= level
    ]
    rejected = (adjust_for_discovery(np.array(p_values)) <= level).sum()
    # Values that tie with the last one that passes are rejected with it.
    assert rejected == max(passing, default=0)


def test_no_p_values_need_no_adjustment() -> None:
    assert adjust_for_discovery(np.empty(0)).shape == (0,)


def test_each_statement_is_tested_on_groups_that_were_found_without_it() -> None:
    votes = generate_groups(np.random.default_rng(1), Shape(150, 14, 1200), separation=2.0)
    sheets = collect_opinions(votes.matrix)
    labels = split_in_classes(sheets, 3)
    labels[::9] = -1
    opinions = to_opinions(sheets)
    expected = {}
    for part in range(PARTS):
        tested = np.arange(14) % PARTS == part
        hidden = np.where(tested, 0, opinions)
        model = fit_classes(
            known := sheets.select_opinions(~tested[sheets.columns]),
            place_for_classes(known, 3),
            3,
            1,
        )
        joint = model.weights * np.exp(
            (hidden == 1) @ np.log(model.rates) + (hidden == -1) @ np.log(1 - model.rates)
        )
        share = joint / joint.sum(axis=1, keepdims=True)
        names = max(
            permutations(range(3)),
            key=lambda names: (np.array(names)[share.argmax(axis=1)] == labels).sum(),
        )
        members = np.array(names)[share.argmax(axis=1)]
        members[share.max(axis=1) < CERTAIN] = -1
        for column in np.flatnonzero(tested):
            for group in range(3):
                own = opinions[members == group, column]
                rest = opinions[(members >= 0) & (members != group), column]
                if min((own != 0).sum(), (rest != 0).sum()) >= FEWEST_OPINIONS:
                    expected[group, int(column)] = (
                        (own == 1).sum() / (own != 0).sum(),
                        (rest == 1).sum() / (rest != 0).sum(),
                    )
    found = {
        (each.group, each.column): (each.group_share, each.other_share)
        for each in find(sheets, labels, false_discovery=0.999)
        if each.adjusted_p < 0.999
    }
    assert len(found) > 20
    assert found.keys() <= expected.keys()
    for place, shares in found.items():
        assert shares == pytest.approx(expected[place], rel=1e-12)


def test_representatives_stand_by_group_and_then_by_distance() -> None:
    votes = generate_groups(np.random.default_rng(2), Shape(400, 30, 8000), separation=2.0)
    sheets = collect_opinions(votes.matrix)
    found = find(sheets, votes.groups)
    places = [(each.group, -abs(each.group_share - each.other_share)) for each in found]
    assert places == sorted(places)
    assert {each.group for each in found} == {0, 1, 2}
    assert all(each.adjusted_p <= 0.05 for each in found)


def test_the_shares_found_are_those_of_the_planted_groups() -> None:
    votes = generate_groups(np.random.default_rng(3), Shape(3000, 40, 90_000), separation=2.0)
    errors = [
        each.group_share - votes.agree_rates[each.group, each.column]
        for each in find(collect_opinions(votes.matrix), votes.groups)
    ]
    assert len(errors) > 60
    assert np.abs(errors).mean() < 0.03


def test_a_statement_with_few_opinions_represents_nobody() -> None:
    rng = np.random.default_rng(4)
    sides = np.repeat([0.95, 0.05], 60)[:, None]
    table = draw_table(rng, np.tile(sides, (1, 12)), seen=np.append(np.ones(11), 0.06))
    sheets = to_sheets(table)
    assert 4 <= sheets.count_opinions()[11] < 2 * FEWEST_OPINIONS
    named = {each.column for each in find(sheets, np.repeat([0, 1], 60).astype(np.int32))}
    assert named == set(range(11))


def test_where_all_statements_have_few_opinions_nothing_is_tested() -> None:
    sheets = to_sheets(draw_table(np.random.default_rng(5), np.full((8, 6), 0.5)))
    assert find(sheets, np.repeat([0, 1], 4).astype(np.int32), false_discovery=0.999) == ()


@pytest.mark.parametrize("groups", [2, 3, 5])
def test_cutting_up_opinions_without_structure_hardly_ever_names_a_statement(groups: int) -> None:
    rng = np.random.default_rng(6)
    named = 0
    for _ in range(60):
        rates = np.tile(rng.uniform(0.2, 0.8, 30), (300, 1))
        sheets = to_sheets(draw_table(rng, rates, seen=0.5))
        named += len(find(sheets, split_in_classes(sheets, groups))) > 0
    # At most 5% expected: of 60 that is 3, and 8 or more would be one time in a hundred.
    assert named <= 7


def test_false_discoveries_are_rare_where_only_some_statements_differ() -> None:
    proportions = []
    named_any = 0
    for seed in range(24):
        rng = np.random.default_rng([7, seed])
        centres = rng.normal(0.4, 1.0, 60)
        apart = np.where(np.arange(60) < 20, rng.normal(0.0, 1.2, (2, 60)), 0.0)
        odds = (centres + apart)[rng.integers(0, 2, 400)]
        matrix = to_matrix(draw_table(rng, 1.0 / (1.0 + np.exp(-odds)), seen=0.5))
        named = [each.column for each in find_groups(matrix).representatives]
        named_any += len(named) > 0
        proportions.append(sum(column >= 20 for column in named) / max(len(named), 1))
    assert named_any > 12
    assert np.mean(proportions) <= 0.05
