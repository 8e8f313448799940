import numpy as np
from benchmarks.ophef import BURST_HOURS, DAYS, HOUR, WORLDS, draw_million, draw_month


def test_a_month_has_as_many_signals_as_asked_for_and_its_burst() -> None:
    rng = np.random.default_rng(1)
    begin = (14 * 24 + 8) * HOUR
    for world in WORLDS:
        quiet, loud = (
            [draw_month(rng, world, 300.0, burst=burst) for _ in range(100)]
            for burst in (1.0, 20.0)
        )
        assert 270 < np.mean([len(times) for times in quiet]) < 330
        assert all(((times >= 0.0) & (times < DAYS * 24 * HOUR)).all() for times in quiet)
        inside = [
            np.mean([((t >= begin) & (t < begin + BURST_HOURS * HOUR)).sum() for t in months])
            for months in (quiet, loud)
        ]
        assert 12 < inside[1] / inside[0] < 33


def test_an_incident_has_as_many_signals_as_asked_for() -> None:
    signals = draw_million(1, 5_000)
    assert len(signals) == 5_000
    assert len(np.unique(signals.authors)) < 2_500
