from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import betainc, betaln, xlog1py, xlogy

from spreekruimte.analysis.verdicts import bound_share, bound_share_anytime

Ints = NDArray[np.int64]
Bound = Callable[[Ints, Ints, float], tuple[NDArray[np.float64], NDArray[np.float64]]]

counts = st.integers(min_value=0, max_value=100_000)
levels = st.sampled_from([0.5, 0.9, 0.95, 0.99])
BOTH = pytest.mark.parametrize("bound", [bound_share, bound_share_anytime])


def one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)


def log_ratio(share: float, yes: int, no: int) -> float:
    mixture = betaln(yes + 0.5, no + 0.5) - betaln(0.5, 0.5)
    return float(mixture - xlogy(yes, share) - xlog1py(no, -share))


@BOTH
def test_without_opinions_anything_is_possible(bound: Bound) -> None:
    low, high = bound(np.zeros((2, 3), dtype=np.int64), np.zeros((2, 3), dtype=np.int64), 0.9)
    assert low.shape == high.shape == (2, 3)
    assert (low == 0.0).all()
    assert (high == 1.0).all()


@BOTH
def test_a_level_or_count_out_of_range_is_refused(bound: Bound) -> None:
    for level in (0.0, 1.0, -0.1):
        with pytest.raises(ValueError, match="level"):
            bound(one(1), one(1), level)
    for yes, no in ((-1, 1), (1, -1)):
        with pytest.raises(ValueError, match="below 0"):
            bound(one(yes), one(no), 0.9)


@BOTH
@given(yes=counts, no=counts, level=levels)
def test_swapping_the_sides_mirrors_the_interval(
    bound: Bound, yes: int, no: int, level: float
) -> None:
    low, high = bound(one(yes), one(no), level)
    mirrored_low, mirrored_high = bound(one(no), one(yes), level)
    assert high == 1.0 - mirrored_low
    np.testing.assert_allclose(low, 1.0 - mirrored_high, rtol=0, atol=1e-15)


@BOTH
@given(yes=counts, no=counts, level=levels)
def test_an_agree_moves_the_interval_up(bound: Bound, yes: int, no: int, level: float) -> None:
    low, high = bound(one(yes), one(no), level)
    low_after, high_after = bound(one(yes + 1), one(no), level)
    assert low_after >= low - 1e-13
    assert high_after >= high - 1e-13


@BOTH
@given(yes=counts, no=counts)
def test_a_higher_level_widens_the_interval(bound: Bound, yes: int, no: int) -> None:
    low, high = bound(one(yes), one(no), 0.9)
    wide_low, wide_high = bound(one(yes), one(no), 0.95)
    assert wide_low <= low <= high <= wide_high


@given(yes=counts, no=counts, level=levels)
def test_the_credible_interval_leaves_out_equal_tails(yes: int, no: int, level: float) -> None:
    low, high = bound_share(one(yes), one(no), level)
    tail = (1.0 - level) / 2.0
    if yes == 0:
        assert low == 0.0
    else:
        assert betainc(yes + 0.5, no + 0.5, low[0]) == pytest.approx(tail, abs=1e-9)
    if no == 0:
        assert high == 1.0
    else:
        # The mass above the high end; near 1 the end itself has no more digits to give.
        steepness = max(yes + no, 1) ** 2 * 1e-15
        assert betainc(no + 0.5, yes + 0.5, 1 - high[0]) == pytest.approx(
            tail, abs=1e-9 + steepness
        )


def test_the_credible_interval_covers_close_to_its_level() -> None:
    n = 100
    agree = np.arange(n + 1)
    low, high = bound_share(agree, n - agree, 0.9)
    share = np.linspace(0.05, 0.95, 181)[:, np.newaxis]
    factorial = betaln(agree + 1, n - agree + 1) + np.log(n + 1)
    chance = np.exp(xlogy(agree, share) + xlog1py(n - agree, -share) - factorial)
    covered = (chance * ((low <= share) & (share <= high))).sum(axis=1)
    assert covered.mean() == pytest.approx(0.9, abs=0.005)
    assert covered.min() > 0.84


@given(yes=counts, no=counts, level=levels)
def test_the_anytime_interval_ends_where_the_mixture_ratio_reaches_its_bar(
    yes: int, no: int, level: float
) -> None:
    low, high = bound_share_anytime(one(yes), one(no), level)
    bar = -np.log1p(-level)
    # A share is known to 1e-12; the ratio moves by at most n / share times as much.
    if yes > 0:
        blur = 1e-12 * yes / low[0] + 1e-8
        assert log_ratio(low[0], yes, no) == pytest.approx(bar, abs=blur)
    else:
        assert low == 0.0
    if no > 0:
        blur = 1e-12 * no / (1.0 - high[0]) + 1e-8
        assert log_ratio(high[0], yes, no) == pytest.approx(bar, abs=blur)
    else:
        assert high == 1.0


@given(yes=counts, no=counts)
def test_the_anytime_interval_holds_the_share_and_the_credible_interval_of_its_level(
    yes: int, no: int
) -> None:
    low, high = bound_share_anytime(one(yes), one(no), 0.95)
    if yes + no > 0:
        assert low <= yes / (yes + no) <= high
    credible_low, credible_high = bound_share(one(yes), one(no), 0.9)
    assert low <= (credible_low + credible_high) / 2.0 <= high
    assert low <= credible_low
    assert credible_high <= high


@pytest.mark.parametrize("share", [0.5, 0.12])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_anytime_interval_ever_misses_with_at_most_its_chance(
    share: float, level: float
) -> None:
    """Exact, by following all sequences of up to 2,000 votes until they first miss."""
    alive = np.array([1.0])
    for n in range(1, 2001):
        grown = np.zeros(n + 1)
        grown[1:] = alive * share
        grown[:-1] += alive * (1.0 - share)
        likely = np.flatnonzero(grown > 1e-14)
        low, high = bound_share_anytime(likely, n - likely, level)
        alive = np.zeros(n + 1)
        holds = likely[(low <= share) & (share <= high)]
        alive[holds] = grown[holds]
    missed = 1.0 - alive.sum()
    assert 0.2 * (1.0 - level) < missed <= 1.0 - level


def test_equal_votes_give_equal_bytes_whatever_stands_beside_them() -> None:
    agree, disagree = np.array([3, 500, 70_000]), np.array([9, 499, 12])
    together = bound_share_anytime(agree, disagree, 0.95)
    for place in range(3):
        alone = bound_share_anytime(agree[place : place + 1], disagree[place : place + 1], 0.95)
        assert [end[0] for end in alone] == [end[place] for end in together]
