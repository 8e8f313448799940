"""The same votes are judged the same, in any order and on any number of threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.dense_votes import add_passers, replay_shuffled
from tests.verdicts.digest import digest
from tests.verdicts.planted import judged, planted

from spreekruimte.analysis.votes import VoteMatrix, read_votes
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.judgement import Judgement

__all__ = ["judged", "planted"]


@pytest.mark.parametrize("batches", [1, 15, 60, 240])
def test_the_same_votes_in_any_order_are_judged_the_same(
    planted: VoteMatrix, judged: Judgement, batches: int
) -> None:
    shuffled = replay_shuffled(planted, np.random.default_rng(batches), batches)
    assert digest(judge_votes(shuffled)) == digest(judged)


def test_one_vote_turned_round_is_seen_in_the_digest(
    planted: VoteMatrix, judged: Judgement
) -> None:
    values = planted.values.copy()
    values[np.flatnonzero(values == 1)[0]] = -1
    other = VoteMatrix(
        planted.participant_ids,
        planted.statements,
        planted.indptr,
        planted.columns,
        values,
        planted.arrival,
    )
    assert digest(judge_votes(other)) != digest(judged)


@pytest.mark.parametrize("share", [0.1, 0.3, 1.0])
def test_who_only_passes_is_counted_and_changes_nothing_else(
    planted: VoteMatrix, judged: Judgement, share: float
) -> None:
    crowded = judge_votes(add_passers(planted, share, np.random.default_rng(5)))
    assert sum(result.passed for result in crowded.results) > sum(
        result.passed for result in judged.results
    )
    for before, after in zip(judged.results, crowded.results, strict=True):
        assert after.by_group == before.by_group
        assert after.bridging == before.bridging
        assert (after.rank, after.outcome, after.flags) == (
            before.rank,
            before.outcome,
            before.flags,
        )
        assert after.intercept == before.intercept


def test_real_votes_in_any_order_are_judged_the_same(shared_data: Path) -> None:
    matrix = read_votes(shared_data / "polis" / "15-per-hour-seattle")
    found = judge_votes(matrix)
    assert found.groups.outcome == "groups"
    shuffled = replay_shuffled(matrix, np.random.default_rng(6), 15)
    assert digest(judge_votes(shuffled)) == digest(found)


JUDGE_AND_PRINT = """
import numpy as np
from benchmarks.generators import Shape, generate_groups
from spreekruimte.verdicts.compute import judge_votes
from tests.verdicts.digest import digest

votes = generate_groups(np.random.default_rng(7), Shape(1500, 120, 60_000))
print(digest(judge_votes(votes.matrix)))
"""


def test_the_number_of_threads_does_not_matter() -> None:
    root = Path(__file__).resolve().parents[2]
    digests = []
    for threads in ("1", "2"):
        limits = dict.fromkeys(
            ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), threads
        )
        environment = {**os.environ, **limits, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
        run = subprocess.run(
            [sys.executable, "-c", JUDGE_AND_PRINT],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.append(run.stdout.strip())
    assert len(digests[0]) == 64
    assert digests[0] == digests[1]
