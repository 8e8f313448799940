import numpy as np
import pytest

from spreekruimte.analysis.verdicts import Rules, make_thresholds
from spreekruimte.analysis.verdicts.silencing import end_division, survey_terrain

MOST = 60


@pytest.mark.parametrize(
    "rules",
    [
        Rules(anytime_level=0.05, near_half=0.3, min_opinions=3),
        Rules(anytime_level=0.5, near_half=0.25, min_opinions=9),
        Rules(anytime_level=0.2, near_half=0.49, min_opinions=1),
        Rules(),
    ],
)
def test_without_groups_the_whole_goes_to_the_nearest_place_that_is_not_near_or_against(
    rules: Rules,
) -> None:
    thresholds = make_thresholds(2 * MOST, rules)
    terrain = survey_terrain(thresholds)
    agree, disagree = np.mgrid[0 : 2 * MOST, 0 : 2 * MOST]
    fits = agree + disagree <= 2 * MOST
    agree, disagree = agree[fits], disagree[fits]
    n = agree + disagree
    near = np.minimum(agree, disagree) >= thresholds.near_from[n]
    free = ~near & (disagree < thresholds.whole_for[n])
    nobody = np.zeros(0, dtype=np.int64)
    for yes in range(0, MOST // 2, 3):
        for no in range(0, MOST // 2, 2):
            distance = np.abs(agree[free] - yes) + np.abs(disagree[free] - no)
            fewest = end_division(yes + no, yes - no, nobody, nobody, terrain, 2 * MOST)
            assert fewest == distance.min()


def test_what_takes_as_many_as_the_bound_is_given_up() -> None:
    terrain = survey_terrain(make_thresholds(400, Rules()))
    nobody, group = np.zeros(0, dtype=np.int64), np.array([60], dtype=np.int64)
    assert end_division(100, -60, nobody, nobody, terrain, 5) == 5
    assert end_division(100, 0, group, -group, terrain, 7) == 7
    assert end_division(100, 0, group, -group, terrain, 200) < 60


def test_a_group_is_emptied_where_that_is_cheaper_than_outvoting_it() -> None:
    terrain = survey_terrain(make_thresholds(400, Rules()))
    size, surplus = np.array([20], dtype=np.int64), np.array([-20], dtype=np.int64)
    assert end_division(100, 0, size, surplus, terrain, 400) == 1
    large = np.array([40], dtype=np.int64)
    outvoted = end_division(200, 0, large, -large, terrain, 400)
    assert 1 < outvoted < 21
