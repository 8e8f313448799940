import numpy as np
import pytest
from benchmarks.ophef import World, draw_month
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.ophef import Counts, count_per_bin, score_online
from spreekruimte.analysis.ophef.intensity import DAY, HOUR
from spreekruimte.analysis.ophef.online import CERTAIN, _rise_above

values = st.lists(st.integers(0, 1_000), min_size=1, max_size=60)


def month(seed: int, burst: float) -> Counts:
    times = draw_month(np.random.default_rng(seed), World("Poisson"), 3_000, burst=burst)
    return count_per_bin(times, start=0.0, end=30 * DAY, width=HOUR)


@given(before=values, after=values)
def test_what_comes_later_changes_no_score(before: list[int], after: list[int]) -> None:
    short = Counts(0.0, HOUR, np.array(before, dtype=np.int64))
    long = Counts(0.0, HOUR, np.array(before + after, dtype=np.int64))
    assert np.array_equal(score_online(short), score_online(long)[: len(before)])


@given(counts=values)
def test_a_score_is_from_0_to_the_most_that_one_can_be_sure(counts: list[int]) -> None:
    scores = score_online(Counts(0.0, HOUR, np.array(counts, dtype=np.int64)))
    assert scores[0] == 0.0
    assert (scores >= 0.0).all()
    assert (scores <= 2 * CERTAIN).all()


@pytest.mark.parametrize("strength", [5.0, 20.0])
def test_a_burst_is_told_as_it_begins_and_not_in_its_midst(strength: float) -> None:
    scores = score_online(month(1, strength))
    begin = 14 * 24 + 8
    highest = int(scores[7 * 24 :].argmax()) + 7 * 24
    assert begin <= highest <= begin + 2
    assert scores[7 * 24 : begin].max() < scores[highest] / 2
    assert scores[begin + 4 : begin + 12].max() < scores[highest] / 2


@given(odds=st.lists(st.floats(-30, 30), min_size=1, max_size=40), window=st.integers(1, 6))
def test_a_rise_is_above_all_of_the_window_before(odds: list[float], window: int) -> None:
    rises = _rise_above(np.array(odds), window)
    for at in range(1, len(odds)):
        highest = max(odds[max(at - window, 0) : at])
        assert rises[at] == max(odds[at] - highest, 0.0)
