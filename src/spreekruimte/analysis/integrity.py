"""Signs that a statement's votes were brought in for it alone."""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

from spreekruimte.analysis.opinions.sheets import OpinionSheets, hash_ids

FEWEST_OTHER_OPINIONS = 8
LOOKS = 20_000
FIRST_LOOK = 10
SECOND_LOOK = 1_000
REASON_TO_LOOK_ON = 2
USUAL_COPIES = 0.01
OVERDISPERSION = 1.1
FALSE_ALARM = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class CopyCounts:
    """Copies found per statement; the first row for who agrees, the second for who disagrees.

    Attributes
    ----------
    examined
        Shape (2, statements): accounts looked at.
    copies
        Shape (2, statements): of those, the ones whose other opinions all stand on the
        sheet of one other account.
    """

    examined: NDArray[np.int64]
    copies: NDArray[np.int64]


def find_pushed(sheets: OpinionSheets, ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """Find the statements that look pushed by accounts that copy others, shape (statements,).

    Accounts made to push a statement look real by copying opinions of somebody real;
    apart from that statement, they are contained in another account. Real participants
    are so too now and then, but equally often on every statement. A statement is
    pushed where copies among its supporters, or its opponents, exceed
    `OVERDISPERSION` times their share on all other statements plus `USUAL_COPIES`, by
    a binomial test at `FALSE_ALARM` divided by the number of tests.

    Parameters
    ----------
    sheets
        The opinions.
    ids
        The ids of all participants, which decide who is looked at where not everybody is.
    """
    if sheets.opinion_count == 0:
        return np.zeros(sheets.statement_count, dtype=np.bool_)
    counts = count_copies(sheets, ids)
    copies_elsewhere = counts.copies.sum() - counts.copies.sum(axis=0)
    examined_elsewhere = counts.examined.sum() - counts.examined.sum(axis=0)
    usual = OVERDISPERSION * copies_elsewhere / np.maximum(examined_elsewhere, 1) + USUAL_COPIES
    p_values = bdtrc(counts.copies - 1, counts.examined, np.minimum(usual, 1.0))
    pushed = p_values < FALSE_ALARM / (2 * sheets.statement_count)
    return np.asarray(pushed.any(axis=0))


def count_copies(sheets: OpinionSheets, ids: tuple[str, ...]) -> CopyCounts:
    """Count the accounts on each statement that are copies but for that statement.

    About `LOOKS` accounts are looked at, spread over the statements and sides, at
    least `FIRST_LOOK` on each, by the hash of their id; up to `SECOND_LOOK` where the
    first ones give reason to. An account is compared only with those that share its
    two rarest opinions, so the cost grows in proportion to the number of votes.
    """
    order = np.argsort(hash_ids(tuple(ids[row] for row in sheets.rows)), kind="stable")
    indptr, columns, values = _reorder(sheets.indptr, sheets.columns, sheets.values, order)
    starts, voters, agreeing = _list_voters(indptr, columns, values, sheets.statement_count)
    first_look = max(FIRST_LOOK, LOOKS // (2 * sheets.statement_count))
    examined, copies = _count_copies(
        indptr,
        columns,
        values,
        starts,
        voters,
        agreeing,
        np.array([first_look, SECOND_LOOK, REASON_TO_LOOK_ON, FEWEST_OTHER_OPINIONS]),
    )
    return CopyCounts(examined, copies)


@numba.njit(cache=True, nogil=True)
def _reorder(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    order: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int8]]:
    """Put the rows of a sparse matrix in `order`."""
    new_indptr = np.zeros_like(indptr)
    new_columns = np.empty_like(columns)
    new_values = np.empty_like(values)
    filled = 0
    for row in range(len(order)):
        for at in range(indptr[order[row]], indptr[order[row] + 1]):
            new_columns[filled] = columns[at]
            new_values[filled] = values[at]
            filled += 1
        new_indptr[row + 1] = filled
    return new_indptr, new_columns, new_values


@numba.njit(cache=True, nogil=True)
def _list_voters(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    statement_count: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """List the voters per statement in order, who agrees before who disagrees.

    Gives where each statement's list begins, the voters, and how many of each agree.
    """
    agreeing = np.zeros(statement_count, dtype=np.int64)
    starts = np.zeros(statement_count + 1, dtype=np.int64)
    for at in range(len(columns)):
        starts[columns[at] + 1] += 1
        if values[at] > 0:
            agreeing[columns[at]] += 1
    starts = np.cumsum(starts)
    yes = starts[:-1].copy()
    no = starts[:-1] + agreeing
    voters = np.empty(len(columns), dtype=np.int32)
    for row in range(len(indptr) - 1):
        for at in range(indptr[row], indptr[row + 1]):
            column = columns[at]
            if values[at] > 0:
                voters[yes[column]] = row
                yes[column] += 1
            else:
                voters[no[column]] = row
                no[column] += 1
    return starts, voters, agreeing


@numba.njit(cache=True, nogil=True)
def _count_copies(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    starts: NDArray[np.int64],
    voters: NDArray[np.int32],
    agreeing: NDArray[np.int64],
    looks: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first_look, second_look, reason, fewest = looks
    statement_count = len(agreeing)
    examined = np.zeros((2, statement_count), dtype=np.int64)
    copies = np.zeros((2, statement_count), dtype=np.int64)
    for statement in range(statement_count):
        middle = starts[statement] + agreeing[statement]
        for side in range(2):
            begin = starts[statement] if side == 0 else middle
            end = middle if side == 0 else starts[statement + 1]
            for at in range(begin, end):
                seen = examined[side, statement]
                if seen >= second_look or (seen >= first_look and copies[side, statement] < reason):
                    break
                account = voters[at]
                if indptr[account + 1] - indptr[account] <= fewest:
                    continue
                examined[side, statement] += 1
                if _is_copy(indptr, columns, values, starts, voters, agreeing, account, statement):
                    copies[side, statement] += 1
    return examined, copies


@numba.njit(cache=True, nogil=True)
def _is_copy(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    starts: NDArray[np.int64],
    voters: NDArray[np.int32],
    agreeing: NDArray[np.int64],
    account: int,
    statement: int,
) -> bool:
    """Tell whether another account has all of this one's opinions, the statement left out."""
    rare, rare_end, next_rare, next_end = _list_sharers(
        indptr, columns, values, starts, agreeing, account, statement
    )
    while rare < rare_end and next_rare < next_end:
        other = voters[rare]
        if other < voters[next_rare]:
            rare += 1
        elif other > voters[next_rare]:
            next_rare += 1
        else:
            rare += 1
            next_rare += 1
            if other != account and _contains(indptr, columns, values, account, other, statement):
                return True
    return False


@numba.njit(cache=True, nogil=True)
def _list_sharers(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    starts: NDArray[np.int64],
    agreeing: NDArray[np.int64],
    account: int,
    statement: int,
) -> tuple[int, int, int, int]:
    """Give the parts of the list of voters that share the account's two rarest other opinions."""
    begin, end, next_begin, next_end = 0, np.iinfo(np.int64).max, 0, np.iinfo(np.int64).max
    for at in range(indptr[account], indptr[account + 1]):
        column = columns[at]
        if column == statement:
            continue
        middle = starts[column] + agreeing[column]
        first = starts[column] if values[at] > 0 else middle
        last = middle if values[at] > 0 else starts[column + 1]
        if last - first < end - begin:
            next_begin, next_end = begin, end
            begin, end = first, last
        elif last - first < next_end - next_begin:
            next_begin, next_end = first, last
    return begin, end, next_begin, next_end


@numba.njit(cache=True, nogil=True)
def _contains(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    account: int,
    other: int,
    statement: int,
) -> bool:
    """Tell whether the other account has all of the account's opinions but the one left out."""
    for at in range(indptr[account], indptr[account + 1]):
        if columns[at] != statement and values[at] != _find_opinion(
            indptr, columns, values, other, columns[at]
        ):
            return False
    return True


@numba.njit(cache=True, nogil=True)
def _find_opinion(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    account: int,
    column: int,
) -> int:
    """Look up an account's opinion on a statement: 1, -1, or 0 for none."""
    low, high = indptr[account], indptr[account + 1]
    while low < high:
        middle = (low + high) // 2
        if columns[middle] < column:
            low = middle + 1
        else:
            high = middle
    if low < indptr[account + 1] and columns[low] == column:
        return int(values[low])
    return 0
