"""Votes of groups that are known, and what is judged of them."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.generators import Shape, generate_groups

from spreekruimte.analysis.votes import Statement, VoteMatrix
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.judgement import Judgement


@pytest.fixture(scope="module")
def planted() -> VoteMatrix:
    """Three groups; three of the forty statements were taken out by moderation."""
    drawn = generate_groups(np.random.default_rng(1), Shape(300, 40, 6000), separation=2.0)
    matrix = drawn.matrix
    statements = tuple(
        Statement(each.id, f"Statement {each.id}", judged=int(each.id) not in (3, 17, 39))
        for each in matrix.statements
    )
    return VoteMatrix(
        matrix.participant_ids,
        statements,
        matrix.indptr,
        matrix.columns,
        matrix.values,
        matrix.arrival,
    )


@pytest.fixture(scope="module")
def judged(planted: VoteMatrix) -> Judgement:
    return judge_votes(planted)
