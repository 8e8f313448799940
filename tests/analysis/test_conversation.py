"""Figures of a conversation: what they are by hand, in any order, and how their intervals hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.conversation import (
    count_changes,
    estimate_changes,
    estimate_diversity,
    estimate_reciprocity,
    estimate_share,
    estimate_wait,
)
from spreekruimte.analysis.ophef.estimates import Estimate

waits = st.lists(st.tuples(st.floats(0, 1e6), st.booleans()), min_size=1, max_size=40)
ties = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=40)


def wait(*given: tuple[float, bool]) -> Estimate:
    found = estimate_wait(np.array([each[0] for each in given]), np.array([e[1] for e in given]))
    assert found is not None
    return found


def reciprocity(*given: tuple[int, int]) -> Estimate | None:
    speakers, addressed = (np.array([tie[end] for tie in given], dtype=np.int64) for end in (0, 1))
    return estimate_reciprocity(speakers, addressed)


def test_a_share_has_an_interval_and_of_nothing_there_is_none() -> None:
    assert estimate_share(0, 0) is None
    found = estimate_share(3, 4)
    assert found is not None
    assert found.value == 0.75
    assert 0.0 < found.low < 0.75 < found.high < 1.0


def test_the_median_wait_is_that_of_the_answered_where_all_are() -> None:
    found = wait((1, True), (3, True), (2, True), (9, True), (4, True))
    assert found.value == 3
    assert (found.low, found.high) == (1, math.inf)


def test_who_still_waits_makes_the_median_longer() -> None:
    answered = [(float(hour), True) for hour in range(1, 11)]
    waiting = [(hour + 0.5, False) for hour in range(1, 7)]
    assert wait(*answered).value == 5
    assert wait(*answered, *waiting).value == 7


def test_a_curve_and_its_interval_are_those_of_the_textbook() -> None:
    # Remission in weeks of 6-MP, 21 patients (Freireich and others 1963): the median is 23, and
    # its interval on the scale log(-log) begins at 13 and has no end (Kalbfleisch and Prentice).
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = wait(*((week, True) for week in ended), *((week, False) for week in censored))
    assert (found.value, found.low, found.high) == (23, 13, math.inf)


def test_where_most_wait_there_is_no_median_yet() -> None:
    assert wait((1, True), (5, False), (5, False)) == Estimate(math.inf, 1.0, math.inf)
    assert wait((5, False)) == Estimate(math.inf, math.inf, math.inf)
    assert wait((5, True)) == Estimate(5, 5, math.inf)
    assert estimate_wait(np.array([]), np.array([], dtype=bool)) is None


@given(waits, st.randoms())
def test_the_order_of_questions_changes_nothing(
    given: list[tuple[float, bool]], random: object
) -> None:
    shuffled = given.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert wait(*given) == wait(*shuffled)


@given(waits)
def test_the_median_lies_in_its_interval_and_waiting_longer_never_shortens_it(
    given: list[tuple[float, bool]],
) -> None:
    found = wait(*given)
    assert found.low <= found.value <= found.high
    longer = [(time + 10.0, is_answered) for time, is_answered in given]
    assert wait(*longer).value >= found.value
    opened = [(time, False) for time, _is_answered in given]
    assert wait(*opened).value == math.inf


def test_a_pair_is_mutual_when_both_answered_however_often() -> None:
    found = reciprocity((0, 1), (0, 1), (1, 0), (2, 1), (3, 3))
    assert found is not None
    assert found.value == 0.5
    assert reciprocity((3, 3)) is None
    assert reciprocity() is None


@given(ties, st.permutations(range(9)))
def test_who_is_who_does_not_matter(given: list[tuple[int, int]], names: list[int]) -> None:
    renamed = [(names[speaker], names[addressed]) for speaker, addressed in given]
    assert reciprocity(*given) == reciprocity(*reversed(renamed))
    assert reciprocity(*given) == reciprocity(*((b, a) for a, b in given))


def test_groups_that_take_part_alike_are_diverse_and_one_alone_is_not() -> None:
    even, alone = estimate_diversity(np.array([200, 200])), estimate_diversity(np.array([400, 0]))
    assert even is not None
    assert alone is not None
    assert even.value > 0.99
    assert even.high == 1.0
    assert alone.value < 0.01
    assert alone.low == 0.0
    assert even.low > alone.high


@pytest.mark.parametrize("counts", [[], [5], [0, 0]])
def test_of_one_group_or_nobody_there_is_no_diversity(counts: list[int]) -> None:
    assert estimate_diversity(np.array(counts, dtype=np.int64)) is None


@given(st.lists(st.integers(0, 500), min_size=2, max_size=5).filter(any), st.randoms())
def test_diversity_knows_no_names_of_groups(counts: list[int], random: object) -> None:
    found = estimate_diversity(np.array(counts))
    assert found is not None
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    shuffled = counts.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = estimate_diversity(np.array(shuffled))
    assert other is not None
    assert other.value == pytest.approx(found.value, abs=1e-12)


def test_the_moments_of_diversity_are_those_of_draws() -> None:
    counts = np.array([7, 2, 1])
    draws = np.random.default_rng(20261129).dirichlet(counts + 0.5, 200_000)
    drawn = (1.0 - (draws**2).sum(axis=1)) * 1.5
    found = estimate_diversity(counts)
    assert found is not None
    assert found.value == pytest.approx(float(drawn.mean()), abs=0.002)
    ends = np.quantile(drawn, [0.025, 0.975])
    assert [found.low, found.high] == pytest.approx(ends.tolist(), abs=0.03)


def test_changes_are_counted_by_direction() -> None:
    before, after = np.array([1, -1, 0, 1, -1]), np.array([1, 1, -1, 1, 0])
    counts = count_changes(before, after)
    assert (counts.people, counts.towards, counts.away) == (5, 2, 1)
    found = estimate_changes(counts)
    assert found is not None
    assert found.share.value == 0.6
    assert (found.towards, found.away) == (2, 1)
    nobody = np.array([], dtype=np.int64)
    assert estimate_changes(count_changes(nobody, nobody)) is None


@given(st.lists(st.tuples(st.integers(-1, 1), st.integers(-1, 1))), st.integers(0, 20))
def test_changes_of_two_parts_add_up_to_those_of_the_whole(
    judged: list[tuple[int, int]], part: int
) -> None:
    before, after = np.array(judged, dtype=np.int64).reshape(-1, 2).T
    parts = [count_changes(before[:part], after[:part]), count_changes(before[part:], after[part:])]
    assert parts[0] + parts[1] == count_changes(before, after)
