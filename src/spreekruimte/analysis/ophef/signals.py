"""The signals of one incident: what came in, when, from whom and with how much reach."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spreekruimte.analysis.errors import InputError

UNKNOWN = -1
"""The code of an author or an outlet, and of `Signals.outside`, that is not known."""


class Kind(IntEnum):
    """What a signal is."""

    MEDIA_ITEM = 0
    CALL = 1
    EMAIL = 2
    LETTER = 3
    MENTION = 4
    QUESTION = 5
    STATEMENT = 6
    COMPLAINT = 7
    THREAT = 8
    STAFF_HOURS = 9


class Direction(IntEnum):
    """Whether a signal is against the post of the public servant or defends it."""

    AGAINST = -1
    NEITHER = 0
    DEFENCE = 1
    UNKNOWN = 2


_NARROW = ("kinds", "direction", "outside", "employers", "amounts")


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """The signals of one incident in their canonical order; made by `make_signals`.

    Attributes
    ----------
    times
        Seconds on one clock whose hours and days count, rising: local wall-clock seconds, counted
        from a midnight. Float64, shape (signals,), as are all others.
    kinds
        Codes of `Kind`, int8.
    authors, outlets
        Codes from 0, int64; `UNKNOWN` where not known.
    reach
        How many people it may have reached, from 0, float64; NaN where not known.
    direction
        Codes of `Direction`, int8.
    outside
        1 from outside the jurisdiction, 0 from inside, `UNKNOWN` where not known, int8.
    employers
        Whether it is the employer's own, such as its press release, bool.
    amounts
        Hours for `Kind.STAFF_HOURS`, 1 for any other, float64.
    """

    times: NDArray[np.float64]
    kinds: NDArray[np.int8]
    authors: NDArray[np.int64]
    outlets: NDArray[np.int64]
    reach: NDArray[np.float64]
    direction: NDArray[np.int8]
    outside: NDArray[np.int8]
    employers: NDArray[np.bool_]
    amounts: NDArray[np.float64]

    def __len__(self) -> int:
        """Give the number of signals."""
        return len(self.times)

    @property
    def is_fuss(self) -> NDArray[np.bool_]:
        """Which came from others: all but the employer's own signals and the hours of its staff."""
        return np.asarray(~self.employers & (self.kinds != Kind.STAFF_HOURS))


def make_signals(
    times: ArrayLike,
    kinds: ArrayLike,
    *,
    authors: ArrayLike = UNKNOWN,
    outlets: ArrayLike = UNKNOWN,
    reach: ArrayLike = np.nan,
    direction: ArrayLike = Direction.UNKNOWN,
    outside: ArrayLike = UNKNOWN,
    employers: ArrayLike = False,
    amounts: ArrayLike = 1.0,
) -> Signals:
    """Check signals and bring them into their canonical order.

    The order is that of the times, and among equal times that of author, outlet, reach and the
    rest, so whatever order the rows come in, the result is the same bit for bit.

    Parameters
    ----------
    times, kinds, authors, outlets, reach, direction, outside, employers, amounts
        As in `Signals`, in any order; one value stands for all signals.

    Raises
    ------
    InputError
        If a column has another length than the times or a value outside its range.
    """
    moments = np.atleast_1d(np.asarray(times, dtype=np.float64))
    if not np.isfinite(moments).all():
        raise InputError("The time of a signal is missing.")
    shape = moments.shape
    signals = Signals(
        times=moments,
        kinds=_take("kinds", kinds, shape, (min(Kind), max(Kind))).astype(np.int8),
        authors=_take("authors", authors, shape, (UNKNOWN, None)).astype(np.int64),
        outlets=_take("outlets", outlets, shape, (UNKNOWN, None)).astype(np.int64),
        reach=_take("reach", reach, shape, (0, None)).astype(np.float64),
        direction=_take("direction", direction, shape, (-1, 2)).astype(np.int8),
        outside=_take("outside", outside, shape, (UNKNOWN, 1)).astype(np.int8),
        employers=_take("employers", employers, shape, (0, 1)).astype(np.bool_),
        amounts=_take("amounts", amounts, shape, (0, None)).astype(np.float64),
    )
    if np.isnan(signals.amounts).any():
        raise InputError("The amount of a signal is missing.")
    return _sort(signals)


def _take(
    name: str, values: ArrayLike, shape: tuple[int, ...], span: tuple[int, int | None]
) -> NDArray[Any]:
    column = np.asarray(values)
    if column.shape not in ((), shape):
        raise InputError("The {name} of signals do not have the length of the times.", name=name)
    low, high = span
    # An empty column is within any span, and what is not known is not compared.
    if (column < low).any() or (high is not None and (column > high).any()):
        raise InputError("A value of the {name} of signals is out of its range.", name=name)
    return np.broadcast_to(column, shape)


def _sort(signals: Signals) -> Signals:
    """Sort by time, and only the rows that are alike so far by one column more, and so on."""
    order = np.argsort(signals.times)
    places = np.arange(len(order))
    is_first = _begins(signals.times[order])
    # Those that tell most rows apart come first, so that few are left for the others.
    for name in ("authors", "outlets", "reach", *_NARROW):
        is_tied = ~is_first | ~np.append(is_first[1:], True)
        places, runs = places[is_tied], np.cumsum(is_first)[is_tied]
        if not len(places):
            break
        # NaN sorts last, and is like itself here.
        values = getattr(signals, name)[order[places]]
        within = _order_in_runs(values, runs)
        order[places] = order[places][within]
        is_first = _begins(runs) | _begins(values[within])
    return Signals(**{each.name: getattr(signals, each.name)[order] for each in fields(signals)})


def _begins(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Say of each value whether it differs from the one before it; the first does."""
    is_same = column[1:] == column[:-1]
    if column.dtype.kind == "f":
        is_same |= np.isnan(column[1:]) & np.isnan(column[:-1])
    return np.append(np.ones(min(len(column), 1), dtype=np.bool_), ~is_same)


def _order_in_runs(values: NDArray[Any], runs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the order of values within runs that stand in theirs, shape as both."""
    if values.dtype.kind == "f":
        return np.lexsort((values, runs))
    low, high = int(values.min()), int(values.max())
    span = high - low + 1
    if (int(runs[-1]) + 1) * span > np.iinfo(np.int64).max:
        return np.lexsort((values, runs))
    # One key is sorted several times as quickly as two; equal keys are equal rows so far.
    return np.argsort(runs * span + (values.astype(np.int64) - low))
