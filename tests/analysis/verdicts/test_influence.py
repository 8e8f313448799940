import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from spreekruimte.analysis.verdicts import bound_influence
from spreekruimte.analysis.verdicts.influence import make_bounded_thresholds

INFLUENCES = (0.5, 0.25, 0.1, 1 / 7, 0.03, 0.01)
counts = st.integers(min_value=0, max_value=10_000_000)


def share_of(yes: int, no: int, influence: float) -> float:
    return float(bound_influence(np.array([yes]), np.array([no]), influence)[0])


def grid(n_max: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    yes, no = np.mgrid[0 : n_max + 1, 0 : n_max + 1]
    return yes.astype(np.int64), no.astype(np.int64)


def test_without_opinions_the_share_is_neutral() -> None:
    assert share_of(0, 0, 0.01) == 0.5


@pytest.mark.parametrize(
    ("yes", "no", "influence"), [(3, 1, 0.1), (12, 2, 0.1), (2, 30, 0.05), (90, 60, 0.01)]
)
def test_the_share_is_the_mean_of_votes_drawn_in_to_their_regularised_median(
    yes: int, no: int, influence: float
) -> None:
    votes = np.repeat([0.5, -0.5], [yes, no])
    median = minimize_scalar(
        lambda m: m**2 / influence + np.abs(m - votes).sum(),
        bounds=(-0.6, 0.6),
        options={"xatol": 1e-12},
    ).x
    radius = influence * len(votes) / 2.0
    drawn_in = np.clip(votes, median - radius, median + radius)
    assert share_of(yes, no, influence) == pytest.approx(0.5 + drawn_in.mean(), abs=1e-7)


@pytest.mark.parametrize("influence", INFLUENCES)
def test_one_account_moves_the_share_by_at_most_its_influence(influence: float) -> None:
    """All pools of up to 300 + 300 opinions, and each account that can be added to them."""
    share = bound_influence(*grid(300), influence)
    for axis, direction in ((0, 1.0), (1, -1.0)):
        moved = direction * np.diff(share, axis=axis)
        assert moved.max() <= influence * (1 + 1e-12)
        assert moved.max() >= influence * (1 - 1e-9)  # the bound is tight
        assert moved.min() >= -1e-15  # an agree never lowers it, nor a disagree raises it


@given(yes=counts, no=counts, influence=st.floats(min_value=1e-6, max_value=0.5))
def test_one_account_among_many_moves_the_share_by_at_most_its_influence(
    yes: int, no: int, influence: float
) -> None:
    share = share_of(yes, no, influence)
    assert 0.0 <= share <= 1.0
    assert -1e-15 <= share_of(yes + 1, no, influence) - share <= influence + 1e-15
    assert -1e-15 <= share - share_of(yes, no + 1, influence) <= influence + 1e-15
    assert share_of(no, yes, influence) == pytest.approx(1.0 - share, abs=1e-15)


@pytest.mark.parametrize("influence", INFLUENCES)
def test_with_opinions_enough_the_share_is_the_plain_one(influence: float) -> None:
    yes, no = grid(300)
    n = yes + no
    enough = n >= 2 / influence
    share = bound_influence(yes, no, influence)
    np.testing.assert_allclose(share[enough], yes[enough] / n[enough], atol=1e-15)


def test_an_influence_or_count_out_of_range_is_refused() -> None:
    for influence in (0.0, 0.6):
        with pytest.raises(ValueError, match="influence"):
            share_of(1, 1, influence)
    for yes, no in ((-1, 1), (1, -1)):
        with pytest.raises(ValueError, match="below 0"):
            share_of(yes, no, 0.01)


@pytest.mark.parametrize(("influence", "margin"), [(0.01, 0.05), (0.1, 0.05), (0.03, 0.2)])
def test_the_thresholds_are_where_the_share_reaches_the_margin(
    influence: float, margin: float
) -> None:
    fewest = make_bounded_thresholds(300, influence, margin)
    for n in range(301):
        yes = np.arange(n + 1)
        reached = np.flatnonzero(bound_influence(yes, n - yes, influence) >= 0.5 + margin - 1e-9)
        assert fewest[n] == (reached[0] if len(reached) else n + 1)


def test_a_margin_that_is_just_reached_counts_in_spite_of_rounding() -> None:
    fewest = make_bounded_thresholds(60, 0.01, 0.05)
    # Up to 50 + 50 opinions the share is 1/2 and .01 per agree ahead: five ahead decide.
    assert all(fewest[n] == (n + 6) // 2 for n in range(5, 60))
