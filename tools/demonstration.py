"""Make the bundled conversation: simulated people of three minds about invented posts.

The posts stand in ``demonstration.csv``, with the share of each mind that agrees.

Nobody said any of this. The same seed gives the same votes.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts import Rules
from spreekruimte.analysis.votes import Statement, VoteLog, VoteMatrix
from spreekruimte.analysis.votes.replay import write_replay
from spreekruimte.verdicts.method import describe_method
from spreekruimte.verdicts.publication import Publication

TARGET = (
    Path(__file__).resolve().parents[1] / "src/spreekruimte/verdicts/demonstration/replay.jsonl.zst"
)
SEED = 20121204
POSTS = Path(__file__).with_suffix(".csv")
# Who wants much room, who looks at the function, and who wants neutral public servants.
PEOPLE = (230, 170, 110)
# Accounts that copy fourteen votes of somebody else and push one statement.
PUSHERS, COPIED, PUSHED = 36, 14, 8
PASSING = 0.09
# The newest posts, which few people saw.
NEWEST, SAW_NEWEST = (13, 25), 0.07


REMOVED = "Ambtenaren moeten gewoon aan het werk."


def read_posts() -> tuple[list[str], NDArray[np.float64]]:
    """Read the posts, and the share of each mind that agrees, of shape (minds, posts)."""
    with POSTS.open(encoding="utf-8", newline="") as file:
        _header, *rows = csv.reader(file)
    return [row[-1] for row in rows], np.array([row[:-1] for row in rows], dtype=np.float64).T


def make_votes() -> VoteMatrix:
    """Let everybody vote on some of the posts, and the pushers on one above all."""
    rng = np.random.default_rng(SEED)
    texts, shares = read_posts()
    minds = np.repeat(np.arange(len(PEOPLE)), PEOPLE)
    seen = rng.random((len(minds), len(texts))) < rng.uniform(0.35, 1.0, (len(minds), 1))
    seen[:, NEWEST] &= rng.random((len(minds), len(NEWEST))) < SAW_NEWEST
    agrees = rng.random(seen.shape) < shares[minds]
    votes = np.where(agrees, 1, -1) * (rng.random(seen.shape) >= PASSING)
    log = VoteLog()
    for person in range(len(minds)):
        _append(log, person, np.flatnonzero(seen[person]), votes[person])
    for pusher in range(PUSHERS):
        copied = int(rng.random() * len(minds))
        chosen = np.flatnonzero(seen[copied] & (np.arange(len(texts)) != PUSHED))
        chosen = np.sort(chosen[np.argsort(rng.random(len(chosen)))[:COPIED]])
        pushing = votes[copied].copy()
        pushing[PUSHED] = 1
        _append(log, len(minds) + pusher, np.append(chosen, PUSHED), pushing)
    removed = len(texts) + 1
    _append(log, 0, np.array([removed - 1]), np.full(removed, -1))
    statements = [Statement(str(place), text) for place, text in enumerate(texts, start=1)]
    return log.to_matrix(statements=[*statements, Statement(str(removed), REMOVED, judged=False)])


def _append(
    log: VoteLog, person: int, columns: NDArray[np.int64], votes: NDArray[np.int64]
) -> None:
    ids = [str(column + 1) for column in columns.tolist()]
    log.append(
        [str(person + 1)] * len(ids), ids, votes[columns].astype(np.int8), [person] * len(ids)
    )


def main() -> None:
    """Write the replay file of the bundled conversation."""
    publication = Publication(simulated=True)
    write_replay(
        make_votes(),
        TARGET,
        method=describe_method(Rules()),
        settings=publication.to_settings(),
    )


if __name__ == "__main__":
    main()
