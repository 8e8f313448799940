from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from spreekruimte.analysis.votes import Statement, VoteLog, VoteMatrix, read_votes

Build = Callable[..., VoteMatrix]


@pytest.fixture(scope="session")
def build() -> Build:
    """Build a matrix from rows of votes: ``+`` agree, ``-`` disagree, ``0`` pass, ``.`` not seen.

    Participants are named 0, 1, ... and arrive in that order.
    """

    def build_from(
        rows: Sequence[str],
        *,
        removed: Sequence[int] = (),
        groups: Sequence[int] | None = None,
    ) -> VoteMatrix:
        votes = [
            (str(row), str(column), {"+": 1, "-": -1, "0": 0}[sign], row)
            for row, signs in enumerate(rows)
            for column, sign in enumerate(signs)
            if sign != "."
        ]
        log = VoteLog()
        log.append(*zip(*votes, strict=True))
        return log.to_matrix(
            statements=[
                Statement(str(column), judged=column not in removed)
                for column in range(len(rows[0]))
            ],
            given_groups=None
            if groups is None
            else {str(row): group for row, group in enumerate(groups)},
        )

    return build_from


@pytest.fixture(scope="session")
def camps() -> VoteMatrix:
    """Sixty participants in two camps that mostly disagree on twenty statements."""
    chance = np.random.default_rng(7)
    camp = np.arange(60) % 2
    opinion = np.where(camp[:, np.newaxis] == 0, 1, -1) * np.where(np.arange(20) < 14, 1, -1)
    opinion = np.where(chance.random(opinion.shape) < 0.15, -opinion, opinion)
    opinion = np.where(chance.random(opinion.shape) < 0.1, 0, opinion)
    seen = chance.random(opinion.shape) < 0.7
    rows, columns = np.nonzero(seen)
    log = VoteLog()
    log.append(
        [str(row) for row in rows],
        [str(column) for column in columns],
        opinion[rows, columns].tolist(),
        rows.tolist(),
    )
    return log.to_matrix()


@pytest.fixture(
    scope="session",
    params=[
        "15-per-hour-seattle",
        "brexit-consensus",
        "football-concussions",
        "london.youth.policing",
        "vtaiwan.uberx",
    ],
)
def conversation(request: pytest.FixtureRequest, shared_data: Path) -> tuple[str, VoteMatrix]:
    """A real conversation with the groups that Polis itself reported."""
    name = str(request.param)
    return name, read_votes(shared_data / "polis" / name)
