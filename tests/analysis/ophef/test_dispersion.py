import numpy as np
import pytest

from spreekruimte.analysis.ophef.dispersion import estimate_dispersion

DAYS = np.repeat(np.arange(60), 24)
FIVE = np.full(len(DAYS), 5.0)


def draw(rng: np.random.Generator, of_bins: float, of_days: float) -> np.ndarray:
    means = FIVE
    if of_bins:
        means = means * rng.gamma(1 / of_bins, of_bins, len(DAYS))
    if of_days:
        means = means * rng.gamma(1 / of_days, of_days, 60)[DAYS]
    return rng.poisson(means).astype(float)


@pytest.mark.parametrize(
    ("of_bins", "of_days"), [(0.0, 0.0), (0.3, 0.0), (1.0, 0.0), (0.0, 0.3), (0.2, 0.2)]
)
def test_what_lasts_for_a_day_is_told_from_what_does_not(of_bins: float, of_days: float) -> None:
    rng = np.random.default_rng(1)
    found = [
        estimate_dispersion(draw(rng, of_bins, of_days), FIVE, lags=24, parameters=1)
        for _ in range(20)
    ]
    total = (1 + of_bins) * (1 + of_days) - 1
    lasting = [each.lasting * each.mean for each in found]
    assert np.mean([each.mean for each in found]) == pytest.approx(total, rel=0.15, abs=0.02)
    assert np.mean(lasting) == pytest.approx(of_days, rel=0.25, abs=0.06)
    if of_days:
        assert np.median([each.persistence for each in found]) >= 0.9


def test_few_counts_leave_the_dispersion_open() -> None:
    few = estimate_dispersion(
        np.array([1.0] + [0.0] * 14 + [1.0] + [0.0] * 14), np.full(30, 2 / 30), lags=2, parameters=1
    )
    assert few.weights.sum() == pytest.approx(1.0)
    assert few.weights @ (few.values > 0.5) > 0.2
    assert few.lasting == few.persistence == 0.0


def test_one_bin_cannot_tell_what_lasts() -> None:
    assert estimate_dispersion(np.array([9.0]), np.array([1.0]), lags=24, parameters=1).lasting == 0


def test_bins_that_do_not_count_change_nothing() -> None:
    observed = draw(np.random.default_rng(4), 0.3, 0.0)
    whole = estimate_dispersion(observed[:720], FIVE[:720], lags=24, parameters=5)
    padded = np.zeros(720)
    one = estimate_dispersion(
        np.append(observed[:720], padded), np.append(FIVE[:720], padded), lags=24, parameters=5
    )
    assert one.mean == pytest.approx(whole.mean)
    assert one.lasting == pytest.approx(whole.lasting)


def test_numbers_fitted_to_the_counts_give_back_what_they_took() -> None:
    observed = draw(np.random.default_rng(2), 0.3, 0.0)[:48]
    one, many = (
        estimate_dispersion(observed, FIVE[:48], lags=24, parameters=fitted) for fitted in (0, 12)
    )
    assert many.mean == pytest.approx(one.mean * 48 / 36)


def test_series_drawn_vary_as_much_and_for_as_long() -> None:
    rng = np.random.default_rng(3)
    dispersion = estimate_dispersion(draw(rng, 0.2, 0.2), FIVE, lags=24, parameters=1)
    drawn = dispersion.draw(rng, FIVE, 200)
    assert drawn.shape == (200, len(DAYS))
    assert drawn.mean() == pytest.approx(5.0, rel=0.05)
    assert (drawn.var() - 5.0) / 25.0 == pytest.approx(dispersion.mean, rel=0.2)
    sums = drawn[:, :240].sum(axis=1)
    assert sums.var() / sums.mean() == pytest.approx(dispersion.inflate(FIVE[:240]), rel=0.35)


def test_a_sum_varies_as_its_bins_do_where_nothing_lasts() -> None:
    dispersion = estimate_dispersion(np.full(40, 5.0), np.full(40, 5.0), lags=24, parameters=0)
    assert dispersion.lasting == 0.0
    assert dispersion.inflate(np.array([5.0, 0.0])) == pytest.approx(1 + 5 * dispersion.mean)
