"""Chill: silence where the public finds speaking admissible."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.chill import FEWEST, Chill, Silence, measure_chill

ADMISSIBLE, OPEN, INADMISSIBLE = 0, 1, 2
DRAWS = np.column_stack([np.full(200, 0.8), np.linspace(0.3, 0.7, 200), np.full(200, 0.2)])
EVERYWHERE = np.ones(3, dtype=np.bool_)


def survey(people: int, silent: int, context: int = ADMISSIBLE) -> Silence:
    return Silence(np.arange(people), np.full(people, context), np.arange(people) < silent)


def measure(silence: Silence) -> Chill:
    found = measure_chill(silence, DRAWS, EVERYWHERE)
    assert found is not None
    return found


def test_chill_is_the_share_that_stays_silent_where_the_public_finds_it_admissible() -> None:
    found = measure(survey(400, 100))
    assert found.share == pytest.approx(0.25, abs=0.002)
    # Jeffreys' interval of 100 of 400, a little wider since the spread is found from 400 people.
    assert [found.low, found.high] == pytest.approx([0.209, 0.294], abs=0.002)
    assert (found.respondents, found.contexts) == (400, (ADMISSIBLE,))


def test_silence_where_the_public_finds_it_inadmissible_is_no_chill() -> None:
    both = Silence(
        np.tile(np.arange(100), 2),
        np.repeat([ADMISSIBLE, INADMISSIBLE], 100),
        np.repeat([False, True], 100),
    )
    assert measure(both).share < 0.01


def test_where_a_rule_does_not_hold_silence_does_not_count() -> None:
    assert measure_chill(survey(100, 50), DRAWS, ~EVERYWHERE) is None


def test_with_fewer_than_twenty_people_there_is_no_figure() -> None:
    assert measure_chill(survey(FEWEST - 1, 5), DRAWS, EVERYWHERE) is None
    assert measure_chill(survey(FEWEST, 5), DRAWS, EVERYWHERE) is not None


def test_where_the_public_may_find_nothing_admissible_there_is_no_figure() -> None:
    assert measure_chill(survey(100, 50, OPEN), DRAWS, EVERYWHERE) is None
    unsure = np.column_stack([np.where(np.arange(200) < 186, 0.8, 0.2)] * 3)
    assert measure_chill(survey(100, 50), unsure, EVERYWHERE) is None


def test_answers_of_one_person_that_hang_together_count_for_less() -> None:
    alone = measure(survey(600, 300))
    six = replace(survey(600, 300), respondents=np.arange(600) // 6)
    together = measure(six)
    assert together.share == pytest.approx(alone.share, abs=1e-6)
    assert together.high - together.low > 2.0 * (alone.high - alone.low)


def test_all_alike_still_has_an_interval() -> None:
    everybody = measure(survey(100, 100))
    assert everybody.low < 0.99 < everybody.high
    repeated = measure(replace(survey(100, 100), respondents=np.arange(100) // 4))
    assert repeated.low < everybody.low


def test_not_knowing_the_public_widens_the_interval() -> None:
    two = Silence(
        np.tile(np.arange(300), 2),
        np.repeat([ADMISSIBLE, OPEN], 300),
        np.concatenate([np.arange(300) < 30, np.arange(300) < 270]),
    )
    found = measure(two)
    assert found.low < 0.15
    assert found.high > 0.45


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_answers_and_the_numbers_of_people_change_nothing(seed: int) -> None:
    random = np.random.default_rng(seed)
    found = Silence(
        np.repeat(np.arange(30), 2), np.tile([ADMISSIBLE, OPEN], 30), random.random(60) < 0.4
    )
    order = random.permutation(60)
    names = random.permutation(1_000)
    shuffled = Silence(
        names[found.respondents][order], found.contexts[order], found.is_silent[order]
    )
    assert measure(shuffled) == measure(found)


@given(st.integers(0, 2**32 - 1))
def test_one_more_who_stays_silent_is_more_chill(seed: int) -> None:
    random = np.random.default_rng(seed)
    is_silent = random.random(40) < 0.5
    is_silent[0] = False
    before = Silence(np.arange(40), np.full(40, ADMISSIBLE), is_silent)
    after = replace(before, is_silent=is_silent | (np.arange(40) == 0))
    assert measure(after).share > measure(before).share
