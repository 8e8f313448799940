from dataclasses import replace

import numpy as np
import pytest

from spreekruimte.demonstration.guideline_truths import (
    guideline_truth,
    mandates_truth,
    survey_truth,
    voices_truth,
)
from spreekruimte.demonstration.truths import truths
from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.mandates.cells import read_cells


def test_no_line_goes_below_the_rights_floor() -> None:
    truth = guideline_truth()
    assert not any(find_grounds(line) for line in (*truth.first, *truth.changed, *truth.added))
    assert {line.name for line in truth.changed} <= {line.name for line in truth.first}
    assert set(truth.removed) <= {line.name for line in truth.first}


def test_public_servants_are_silent_as_it_is_true_and_answers_of_one_hang_together() -> None:
    truth = replace(survey_truth(), people=100_000)
    drawn = truth.draw_silence()
    shares = (drawn == 1).sum(axis=0) / (drawn != 0).sum(axis=0)
    assert shares == pytest.approx(list(truth.silent.values()), abs=0.01)
    assert np.asarray(np.corrcoef(drawn.T))[0, 1] > 0.1
    assert (drawn == truth.draw_silence()).all()


def test_chill_counts_only_where_more_than_half_finds_it_admissible() -> None:
    truth = survey_truth()
    admissible = [each.entry for each in truths() if each.true_shares()[0] > 0.5]
    assert "SY-3" not in admissible
    assert truth.true_chill({"SY-1", "SY-3"}) == truth.silent["SY-1"]


def test_citizens_answer_about_voices_as_it_is_true() -> None:
    truth = replace(voices_truth(), people=100_000)
    answers = np.array(truth.draw_answers())
    known = answers[answers != "unknown"]
    for answer, share in truth.shares.items():
        assert (known == answer).mean() == pytest.approx(share, abs=0.01)
    assert 0.0 < (answers == "unknown").mean() < 0.1


def test_mandates_are_of_roles_and_topics_that_there_are() -> None:
    assert len(read_cells(mandates_truth().cells)) == 25
