import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from spreekruimte.analysis.ophef.intervals import LEVEL, bound_count, estimate_share

flags = st.lists(st.booleans(), min_size=1, max_size=30)


@given(count=st.integers(0, 5_000))
def test_the_interval_of_a_count_is_where_either_tail_reaches_its_part(count: int) -> None:
    low, high = bound_count(count)
    assert low <= count <= high
    assert poisson.cdf(count, float(high)) == pytest.approx((1 - LEVEL) / 2, rel=1e-6)
    if count:
        assert poisson.sf(count - 1, float(low)) == pytest.approx((1 - LEVEL) / 2, rel=1e-6)
    else:
        assert low == 0.0


def test_what_is_not_known_has_no_share() -> None:
    nothing = np.zeros(3, dtype=np.bool_)
    share = estimate_share(nothing, nothing, np.arange(3))
    assert math.isnan(share.value)
    assert (share.low, share.high, share.known) == (0.0, 1.0, 0)


@given(is_so=flags, data=st.data())
def test_the_interval_of_a_share_holds_the_share(is_so: list[bool], data: st.DataObject) -> None:
    size = len(is_so)
    known = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    clusters = np.array(data.draw(st.lists(st.integers(0, 4), min_size=size, max_size=size)))
    share = estimate_share(np.array(is_so), known, clusters)
    assert share.known == known.sum()
    if share.known:
        assert share.value == np.array(is_so)[known].mean()
        assert 0.0 <= share.low <= share.value <= share.high <= 1.0


def test_signals_of_few_authors_are_less_certain_than_those_of_many() -> None:
    is_so = np.tile([True, False], 50)
    known = np.ones(100, dtype=np.bool_)
    of_many = estimate_share(is_so, known, np.arange(100))
    of_few = estimate_share(is_so, known, np.tile([0, 1, 2, 3], 25))
    of_one_voice = estimate_share(np.ones(100, dtype=np.bool_), known, np.zeros(100, dtype=int))
    assert of_few.high - of_few.low > 2 * (of_many.high - of_many.low)
    assert of_one_voice.high - of_one_voice.low > 0.5


def test_the_interval_of_a_clustered_share_mostly_holds_the_truth() -> None:
    rng = np.random.default_rng(1)
    clusters = np.repeat(np.arange(60), 5)
    known = np.ones(300, dtype=np.bool_)
    held = 0
    for _ in range(400):
        each = rng.beta(0.6, 1.4, 60)
        share = estimate_share(rng.random(300) < each[clusters], known, clusters)
        held += share.low <= 0.3 <= share.high
    assert 0.92 <= held / 400 <= 0.98
