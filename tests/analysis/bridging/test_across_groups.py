from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import gmean

from spreekruimte.analysis.bridging import (
    GroupAgreement,
    agree_across_groups,
    chance_of_top,
    rank_statements,
)

Counts = NDArray[np.int64]

counts = st.integers(0, 2000)
tables = st.tuples(st.integers(1, 5), st.integers(1, 30)).flatmap(
    lambda shape: st.tuples(
        *(
            st.lists(
                st.lists(counts, min_size=shape[1], max_size=shape[1]),
                min_size=shape[0],
                max_size=shape[0],
            ),
        )
        * 2
    )
)


def count(*rows: list[int]) -> Counts:
    return np.array(rows, dtype=np.int64)


def agree(yes: Counts, no: Counts) -> GroupAgreement:
    return agree_across_groups(yes, no, level=0.9)


@pytest.mark.parametrize("groups", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_groups_that_find_the_same_give_that_share_however_many_they_are(
    groups: int, share: float
) -> None:
    opinions = 10_000
    yes = np.full((groups, 1), round(share * opinions))
    assert agree(yes, opinions - yes).estimate[0] == pytest.approx(share, abs=1e-3)


def test_it_is_the_geometric_mean_of_the_groups_shares_whatever_their_sizes() -> None:
    yes, no = count([9000], [450], [20_000]), count([1000], [550], [80_000])
    expected = gmean([0.9, 0.45, 0.2])
    assert agree(yes, no).estimate[0] == pytest.approx(expected, rel=2e-3)


def test_one_group_that_disagrees_pulls_the_whole_down() -> None:
    all_for = agree(count([95], [95], [95]), count([5], [5], [5])).estimate[0]
    one_against = agree(count([95], [95], [5]), count([5], [5], [95])).estimate[0]
    assert all_for > 0.9
    assert one_against < 0.45


def test_a_group_of_which_nobody_spoke_pulls_down_and_widens() -> None:
    known, unknown = (
        agree(count([90], [90]), count([10], [10])),
        agree(count([90], [0]), count([10], [0])),
    )
    assert unknown.estimate[0] < known.estimate[0]
    assert unknown.log_spread[0] > 2 * known.log_spread[0]
    assert (known.evidence[0], unknown.evidence[0]) == (100, 0)


def test_mean_and_spread_are_those_of_beta_posteriors() -> None:
    yes, no = count([12, 0, 3], [40, 1, 0]), count([5, 0, 30], [2, 1, 0])
    found = agree_across_groups(yes, no, level=0.9)
    draws = np.random.default_rng(1).beta(
        yes[..., None] + 2.0, no[..., None] + 2.0, (2, 3, 200_000)
    )
    logs = np.log(draws).mean(axis=0)
    np.testing.assert_allclose(found.log_mean, logs.mean(axis=1), atol=0.005)
    np.testing.assert_allclose(found.log_spread, logs.std(axis=1), rtol=0.01)
    np.testing.assert_allclose(found.estimate, np.exp(found.log_mean))
    assert found.evidence.tolist() == [17, 0, 0]


@given(tables)
def test_estimates_are_shares_within_their_intervals(
    table: tuple[list[list[int]], list[list[int]]],
) -> None:
    yes, no = np.array(table[0]), np.array(table[1])
    found = agree(yes, no)
    assert (found.low > 0.0).all()
    assert (found.low < found.estimate).all()
    assert (found.estimate < 1.0).all()
    assert (found.estimate <= found.high).all()
    assert (found.high <= 1.0).all()
    assert found.evidence.tolist() == (yes + no).min(axis=0).tolist()


@given(yes=counts, no=counts, other=counts, other_no=counts)
def test_an_agree_raises_and_a_disagree_lowers(
    yes: int, no: int, other: int, other_no: int
) -> None:
    start, more, less = (
        agree(count([yes + up], [other]), count([no + down], [other_no]))
        for up, down in ((0, 0), (1, 0), (0, 1))
    )
    assert less.estimate[0] < start.estimate[0] < more.estimate[0]
    assert start.low[0] < more.low[0]


def test_a_higher_level_gives_a_wider_interval() -> None:
    narrow, wide = (
        agree_across_groups(count([30], [8]), count([10], [9]), level=level)
        for level in (0.5, 0.95)
    )
    assert wide.low[0] < narrow.low[0] < narrow.high[0] < wide.high[0]


def test_the_order_of_groups_does_not_matter() -> None:
    yes, no = count([90, 3], [20, 8], [5, 1]), count([10, 7], [30, 0], [5, 2])
    one, other = agree(yes, no), agree(yes[::-1], no[::-1])
    np.testing.assert_allclose(one.estimate, other.estimate, rtol=1e-14)
    np.testing.assert_allclose(one.low, other.low, rtol=1e-14)


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(groups: int) -> None:
    rng = np.random.default_rng(groups)
    statements = 8000
    # Statements differ, groups differ less, and the numbers of opinions vary.
    odds = rng.normal(0.3, 0.8, statements) + rng.normal(0.0, 0.5, (groups, statements))
    shares = expit(odds)
    opinions = rng.integers(10, 200, (groups, statements))
    yes = rng.binomial(opinions, shares)
    found = agree(yes, opinions - yes)
    truth = gmean(shares, axis=0)
    assert 0.88 <= ((found.low <= truth) & (truth <= found.high)).mean() <= 0.93


def test_rank_goes_by_what_is_certain() -> None:
    # All of three, nine in ten of many, half of many, and nine in ten of many again.
    found = agree(count([3, 900, 500, 900]), count([0, 100, 500, 100]))
    assert found.estimate[0] > found.estimate[2]
    assert rank_statements(found).tolist() == [4, 1, 3, 2]


@given(tables)
def test_ranks_are_all_places_in_order_of_the_low_end(
    table: tuple[list[list[int]], list[list[int]]],
) -> None:
    found = agree(np.array(table[0]), np.array(table[1]))
    ranks = rank_statements(found)
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert (np.diff(found.low[np.argsort(ranks)]) <= 0.0).all()


def test_selected_statements_keep_all_that_is_known_of_them() -> None:
    found = agree(count([9, 5, 1], [8, 5, 7]), count([1, 5, 9], [2, 5, 3]))
    chosen = found.select(np.array([2, 0]))
    for name in ("estimate", "low", "high", "evidence", "log_mean", "log_spread"):
        assert getattr(chosen, name).tolist() == getattr(found, name)[[2, 0]].tolist()


@pytest.mark.parametrize("statements", [0, 1, 9, 10])
def test_of_at_most_ten_statements_all_belong_to_the_top(statements: int) -> None:
    yes = np.arange(statements)[None]
    assert chance_of_top(agree(yes, 10 - yes)).tolist() == [1.0] * statements


@given(
    seed=st.integers(0, 2**32),
    groups=st.integers(1, 5),
    statements=st.integers(11, 400),
    most=st.sampled_from([1, 20, 1000]),
)
def test_chances_of_the_top_ten_add_up_to_ten(
    seed: int, groups: int, statements: int, most: int
) -> None:
    rng = np.random.default_rng(seed)
    yes, no = rng.integers(0, most, (2, groups, statements))
    chances = chance_of_top(agree(yes, no))
    assert ((chances >= 0.0) & (chances <= 1.0)).all()
    assert chances.sum() == pytest.approx(10.0, abs=1e-6)


def test_chances_of_the_top_are_certain_where_evidence_is() -> None:
    yes = np.array([[90_000] * 10 + [50_000] * 40])
    chances = chance_of_top(agree(yes, 100_000 - yes))
    np.testing.assert_allclose(chances, [1.0] * 10 + [0.0] * 40, atol=1e-6)


@given(
    yes=st.lists(st.integers(0, 60), min_size=12, max_size=40),
    place=st.integers(0, 11),
    more=st.integers(1, 30),
)
def test_more_agrees_never_make_the_top_less_likely(yes: list[int], place: int, more: int) -> None:
    before = np.array([yes])
    after = before.copy()
    after[0, place] += more
    no = np.full_like(before, 20)
    one, other = chance_of_top(agree(before, no)), chance_of_top(agree(after, no))
    better = agree(after, no).low[place] > agree(before, no).low[place]
    assert better
    others = np.arange(len(yes)) != place
    assert (other[others] <= one[others] + 1e-9).all()
    assert other[place] >= one[place] - 1e-9
