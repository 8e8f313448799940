"""The measures that participants chose."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verdicts.judgements import make_matrix

from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.verdicts.measures import Median, count_measures, from_document, to_document

answers = st.lists(st.sampled_from([*"012345678", "unknown", None]), min_size=1, max_size=60)


def matrix_of(chosen: list[str | None]) -> VoteMatrix:
    matrix = make_matrix(len(chosen), 4)
    return dataclasses.replace(matrix, attributes={"measure": tuple(chosen)})


@given(answers)
def test_every_answer_is_counted_once(chosen: list[str | None]) -> None:
    measures = count_measures(matrix_of(chosen), 0.95)
    assert [step.count for step in measures.steps] == [chosen.count(str(n)) for n in range(9)]
    assert measures.unknown == chosen.count("unknown")
    assert measures.chosen + measures.unknown + chosen.count(None) == len(chosen)


@given(answers)
def test_the_median_lies_in_its_interval_and_has_half_on_either_side(
    chosen: list[str | None],
) -> None:
    median = count_measures(matrix_of(chosen), 0.95).median
    steps = sorted(int(each) for each in chosen if each not in (None, "unknown"))
    if not steps:
        assert median is None
        return
    assert median is not None
    assert median.step == steps[(len(steps) - 1) // 2]
    assert 0 <= median.low <= median.step <= median.high <= 8


def test_the_interval_of_the_median_narrows_with_more_answers() -> None:
    few, many = (
        count_measures(matrix_of([str(n % 5) for n in range(count)]), 0.95).median
        for count in (10, 2000)
    )
    assert few == Median(2, 0, 4)
    assert many == Median(2, 2, 2)


def test_the_interval_of_the_median_covers_the_true_one_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    shares = np.array([0.3, 0.15, 0.12, 0.1, 0.1, 0.08, 0.06, 0.05, 0.04])
    covered = 0
    for _ in range(400):
        drawn = rng.choice(9, size=40, p=shares)
        median = count_measures(matrix_of([str(n) for n in drawn]), 0.9).median
        assert median is not None
        covered += median.low <= 2 <= median.high
    assert covered / 400 >= 0.88


@pytest.mark.parametrize("chosen", [["3", "unknown", "8"], ["unknown"], [None]])
def test_what_was_written_is_read_back(chosen: list[str | None]) -> None:
    document = to_document(count_measures(matrix_of(chosen), 0.95))
    assert to_document(from_document(json.loads(json.dumps(document)))) == document
