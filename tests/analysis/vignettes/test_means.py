from pathlib import Path

import numpy as np
import pytest
from tests.analysis.vignettes.studies import (
    draw_answers,
    read_groups,
    read_immigration,
    read_table,
)

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.clustered import Estimates
from spreekruimte.analysis.vignettes.means import compare_means, estimate_means
from spreekruimte.analysis.vignettes.study import Answers


def require_published(answers: Answers, estimates: Estimates, table: Path) -> None:
    rows = {(row["feature"], row["level"]): row for row in read_table(table)}
    found = 0
    for place, levels in enumerate(estimates.levels):
        attribute = answers.attributes[int(np.argmax(levels))]
        row = rows.get((attribute.name, attribute.levels[levels.max()]))
        if row is not None:
            found += 1
            assert estimates.values[place] == pytest.approx(float(row["estimate"]), abs=1e-9)
            assert estimates.errors[place] == pytest.approx(float(row["std.error"]), abs=1e-9)
    assert found == len(rows)


def test_published_means_and_errors_are_reproduced(shared_data: Path) -> None:
    folder = shared_data / "stats" / "conjoint"
    answers = read_immigration(folder)
    require_published(answers, estimate_means(answers), folder / "cregg_mm.csv")


def test_published_differences_between_groups_are_reproduced(shared_data: Path) -> None:
    folder = shared_data / "stats" / "conjoint"
    answers = read_immigration(folder)
    (difference,) = compare_means(answers, read_groups(folder), ("little", "much"))
    require_published(answers, difference, folder / "cregg_mm_diffs_ethno.csv")


def test_a_group_without_respondents_is_refused_by_name() -> None:
    answers = draw_answers(1)
    with pytest.raises(InputError, match="No respondent is in the group b"):
        compare_means(answers, np.zeros(200, np.int64), ("a", "b"))


def test_a_group_of_one_is_refused_by_name() -> None:
    groups = np.zeros(200, np.int64)
    groups[0] = 1
    with pytest.raises(InputError, match="respondents of b; nothing can be said"):
        compare_means(draw_answers(1), groups, ("a", "b"))


def test_groups_have_one_number_per_respondent() -> None:
    with pytest.raises(ValueError, match="Each respondent"):
        compare_means(draw_answers(1), np.zeros(3, np.int64), ("a", "b"))
