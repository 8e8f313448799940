from pathlib import Path

import numpy as np
import pytest
from tests.analysis.vignettes.studies import (
    RESTRICTED,
    draw_answers,
    name_attributes,
    read_immigration,
    read_table,
)

from spreekruimte.analysis.vignettes.clustered import Pairs
from spreekruimte.analysis.vignettes.effects import estimate_effects, estimate_interactions
from spreekruimte.analysis.vignettes.study import make_answers


@pytest.mark.parametrize(
    ("table", "restricted"),
    [("cregg_amce_unconstrained.csv", ()), ("cregg_amce_constrained.csv", RESTRICTED)],
)
def test_published_effects_and_errors_are_reproduced(
    shared_data: Path, table: str, restricted: Pairs
) -> None:
    folder = shared_data / "stats" / "conjoint"
    answers = read_immigration(folder)
    published = {
        (row["feature"], row["level"]): (float(row["estimate"]), float(row["std.error"]))
        for row in read_table(folder / table)
        if row["std.error"] != "NA"
    }
    effects = estimate_effects(answers, restricted=restricted)
    assert len(effects.values) == len(published) == 41
    for levels, value, error in zip(effects.levels, effects.values, effects.errors, strict=True):
        attribute = answers.attributes[int(np.argmax(levels))]
        name = (attribute.name, attribute.levels[levels.max()])
        assert (value, error) == pytest.approx(published[name], abs=1e-9)


def test_an_effect_in_a_full_design_is_averaged_over_cells_with_equal_weights() -> None:
    answers = draw_answers(3, respondents=400, sizes=(3, 2))
    effects = estimate_effects(answers, restricted=[(0, 1)])
    cells = np.array(
        [
            [answers.outcomes[(answers.shown == (a, b)).all(axis=1)].mean() for b in range(2)]
            for a in range(3)
        ]
    )
    assert effects.levels.tolist() == [[1, -1], [2, -1], [-1, 1]]
    assert effects.values[:2] == pytest.approx((cells[1:] - cells[0]).mean(axis=1))
    assert effects.values[2] == pytest.approx((cells[:, 1] - cells[:, 0]).mean())


def test_an_interaction_is_the_difference_between_two_differences() -> None:
    answers = draw_answers(4, respondents=400, sizes=(2, 2))
    interactions = estimate_interactions(answers, [(0, 1)])
    cells = [
        [answers.outcomes[(answers.shown == (a, b)).all(axis=1)].mean() for b in range(2)]
        for a in range(2)
    ]
    assert interactions.levels.tolist() == [[1, 1]]
    assert interactions.values[0] == pytest.approx(
        cells[1][1] - cells[0][1] - cells[1][0] + cells[0][0]
    )


def test_an_interaction_without_all_its_cells_is_left_out() -> None:
    answers = draw_answers(5, respondents=400, sizes=(2, 4))
    allowed = ~((answers.shown[:, 0] == 0) & (answers.shown[:, 1] == 3))
    part = make_answers(
        name_attributes(2, 4),
        answers.shown[allowed],
        answers.outcomes[allowed],
        answers.respondents[allowed],
    )
    interactions = estimate_interactions(part, [(0, 1)])
    assert interactions.levels.tolist() == [[1, 1], [1, 2]]
