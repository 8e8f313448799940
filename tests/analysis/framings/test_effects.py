import numpy as np
import pytest

from spreekruimte.analysis.framings import (
    Cells,
    Framing,
    Side,
    Support,
    measure_framing_effects,
    measure_mirror_gap,
)

STEPS = ("function", "distance", "context", "weight_of_context", "pull_of_fuss")


def fill(share: np.ndarray) -> Cells:
    """Give each arm of each group 100 opinions, and 10 people without one."""
    agree = np.round(100 * np.broadcast_to(share, (2, 5, 2))).astype(np.int64)
    counts = np.stack([100 - agree, np.full_like(agree, 10), agree], axis=-1)
    return Cells(np.concatenate([counts, np.zeros_like(counts[:1])]))


def test_each_step_is_found_overall_and_per_group() -> None:
    strength = np.array([1.0, -1.0])[:, None]
    share = 0.5 + strength * np.array([0.0, 0.1, 0.15, 0.3, 0.2]) * np.ones((2, 1))
    effects = measure_framing_effects(fill(share[..., None]), 0.95)
    for name, step in zip(STEPS, (0.1, 0.05, 0.15, 0.3, -0.1), strict=True):
        value = getattr(effects, name).value
        np.testing.assert_allclose(value, [0.0, step, -step], atol=1e-12)
    assert effects.weight_of_context.excludes_zero.tolist() == [False, True, True]


def test_the_mirror_gap_is_what_the_turned_direction_has_more() -> None:
    share = np.array([[0.5, 0.8], [0.5, 0.3]])[:, None, :]
    gap = measure_mirror_gap(fill(share), 0.95)
    np.testing.assert_allclose(gap.value, [0.05, 0.3, -0.2], atol=1e-12)
    assert gap.excludes_zero.tolist() == [False, True, True]


def test_a_difference_between_the_sides_is_not_taken_for_an_effect_of_framings() -> None:
    """Who saw the bare post mostly saw the mirror, who saw the context mostly the post."""
    counts = np.zeros((1, 5, 2, 3), dtype=np.int64)
    for framing, side, people in (
        (Framing.BARE, Side.POST, 100),
        (Framing.BARE, Side.MIRROR, 400),
        (Framing.CONTEXT, Side.POST, 400),
        (Framing.CONTEXT, Side.MIRROR, 100),
    ):
        agree = people * (8 if side is Side.POST else 2) // 10
        counts[0, framing, side] = (people - agree, 0, agree)
    effects = measure_framing_effects(Cells(counts), 0.95)
    assert effects.weight_of_context.value[0] == pytest.approx(0.0, abs=1e-12)
    assert effects.function.support[0] == Support.NO_OPINIONS


def test_one_respondent_makes_no_figure() -> None:
    counts = np.zeros((3, 5, 2, 3), dtype=np.int64)
    counts[0, Framing.CONTEXT, Side.POST, 2] = 1
    effects = measure_framing_effects(Cells(counts), 0.95)
    for estimates in (
        *(getattr(effects, name) for name in STEPS),
        measure_mirror_gap(Cells(counts), 0.95),
    ):
        assert estimates.value.shape == (3,)
        assert np.isnan(estimates.value).all()
        assert (estimates.support == Support.NO_OPINIONS).all()


def test_those_without_a_group_count_in_the_whole_alone() -> None:
    cells = fill(np.array(0.5))
    counts = cells.counts.copy()
    counts[-1, :, Side.MIRROR, 2] = counts[-1, :, Side.POST, 0] = 100
    before, after = (measure_mirror_gap(each, 0.95) for each in (cells, Cells(counts)))
    assert before.value[0] == 0.0
    assert after.value[0] == pytest.approx(200 / (2 * 220 + 200))
    np.testing.assert_array_equal(after.low[1:], before.low[1:])
