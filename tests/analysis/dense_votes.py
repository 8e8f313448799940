"""Small conversations as tables in full, to compute plainly what the engine computes sparsely."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from spreekruimte.analysis.opinions.sheets import OpinionSheets, collect_opinions
from spreekruimte.analysis.votes import PASS, Statement, VoteLog, VoteMatrix

UNSEEN = 9

Table = NDArray[np.int8]
"""Participants x statements: 1 agree, 0 pass, -1 disagree, 9 not seen."""


def vote_tables(
    *,
    people: tuple[int, int] = (1, 12),
    statements: tuple[int, int] = (1, 8),
    votes: Sequence[int] = (1, 1, -1, 0, UNSEEN),
) -> st.SearchStrategy[Table]:
    """Any table of votes of a size between the two of each pair."""
    shapes = st.tuples(st.integers(*people), st.integers(*statements))
    return shapes.flatmap(
        lambda shape: arrays(np.int8, shape, elements=st.sampled_from(tuple(votes)))
    )


def draw_table(
    rng: np.random.Generator,
    rates: NDArray[np.float64],
    *,
    seen: float | NDArray[np.float64] = 1.0,
) -> Table:
    """Draw an opinion at each rate of agreement, shape (participants, statements).

    `seen` is the chance to see a statement, for all or of a shape that fits.
    """
    opinions = np.where(rng.random(rates.shape) < rates, 1, -1)
    return np.where(rng.random(rates.shape) < seen, opinions, UNSEEN).astype(np.int8)


def to_matrix(
    table: Table, *, removed: Sequence[int] = (), ids: Sequence[str] | None = None
) -> VoteMatrix:
    """Build the matrix; who saw nothing is no participant. Ids are by default the numbers."""
    names = ids or [str(row) for row in range(len(table))]
    rows, columns = np.nonzero(table != UNSEEN)
    log = VoteLog()
    log.append(
        [names[row] for row in rows.tolist()],
        [str(column) for column in columns.tolist()],
        table[rows, columns],
        rows,
    )
    return log.to_matrix(
        statements=[
            Statement(str(column), judged=column not in removed) for column in range(table.shape[1])
        ]
    )


def to_table(matrix: VoteMatrix) -> Table:
    """Write a matrix out in full."""
    table = np.full((matrix.participant_count, matrix.statement_count), UNSEEN, dtype=np.int8)
    table[matrix.rows, matrix.columns] = matrix.values
    return table


def to_sheets(table: Table) -> OpinionSheets:
    """Build the sheets of opinions."""
    return collect_opinions(to_matrix(table))


def to_opinions(sheets: OpinionSheets) -> Table:
    """Write sheets out in full: 1, -1, or 0 for no opinion; shape (sheets, statements)."""
    table = np.zeros((sheets.count, sheets.statement_count), dtype=np.int8)
    table[np.repeat(np.arange(sheets.count), np.diff(sheets.indptr)), sheets.columns] = (
        sheets.values
    )
    return table


def add_passers(matrix: VoteMatrix, share: float, rng: np.random.Generator) -> VoteMatrix:
    """Add `share` times as many participants, who only pass, each on up to ten statements.

    Ids that are numbers get theirs in between: 07 stands before 7.
    """
    rows, columns, votes, times = list_votes(matrix)
    count = matrix.participant_count
    for number in rng.permutation(count)[: round(share * count)]:
        name = f"0{number}"
        seen = rng.choice(matrix.statement_count, min(10, matrix.statement_count), replace=False)
        rows += [name] * len(seen)
        columns += [matrix.statements[column].id for column in seen]
        votes += [PASS] * len(seen)
        times += rng.integers(0, 10**6, len(seen)).tolist()
    log = VoteLog()
    log.append(rows, columns, votes, times)
    return log.to_matrix(statements=matrix.statements)


def replay_shuffled(matrix: VoteMatrix, rng: np.random.Generator, batches: int) -> VoteMatrix:
    """Collect the same votes anew: in another order, in batches, statements shuffled too."""
    rows, columns, votes, times = list_votes(matrix)
    log = VoteLog()
    for part in np.array_split(rng.permutation(len(votes)), batches):
        log.append(
            [rows[at] for at in part],
            [columns[at] for at in part],
            [votes[at] for at in part],
            [times[at] for at in part],
        )
    statements = [matrix.statements[at] for at in rng.permutation(matrix.statement_count)]
    return log.to_matrix(statements=statements)


def list_votes(matrix: VoteMatrix) -> tuple[list[str], list[str], list[int], list[int]]:
    """List participant, statement, vote and time of all votes."""
    return (
        [matrix.participant_ids[row] for row in matrix.rows],
        [matrix.statements[column].id for column in matrix.columns],
        matrix.values.tolist(),
        matrix.arrival[matrix.rows].tolist(),
    )
