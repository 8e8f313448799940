import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from spreekruimte.analysis.framings.intervals import (
    TUNED_TO,
    Support,
    judge_support,
    refuse,
    stack_estimates,
    widen_for_any_time,
)


@given(opinions=st.integers(1, 10_000_000), alpha=st.sampled_from([0.01, 0.05, 0.2]))
def test_looking_on_takes_more_room_than_one_look(opinions: int, alpha: float) -> None:
    assert widen_for_any_time(opinions, alpha) > -ndtri(alpha / 2.0)


@pytest.mark.parametrize("alpha", [0.01, 0.04])
def test_the_sequence_is_narrowest_where_it_is_tuned_to(alpha: float) -> None:
    width = {size: widen_for_any_time(size, alpha) for size in (20, TUNED_TO // 4, 5_000, 10**6)}
    assert min(width.values()) > widen_for_any_time(TUNED_TO, alpha)


@given(opinions=st.integers(1, 1_000_000))
def test_more_opinions_narrow_the_interval_itself(opinions: int) -> None:
    before = widen_for_any_time(opinions, 0.05) / math.sqrt(opinions)
    assert widen_for_any_time(opinions + 1, 0.05) / math.sqrt(opinions + 1) < before


def test_support_is_told_apart() -> None:
    assert judge_support(0) is Support.NO_OPINIONS
    assert judge_support(9) is Support.TOO_FEW_OPINIONS
    assert judge_support(10) is Support.TOLD


def test_what_is_refused_has_no_figure_and_excludes_nothing() -> None:
    estimates = stack_estimates([refuse(Support.NO_OPINIONS)] * 6, (2, 3))
    assert estimates.value.shape == (2, 3)
    for figures in (estimates.value, estimates.low, estimates.high):
        assert np.isnan(figures).all()
    assert (estimates.support == Support.NO_OPINIONS).all()
    assert not estimates.excludes_zero.any()
