"""Compile what the engine computes with, before anybody waits for it."""

from __future__ import annotations

import numpy as np

from spreekruimte.analysis.votes import VoteLog
from spreekruimte.verdicts.compute import judge_votes

# Enough for groups to be looked for and every kernel to be reached.
PEOPLE, STATEMENTS = 120, 12


def warm_kernels() -> None:
    """Judge a made-up conversation; what comes out is thrown away."""
    people, statements = np.meshgrid(np.arange(PEOPLE), np.arange(STATEMENTS), indexing="ij")
    # Two camps, who differ on every second statement.
    votes = np.where((people % 2 == 0) | (statements % 2 == 0), 1, -1)
    log = VoteLog()
    for person in range(PEOPLE):
        log.append(
            [f"person-{person}"] * STATEMENTS,
            [f"statement-{statement}" for statement in range(STATEMENTS)],
            votes[person].astype(np.int8),
            [person] * STATEMENTS,
        )
    judge_votes(log.to_matrix())
