from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.routing import (
    EVENLY,
    ReasonCounts,
    draw_reason,
    seed_draw,
    weigh_reasons,
)

answers = st.tuples(*[st.integers(0, 10**6)] * 3)
anything = st.lists(answers, min_size=1, max_size=30)


def weigh(rows: list[tuple[int, int, int]]) -> NDArray[np.float64]:
    agreed, disagreed, passed = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return weigh_reasons(ReasonCounts(agreed, disagreed, passed))


def ids_of(count: int) -> NDArray[np.uint64]:
    return np.arange(1, count + 1, dtype=np.uint64)


@given(anything)
def test_weights_are_the_chances_of_a_draw_and_none_is_forgotten(
    rows: list[tuple[int, int, int]],
) -> None:
    weights = weigh(rows)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= EVENLY / len(rows)).all()


def test_without_reasons_there_are_no_weights() -> None:
    assert weigh([]).shape == (0,)


@given(answers, st.integers(1, 1000))
def test_who_pass_are_spared(row: tuple[int, int, int], more: int) -> None:
    agreed, disagreed, passed = row
    first, second = weigh([row, (agreed, disagreed, passed + more)])
    assert first > second


@given(st.integers(0, 10**5), st.integers(2, 10))
def test_few_opinions_come_first(count: int, times: int) -> None:
    first, second = weigh([(count, count, 0), (times * count + 1, times * count + 1, 0)])
    assert first > second


@given(st.integers(0, 1000), st.integers(1, 500), st.integers(0, 100))
def test_of_as_many_opinions_the_divided_come_first(less: int, gap: int, passed: int) -> None:
    first, second = weigh([(less + gap, less + gap, passed), (less, less + 2 * gap, passed)])
    assert first > second


@given(answers)
def test_agreeing_and_disagreeing_weigh_the_same(row: tuple[int, int, int]) -> None:
    agreed, disagreed, passed = row
    first, second = weigh([row, (disagreed, agreed, passed)])
    assert first == pytest.approx(second)


@given(anything, st.randoms(use_true_random=False))
def test_the_order_of_reasons_does_not_matter(
    rows: list[tuple[int, int, int]], random: Random
) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    np.testing.assert_allclose(weigh([rows[place] for place in order]), weigh(rows)[order])


def test_the_weight_is_the_documented_one() -> None:
    # Beta(3, 2) has variance 1/25 and Beta(1, 1) 1/12; a fifth of the answers to the first pass.
    first, second = 1 / 25 * 5 / 6, 1 / 12
    expected = 0.9 * first / (first + second) + 0.05
    assert weigh([(2, 1, 1), (0, 0, 0)])[0] == pytest.approx(expected)


def test_in_the_long_run_opinions_are_spread_as_neyman_advises() -> None:
    shares = np.array([0.5, 0.9, 0.98])
    counts = np.zeros((2, 3))
    for _ in range(200_000 // 50):
        weights = weigh_reasons(
            ReasonCounts(counts[0].astype(int), counts[1].astype(int), np.zeros(3, dtype=int))
        )
        gain = (weights - EVENLY / 3) / (1 - EVENLY)
        counts += 50 * gain * np.array([shares, 1 - shares])
    asked = counts.sum(axis=0)
    wanted = np.sqrt(shares * (1 - shares))
    np.testing.assert_allclose(asked / asked.sum(), wanted / wanted.sum(), atol=0.01)


@pytest.mark.parametrize(
    "counts",
    [
        (np.array([1]), np.array([1, 2]), np.array([1])),
        (np.array([[1]]), np.array([[1]]), np.array([[1]])),
        (np.array([1]), np.array([-1]), np.array([1])),
    ],
    ids=["shapes differ", "two dimensions", "negative"],
)
def test_what_cannot_be_counts_is_refused(counts: tuple[NDArray[np.int64], ...]) -> None:
    with pytest.raises(ValueError, match="count"):
        ReasonCounts(*counts)


def test_reasons_are_drawn_as_often_as_they_weigh() -> None:
    weights = np.array([0.5, 0.25, 0.15, 0.1])
    drawn: Counter[int] = Counter()
    for respondent in range(20_000):
        seed = seed_draw(round_name="1", pseudonym=str(respondent), answered=1)
        draw = draw_reason(weights, ids=ids_of(4), without=[1], seed=seed)
        assert draw is not None
        assert draw.probability == pytest.approx(weights[draw.place] / 0.75)
        drawn[draw.place] += 1
    # Four standard deviations at most, for each of three.
    for place in (0, 2, 3):
        chance = weights[place] / 0.75
        assert abs(drawn[place] / 20_000 - chance) < 4 * np.sqrt(chance * (1 - chance) / 20_000)
    assert drawn[1] == 0


@given(st.integers(0, 2**64 - 1), st.lists(st.integers(0, 9), unique=True, max_size=9))
def test_what_was_answered_is_not_drawn_and_the_same_is_drawn_again(
    seed: int, without: list[int]
) -> None:
    weights = np.full(10, 0.1)
    draw = draw_reason(weights, ids=ids_of(10), without=without, seed=seed)
    assert draw == draw_reason(weights, ids=ids_of(10), without=without, seed=seed)
    assert draw is not None
    assert draw.place not in without


@given(st.integers(0, 2**64 - 1))
def test_a_reason_that_comes_or_goes_lets_others_keep_their_turn(seed: int) -> None:
    weights = np.linspace(1, 2, 11)
    ids = ids_of(11)
    draw = draw_reason(weights, ids=ids, without=[], seed=seed)
    assert draw is not None
    for place in set(range(11)) - {draw.place}:
        fewer = draw_reason(
            np.delete(weights, place), ids=np.delete(ids, place), without=[], seed=seed
        )
        assert fewer is not None
        assert np.delete(ids, place)[fewer.place] == ids[draw.place]


def test_when_all_is_answered_nothing_is_drawn() -> None:
    assert draw_reason(np.full(2, 0.5), ids=ids_of(2), without=[0, 1], seed=1) is None
    assert draw_reason(np.zeros(0), ids=ids_of(0), without=[], seed=1) is None


def test_the_only_one_left_is_certain() -> None:
    draw = draw_reason(np.full(3, 1 / 3), ids=ids_of(3), without=[0, 2], seed=1)
    assert draw is not None
    assert (draw.place, draw.probability) == (1, 1.0)


def test_seeds_differ_by_round_respondent_and_step() -> None:
    def seed(name: str = "1", who: str = "a", answered: int = 0) -> int:
        return seed_draw(round_name=name, pseudonym=who, answered=answered)

    assert len({seed(), seed("2"), seed(who="b"), seed(answered=1), seed("1\na", "", 0)}) == 5
