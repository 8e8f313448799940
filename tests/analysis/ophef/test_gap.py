import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import kendalltau

from spreekruimte.analysis.ophef.estimates import Estimate, Reason, Refusal
from spreekruimte.analysis.ophef.gap import (
    FEWEST_INCIDENTS,
    FEWEST_PER_BIN,
    calibrate,
    correlate_ranks,
    order_by_gap,
)

Floats = NDArray[np.float64]

LEVEL = 0.95
incidents = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 5)), min_size=12, max_size=40
)
seeds = st.integers(0, 10**6)


def split(rows: list[tuple[int, int, int]]) -> tuple[Floats, Floats, Floats]:
    fuss, share, error = np.array(rows, dtype=np.float64).T
    return fuss, share / 20.0, error / 40.0


def correlate(fuss: Floats, share: Floats) -> Estimate:
    found = correlate_ranks(fuss, share, level=LEVEL)
    assert isinstance(found, Estimate)
    return found


@given(seeds)
def test_the_correlation_is_kendalls_with_ties(seed: int) -> None:
    rng = np.random.default_rng(seed)
    fuss, share = rng.integers(0, 8, 30).astype(float), rng.integers(0, 8, 30) / 8.0
    found = correlate(fuss, share)
    assert found.value == pytest.approx(kendalltau(fuss, share).statistic)
    assert -1.0 <= found.low <= found.value <= found.high <= 1.0


def test_where_all_pairs_agree_the_correlation_is_whole_and_not_beyond_doubt() -> None:
    figures = np.arange(15.0)
    assert correlate(figures, figures).value == 1.0
    assert correlate(figures, -figures).value == -1.0


@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(correlation: float) -> None:
    rng = np.random.default_rng(1)
    truth, held = 2.0 / math.pi * math.asin(correlation), 0
    for _ in range(200):
        first, noise = rng.normal(size=(2, 30))
        found = correlate(first, correlation * first + math.sqrt(1 - correlation**2) * noise)
        held += found.low <= truth <= found.high
    assert 180 <= held <= 199


def test_too_few_incidents_and_figures_without_differences_have_no_correlation() -> None:
    few, flat, rising = np.arange(FEWEST_INCIDENTS - 1.0), np.zeros(20), np.arange(20.0)
    single = np.append(np.zeros(19), 1.0)
    for fuss, share, reason in (
        (few, few, Reason.TOO_FEW_INCIDENTS),
        (flat, rising, Reason.NO_DIFFERENCE_IN_FUSS),
        (single, rising, Reason.NO_DIFFERENCE_IN_FUSS),
        (rising, flat, Reason.NO_DIFFERENCE_IN_PUBLIC),
    ):
        found = correlate_ranks(fuss, share, level=LEVEL)
        assert isinstance(found, Refusal)
        assert found.reason is reason


@given(incidents)
def test_bins_hold_all_incidents_and_keep_equal_severities_together(
    rows: list[tuple[int, int, int]],
) -> None:
    severity, share, error = split(rows)
    bins = calibrate(severity, share, error, level=LEVEL)
    assert bins.incidents.sum() == len(rows)
    assert len(bins.incidents) <= max(1, len(rows) // FEWEST_PER_BIN)
    assert (np.diff(bins.severity) > 0.0).all()
    assert (bins.low <= bins.share).all()
    assert (bins.share <= bins.high).all()
    assert (bins.share * bins.incidents).sum() == pytest.approx(share.sum())


def test_a_bin_of_one_incident_has_the_interval_of_its_share() -> None:
    bins = calibrate(np.array([1.0]), np.array([0.5]), np.array([0.1]), level=LEVEL)
    assert (bins.low[0], bins.high[0]) == pytest.approx((0.5 - 0.196, 0.5 + 0.196), abs=1e-3)


def test_without_incidents_there_are_no_bins() -> None:
    none = np.zeros(0)
    assert len(calibrate(none, none, none, level=LEVEL).incidents) == 0


@given(incidents, seeds)
def test_the_order_of_incidents_does_not_matter(
    rows: list[tuple[int, int, int]], seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(len(rows))
    figures = split(rows)
    shuffled = tuple(each[order] for each in figures)
    gaps = order_by_gap(*figures, level=LEVEL)
    moved = order_by_gap(*shuffled, level=LEVEL)
    for first, second in ((gaps.gap, moved.gap), (gaps.low, moved.low), (gaps.high, moved.high)):
        assert first[order].tolist() == second.tolist()
    first_bins, second_bins = calibrate(*figures, level=LEVEL), calibrate(*shuffled, level=LEVEL)
    assert first_bins.share.tolist() == second_bins.share.tolist()
    assert first_bins.high.tolist() == second_bins.high.tolist()
    listed = [np.array(rows)[gaps.order], np.array(rows)[order][moved.order]]
    assert listed[0].tolist() == listed[1].tolist()


@given(incidents)
def test_a_gap_lies_in_its_interval_and_the_furthest_come_first(
    rows: list[tuple[int, int, int]],
) -> None:
    gaps = order_by_gap(*split(rows), level=LEVEL)
    assert (gaps.low <= gaps.gap).all()
    assert (gaps.gap <= gaps.high).all()
    assert (np.diff(np.abs(gaps.gap[gaps.order])) <= 1e-12).all()
    assert gaps.gap.sum() == pytest.approx(0.0, abs=1e-9)


def test_shares_without_error_leave_no_doubt() -> None:
    rng = np.random.default_rng(2)
    gaps = order_by_gap(
        rng.integers(0, 5, 20).astype(float),
        rng.integers(0, 5, 20) / 5.0,
        np.zeros(20),
        level=LEVEL,
    )
    np.testing.assert_allclose(gaps.low, gaps.gap, atol=1e-12)
    np.testing.assert_allclose(gaps.high, gaps.gap, atol=1e-12)


def test_much_fuss_about_what_the_public_admits_parts_furthest() -> None:
    fuss, share = np.array([9.0, 5.0, 1.0]), np.array([0.1, 0.5, 0.9])
    gaps = order_by_gap(fuss, share, np.full(3, 0.01), level=LEVEL)
    assert gaps.gap.tolist() == [1.0, 0.0, -1.0]
    assert gaps.order.tolist() == [0, 2, 1]


def test_the_interval_of_a_gap_holds_the_true_gap() -> None:
    rng = np.random.default_rng(3)
    held = []
    for _ in range(100):
        true, fuss = rng.normal(0.5, 0.2, 40), rng.normal(size=40)
        errors = rng.uniform(0.03, 0.08, 40)
        gaps = order_by_gap(fuss, true + errors * rng.normal(size=40), errors, level=LEVEL)
        truth = order_by_gap(fuss, true, np.zeros(40), level=LEVEL).gap
        held.append(((gaps.low <= truth) & (truth <= gaps.high)).mean())
    assert 0.9 <= np.mean(held) <= 0.99


def test_a_single_incident_parts_from_nothing() -> None:
    gaps = order_by_gap(np.ones(1), np.ones(1), np.ones(1), level=LEVEL)
    assert gaps.gap.tolist() == [0.0]
