from __future__ import annotations

import numpy as np
import pytest
from benchmarks.measuring import Limits, NoAnswerError, measure

RATINGS = {
    "users": np.array([0, 0, 1, 1], dtype=np.int32),
    "items": np.array([0, 1, 0, 1], dtype=np.int32),
    "ratings": np.array([1.0, 0.0, 1.0, 0.5], dtype=np.float32),
    "user_count": np.array(2),
    "item_count": np.array(2),
}


def test_a_run_in_a_process_of_its_own_gives_costs_and_the_answer() -> None:
    found = measure("factor_model", RATINGS)
    assert found.cpu_seconds >= 0.0
    assert found.peak_mib >= found.votes_mib - 1.0
    assert found.answer["item_intercepts"].shape == (2,)
    assert found.answer["item_intercepts"][0] > found.answer["item_intercepts"][1]


def test_an_engine_that_fails_says_why() -> None:
    with pytest.raises(NoAnswerError, match="twice"):
        measure("factor_model", {**RATINGS, "items": np.array([0, 0, 0, 1], dtype=np.int32)})


def test_an_engine_that_is_out_of_time_is_stopped() -> None:
    with pytest.raises(NoAnswerError, match=r"no answer within 0 s"):
        measure("factor_model", RATINGS, limits=Limits(seconds=0.05))


def test_an_engine_that_is_out_of_memory_is_stopped() -> None:
    large = {**RATINGS, "user_count": np.array(2**31 - 1)}
    with pytest.raises(NoAnswerError, match="out of memory at 4 GiB"):
        measure("factor_model", large, limits=Limits(memory_gib=4.0))
