import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.bursts import (
    Detector,
    make_half_space_trees,
    score_automaton,
    score_automaton_looking_back,
    score_gaussian_tail,
    score_ours,
)
from benchmarks.nab import Series, rate, read_series, weigh_points


def series(windows: tuple[tuple[int, int], ...], points: int = 200) -> Series:
    return Series(
        "made", np.arange(0.0, 300.0 * points, 300.0), np.zeros(points, dtype=np.int64), windows
    )


def alarm(*places: int, points: int = 200) -> np.ndarray:
    scores = np.zeros(points)
    scores[list(places)] = 1.0
    return scores


def test_saying_nothing_scores_0_and_a_window_found_at_once_100() -> None:
    one = series(((100, 119),))
    assert rate([one], [np.zeros(200)]).score == 0.0
    found = rate([one], [alarm(100)])
    assert (found.score, found.found, found.false_alarms) == (100.0, 1, 0)


def test_an_alarm_is_worth_the_more_the_earlier_it_comes() -> None:
    one = series(((100, 119),))
    earned = [rate([one], [alarm(place)]).score for place in range(100, 120)]
    assert earned == sorted(earned, reverse=True)
    # At the last point of 20 the sigmoid has position -1/20.
    bent = 2 / (1 + np.exp(-0.25)) - 1
    assert earned[-1] == pytest.approx(50 * (1 + bent / (2 / (1 + np.exp(-5.0)) - 1)))


def test_only_the_best_alarm_of_a_window_counts() -> None:
    one = series(((100, 119),))
    assert rate([one], [alarm(100, 105, 119)]).score == 100.0


def test_a_false_alarm_costs_less_shortly_after_a_window() -> None:
    worth, window = weigh_points(series(((100, 119),)))
    assert (worth[:100] == -0.11).all()
    assert worth[119 + 58] == -0.11
    assert -0.11 < worth[120] < 0.0
    assert worth[120] == pytest.approx(0.11 * (2 / (1 + np.exp(5 / 19)) - 1))
    assert (np.flatnonzero(window == 0) == np.arange(100, 120)).all()


def test_one_threshold_serves_all_files() -> None:
    files = [series(((100, 119),)), series(((100, 119),))]
    # What finds the second window raises false alarms in the first file.
    loud, soft = alarm(100) * 2.0, alarm(100)
    loud[40:90] = 1.0
    found = rate(files, [loud, soft])
    assert (found.threshold, found.found, found.false_alarms) == (2.0, 1, 0)
    assert found.score == 50.0


def test_the_beginning_is_not_scored() -> None:
    one = series(((100, 119),))
    assert one.probation == 30
    assert rate([one], [alarm(0, 29, 100)]).score == 100.0
    assert series(((6_000, 6_100),), points=10_000).probation == 750


def test_files_are_read_with_their_windows(tmp_path: Path) -> None:
    rows = ["2020-01-01 00:00:00,3", "2020-01-01 00:05:00,4", "2020-01-01 00:10:00,5"]
    (tmp_path / "made.csv").write_text("\n".join(["timestamp,value", *rows]))
    spans = [["2020-01-01 00:05:00.000000", "2020-01-01 00:10:00.000000"]]
    (tmp_path / "combined_windows.json").write_text(json.dumps({"folder/made.csv": spans}))
    (one,) = read_series(tmp_path)
    assert (one.name, one.values.tolist(), one.windows) == ("made", [3, 4, 5], ((1, 2),))
    assert np.diff(one.times).tolist() == [300.0, 300.0]


@pytest.fixture(scope="module")
def labelled(shared_data: Path) -> list[Series]:
    if not (shared_data / "nab").is_dir():
        pytest.skip("the labelled series (../shared/data/nab) are not here")
    return read_series(shared_data / "nab")


@pytest.fixture(scope="module")
def ours(labelled: list[Series]) -> float:
    return rate(labelled, [score_ours(each) for each in labelled]).score


@pytest.mark.parametrize(
    "other", [score_gaussian_tail, score_automaton, score_automaton_looking_back]
)
def test_on_real_series_ours_scores_at_least_as_each_other_detector(
    labelled: list[Series], ours: float, other: Detector
) -> None:
    assert ours >= rate(labelled, [other(each) for each in labelled]).score


def test_on_real_series_ours_scores_at_least_as_half_space_trees(
    labelled: list[Series], ours: float
) -> None:
    pytest.importorskip("river", reason="river is not installed here")
    trees = make_half_space_trees(seed=0)
    assert ours >= rate(labelled, [trees(each) for each in labelled]).score
