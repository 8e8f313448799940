"""Our engine, from votes to verdicts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.generators import Shape, build_matrix, generate_groups, generate_structureless
from benchmarks.measuring import Arrays
from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.verdicts.compute import judge_votes


class Engine:
    """Judges: groups, agreement across them, second opinion, intervals, outcomes, costs."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        """Judge two small conversations, with and without groups, so that all is compiled."""
        del settings
        rng = np.random.default_rng(5)
        shape = Shape(400, 40, 8_000)
        judge_votes(generate_groups(rng, shape, separation=2.0).matrix)
        judge_votes(generate_structureless(rng, shape).matrix)

    def load(self, arrays: Arrays) -> VoteMatrix:
        """Build the matrix of votes."""
        return build_matrix(
            arrays["indptr"],
            arrays["columns"],
            arrays["values"],
            arrays["arrival"],
            int(arrays["statement_count"]),
        )

    def run(self, data: VoteMatrix) -> Arrays:
        """Judge."""
        judgement = judge_votes(data)
        return {
            "labels": judgement.groups.labels,
            "p_value": np.array(judgement.groups.p_value),
            "ranks": np.array([result.rank for result in judgement.results]),
        }
