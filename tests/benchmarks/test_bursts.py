import numpy as np
import pytest
from benchmarks.bursts import (
    Detector,
    compare,
    score_automaton,
    score_automaton_looking_back,
    score_gaussian_tail,
    score_ours,
)
from benchmarks.nab import Series


def spike() -> Series:
    values = np.tile([3, 4, 2, 3, 5], 800).astype(np.int64)
    values[3_000:3_010] = 60
    return Series("made", np.arange(0.0, 4_000 * 300.0, 300.0), values, ((2_990, 3_040),))


@pytest.mark.parametrize(
    "detector", [score_ours, score_gaussian_tail, score_automaton, score_automaton_looking_back]
)
def test_each_detector_finds_a_plain_burst(
    detector: Detector, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = detector(spike())
    assert scores.shape == (4_000,)
    assert np.isfinite(scores).all()
    assert 3_000 <= scores[750:].argmax() + 750 < 3_010
    # Its one file left out leaves nothing to score, so the row is that of two.
    assert compare([spike(), spike()], [detector], "name") > 90.0
    assert "2/2" in capsys.readouterr().out


def test_the_gaussian_tail_is_that_of_the_points_before() -> None:
    values = np.array([1, 3, 1, 3, 9], dtype=np.int64)
    scores = score_gaussian_tail(Series("made", np.arange(5.0), values, ()))
    # Mean 2 and deviation 1 before the last: seven deviations away.
    assert scores[-1] == pytest.approx(-np.log(1.279812543885835e-12))
