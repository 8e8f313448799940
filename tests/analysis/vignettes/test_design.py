import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.vignettes.studies import name_attributes

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.design import draw_design

NOTHING = np.zeros((0, 3), dtype=np.int64)


def test_a_small_full_design_is_perfect() -> None:
    design = draw_design(name_attributes(2, 2, 2), NOTHING, blocks=4, per_respondent=2, seed=1)
    assert design.efficiency == pytest.approx(1.0)
    assert design.blocks.shape == (4, 2, 3)
    for place in range(3):
        assert np.bincount(design.blocks[:, :, place].ravel()).tolist() == [4, 4]


def test_the_same_seed_gives_the_same_design_and_another_another() -> None:
    one, same, other = (
        draw_design(name_attributes(3, 2, 4), NOTHING, blocks=6, per_respondent=4, seed=seed)
        for seed in (1, 1, 2)
    )
    assert np.array_equal(one.blocks, same.blocks)
    assert not np.array_equal(one.blocks, other.blocks)


@given(st.lists(st.tuples(*(st.integers(0, size - 1) for size in (3, 2, 4))), max_size=3))
@settings(max_examples=20, deadline=None)
def test_what_is_forbidden_is_never_shown(rules: list[tuple[int, ...]]) -> None:
    forbidden = np.array(rules, dtype=np.int64).reshape(-1, 3)
    design = draw_design(name_attributes(3, 2, 4), forbidden, blocks=6, per_respondent=4, seed=1)
    vignettes = design.blocks.reshape(-1, 3)
    assert not (vignettes[:, None] == forbidden).all(axis=2).any()
    assert 0.7 < design.efficiency <= 1.0


def test_restrictions_cost_efficiency() -> None:
    forbidden = np.array([[0, 0, -1], [1, 1, -1]])
    free, tied = (
        draw_design(name_attributes(3, 2, 4), rules, blocks=6, per_respondent=4, seed=1)
        for rules in (NOTHING, forbidden)
    )
    assert tied.efficiency < free.efficiency


@pytest.mark.parametrize(
    ("sizes", "forbidden", "sentence"),
    [
        ((), [], "needs an attribute"),
        ((2, 1, 2), [], "attribute 1 needs two levels"),
        ((2, 2, 2), [[0, -1, -1], [1, -1, -1]], "leave no vignette to show"),
        ((2, 2, 2), [[-1, 1, -1]], "no vignette with level 1 of attribute 1"),
        ((2, 2, 9), [], "8 vignettes are too few for these attributes; 11"),
        ((2, 2, 2), [[0, 1, -1], [1, 0, -1]], "effects cannot be told apart"),
    ],
)
def test_an_impossible_design_is_refused(
    sizes: tuple[int, ...], forbidden: list[list[int]], sentence: str
) -> None:
    rules = np.array(forbidden, dtype=np.int64).reshape(-1, 3)
    with pytest.raises(InputError, match=sentence):
        draw_design(name_attributes(*sizes), rules, blocks=4, per_respondent=2, seed=1)


def test_a_design_of_which_hardly_a_combination_is_left_is_refused() -> None:
    unlike = [(a, b) for a in range(10) for b in range(10) if a != b]
    rules = np.full((3 * len(unlike), 4), -1)
    for place in range(3):
        rules[place * len(unlike) : (place + 1) * len(unlike), place : place + 2] = unlike
    with pytest.raises(InputError, match="hardly a combination is left"):
        draw_design(name_attributes(10, 10, 10, 10), rules, blocks=10, per_respondent=6, seed=1)
