import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.framings.contrasts import ASYMPTOTIC_FROM, Strata, contrast_arms
from spreekruimte.analysis.framings.intervals import FEWEST_OPINIONS, Support
from spreekruimte.analysis.verdicts import bound_share_anytime

Row = tuple[int, int, int, int]
rows = st.lists(st.tuples(*[st.integers(0, 60)] * 4), min_size=1, max_size=6)


def stratify(rows: list[Row]) -> Strata:
    """Make strata of (agree, disagree) in either arm; everyone in them is in one of the two."""
    counts = np.array(rows, dtype=np.int64).reshape(-1, 2, 2)
    opinions = counts.sum(axis=2)
    return Strata(counts[..., 0], opinions, opinions.sum(axis=1))


@given(rows=rows)
def test_the_figure_lies_in_its_intervals_and_these_within_one(rows: list[Row]) -> None:
    found = contrast_arms(stratify(rows), 0.95)
    if found.support is Support.TOLD:
        assert -1.0 <= found.low <= found.value <= found.high <= 1.0
        assert -1.0 <= found.once_low <= found.value <= found.once_high <= 1.0
        assert found.once_low < found.once_high
    else:
        assert math.isnan(found.value)


@given(rows=rows)
def test_swapping_the_arms_turns_the_figure_round(rows: list[Row]) -> None:
    found = contrast_arms(stratify(rows), 0.95)
    turned = contrast_arms(stratify([(c, d, a, b) for a, b, c, d in rows]), 0.95)
    assert turned.support is found.support
    if found.support is Support.TOLD:
        assert turned.value == pytest.approx(-found.value, abs=1e-12)
        assert turned.low == pytest.approx(-found.high, abs=1e-12)
        assert turned.once_low == pytest.approx(-found.once_high, abs=1e-12)


@given(rows=rows)
def test_empty_strata_change_nothing(rows: list[Row]) -> None:
    bare = contrast_arms(stratify(rows), 0.95)
    padded = contrast_arms(stratify([*rows, (0, 0, 0, 0)]), 0.95)
    assert repr(padded) == repr(bare)


def test_the_strata_are_weighed_by_their_people_and_not_by_who_was_assigned() -> None:
    """Within strata nothing differs, but the arms hold the strata in other proportions."""
    found = contrast_arms(stratify([(360, 40, 90, 10), (20, 80, 80, 320)]), 0.95)
    assert found.value == pytest.approx(0.0, abs=1e-12)
    assert found.low < 0.0 < found.high
    plain = contrast_arms(stratify([(380, 120, 170, 330)]), 0.95)
    assert plain.high < 0.0


def test_the_mean_is_one_over_strata() -> None:
    strata = Strata(
        np.array([[50, 60], [20, 60]]), np.array([[100, 100], [100, 100]]), np.array([900, 300])
    )
    assert contrast_arms(strata, 0.95).value == pytest.approx(0.75 * 0.1 + 0.25 * 0.4)


def test_thin_strata_are_taken_together() -> None:
    thin = [(3, 3, 5, 2), (4, 2, 4, 2)]
    apart = contrast_arms(stratify([(40, 60, 50, 50), *thin]), 0.95)
    together = contrast_arms(stratify([(40, 60, 50, 50), (7, 5, 9, 4)]), 0.95)
    assert apart == together


def test_a_thin_rest_joins_the_smallest_stratum() -> None:
    apart = contrast_arms(stratify([(40, 60, 50, 50), (10, 10, 12, 8), (1, 0, 0, 1)]), 0.95)
    together = contrast_arms(stratify([(40, 60, 50, 50), (11, 10, 12, 9)]), 0.95)
    assert apart == together


@pytest.mark.parametrize("row", [(15, 10, 5, 20), (391, 9, 380, 20), (12, 388, 392, 8)])
def test_few_opinions_of_either_kind_have_the_exact_interval_of_either_arm(row: Row) -> None:
    found = contrast_arms(stratify([row]), 0.95)
    agree, disagree = np.array(row, dtype=np.int64).reshape(2, 2).T
    low, high = bound_share_anytime(agree, disagree, 0.995)
    assert (found.low, found.high) == (low[1] - high[0], high[1] - low[0])


def test_ten_opinions_of_either_kind_have_an_asymptotic_interval() -> None:
    found = contrast_arms(stratify([(391, 10, 380, 20)]), 0.95)
    agree, disagree = np.array([391, 380]), np.array([10, 20])
    low, high = bound_share_anytime(agree, disagree, 0.995)
    assert found.high - found.low < high[1] - low[0] - (low[1] - high[0])


@pytest.mark.parametrize(
    ("row", "support"),
    [
        ((1, 0, 0, 0), Support.NO_OPINIONS),
        ((0, 0, 0, 0), Support.NO_OPINIONS),
        ((30, 30, FEWEST_OPINIONS - 1, 0), Support.TOO_FEW_OPINIONS),
        ((30, 30, FEWEST_OPINIONS, 0), Support.TOLD),
    ],
)
def test_arms_without_enough_opinions_have_no_figure(row: Row, support: Support) -> None:
    assert contrast_arms(stratify([row]), 0.95).support is support


def test_unanimous_arms_are_not_beyond_doubt() -> None:
    found = contrast_arms(stratify([(ASYMPTOTIC_FROM, 0, ASYMPTOTIC_FROM, 0)]), 0.95)
    assert found.value == 0.0
    assert found.low < found.once_low < 0.0 < found.once_high < found.high
