"""Opinions alone: the votes that agree or disagree, on judged statements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.votes import PASS, VoteMatrix

FNV_OFFSET, FNV_PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
SAMPLE_OPINIONS = 65_536
SAMPLE_PER_STATEMENT = 150


@dataclass(frozen=True, slots=True, eq=False)
class OpinionSheets:
    """What each participant finds, one sheet per participant with at least one opinion.

    Passing is left out here, so that it can neither make groups nor change them.

    Attributes
    ----------
    rows
        Shape (sheets,): the row of each sheet in the vote matrix.
    indptr, columns, values
        Compressed rows: the statement and the opinion (1 or -1) of each entry.
    statement_count
        Number of columns, those without any opinion included.
    """

    rows: NDArray[np.int32]
    indptr: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.int8]
    statement_count: int

    @property
    def count(self) -> int:
        """Number of sheets."""
        return len(self.rows)

    @property
    def opinion_count(self) -> int:
        """Number of opinions on all sheets."""
        return len(self.values)

    def count_opinions(self) -> NDArray[np.int64]:
        """Count the opinions on each statement, shape (statements,)."""
        return np.bincount(self.columns, minlength=self.statement_count)

    def share_agreeing(self) -> NDArray[np.float64]:
        """Share that agrees among opinions per statement, one half added to either side."""
        agree = np.bincount(self.columns[self.values > 0], minlength=self.statement_count)
        return np.asarray((agree + 0.5) / (self.count_opinions() + 1.0))

    def select(self, keep: NDArray[np.bool_]) -> OpinionSheets:
        """Keep the sheets marked in `keep`, shape (sheets,)."""
        counts = np.diff(self.indptr)
        return self._with_opinions(np.repeat(keep, counts), keep)

    def select_opinions(self, keep: NDArray[np.bool_]) -> OpinionSheets:
        """Keep the opinions marked in `keep`, shape (opinions,), and every sheet, even if empty."""
        return self._with_opinions(keep, np.ones(self.count, dtype=np.bool_))

    def _with_opinions(
        self, opinions: NDArray[np.bool_], sheets: NDArray[np.bool_]
    ) -> OpinionSheets:
        ends = np.concatenate([[0], np.cumsum(opinions)])[self.indptr]
        counts = np.diff(ends)[sheets]
        return OpinionSheets(
            rows=self.rows[sheets],
            indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            columns=self.columns[opinions],
            values=self.values[opinions],
            statement_count=self.statement_count,
        )


def collect_opinions(matrix: VoteMatrix) -> OpinionSheets:
    """Take the opinions on judged statements out of `matrix`, in its order."""
    keep = (matrix.values != PASS) & matrix.judged[matrix.columns]
    ends = np.concatenate([[0], np.cumsum(keep)])[matrix.indptr]
    counts = np.diff(ends)
    given = counts > 0
    return OpinionSheets(
        rows=np.flatnonzero(given).astype(np.int32),
        indptr=np.concatenate([[0], np.cumsum(counts[given])]).astype(np.int64),
        columns=matrix.columns[keep],
        values=matrix.values[keep],
        statement_count=matrix.statement_count,
    )


def sample_sheets(sheets: OpinionSheets, ids: tuple[str, ...]) -> OpinionSheets:
    """Take a reference sample of whole sheets, by the hash of the participant's id.

    Structure is looked for in the sample, and everybody is then placed in it. The
    sample grows with the number of statements, not of participants, and is the whole
    of a conversation of ordinary size.
    """
    wanted = max(SAMPLE_OPINIONS, SAMPLE_PER_STATEMENT * sheets.statement_count)
    if sheets.opinion_count <= wanted:
        return sheets
    order = np.argsort(hash_ids(tuple(ids[row] for row in sheets.rows)), kind="stable")
    taken = order[np.cumsum(np.diff(sheets.indptr)[order]) <= wanted]
    keep = np.zeros(sheets.count, dtype=np.bool_)
    keep[taken] = True
    return sheets.select(keep)


def hash_ids(ids: tuple[str, ...]) -> NDArray[np.uint64]:
    """Hash each id (FNV-1a, then mixed), so that a draw of participants follows from their ids.

    A participant who joins or leaves changes nothing in the hashes of the others.
    """
    encoded = np.array([identifier.encode() for identifier in ids], dtype=np.bytes_)
    width = encoded.dtype.itemsize
    letters = encoded.view(np.uint8).reshape(len(ids), width)
    lengths = np.char.str_len(encoded)
    hashed = np.full(len(ids), FNV_OFFSET)
    for position in range(width):
        longer = np.flatnonzero(lengths > position)
        hashed[longer] = (hashed[longer] ^ letters[longer, position]) * FNV_PRIME
    hashed = (hashed ^ (hashed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashed = (hashed ^ (hashed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(hashed ^ (hashed >> np.uint64(31)))
