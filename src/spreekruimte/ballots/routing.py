"""Choose the reason that a respondent is asked about next, from counts that are seconds old.

Counting answers costs far more than drawing a reason, so each process keeps what it read of a
round. It reads the reasons that are shown again after a second, and counts answers again after a
pause that grows with their number. Whoever finds them old refreshes them; the others go on with
what there is meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from spreekruimte.analysis.routing import ReasonCounts, draw_reason, seed_draw, weigh_reasons
from spreekruimte.ballots.models import Ballot, Reason

FRESH_SECONDS = 1.0
# After counting, a process rests from it so many times as long as it took.
REST = 20
# So many rounds are kept at once; a process that serves more counts again.
MOST_ROUNDS = 64


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A reason as it is put before a respondent.

    Attributes
    ----------
    probability
        How likely it was to be chosen, among those that the respondent had not answered.
    """

    id: int
    content: str
    language: str
    probability: float


@dataclass(frozen=True, slots=True)
class _Count:
    """How often which answer was given to which reason, and when to count again."""

    rows: Sequence[tuple[int, int, int]]
    best_before: float


@dataclass(frozen=True, slots=True, eq=False)
class _Stock:
    """The reasons of a round that are shown, and the weight of each."""

    count: _Count

    reasons: tuple[tuple[int, str, str], ...]
    places: Mapping[int, int]
    ids: NDArray[np.uint64]
    weights: NDArray[np.float64]
    best_before: float


_stocks: dict[int, _Stock] = {}
_counting = threading.Lock()


def choose_reason(
    *, round_id: int, pseudonym: str, answered: Collection[int]
) -> ShownReason | None:
    """Choose the reason to ask next; None if there is none that was not answered.

    The same respondent at the same step is given the same reason, as far as it is still there.

    Parameters
    ----------
    answered
        The ids of the reasons that the respondent has answered.
    """
    stock = _fresh_stock(round_id)
    seed = seed_draw(round_name=str(round_id), pseudonym=pseudonym, answered=len(answered))
    without = [stock.places[each] for each in set(answered) if each in stock.places]
    draw = draw_reason(stock.weights, ids=stock.ids, without=without, seed=seed)
    if draw is None:
        return None
    return ShownReason(*stock.reasons[draw.place], draw.probability)


def forget_counts() -> None:
    """Let every round be counted again: what was kept is of another database, or out of date."""
    _stocks.clear()


def _fresh_stock(round_id: int) -> _Stock:
    stock = _stocks.get(round_id)
    if stock is None:
        with _counting:
            return _stocks.get(round_id) or _refresh(round_id)
    if time.monotonic() >= stock.best_before and _counting.acquire(blocking=False):
        try:
            return _refresh(round_id)
        finally:
            _counting.release()
    return stock


def _refresh(round_id: int) -> _Stock:
    """Read a round again, and keep it, in place of the one that was kept longest if need be."""
    known = _stocks.get(round_id)
    if known is None or time.monotonic() >= known.count.best_before:
        stock = _read(round_id, _count(round_id))
    else:
        stock = _read(round_id, known.count)
    if known is None and len(_stocks) >= MOST_ROUNDS:
        del _stocks[next(iter(_stocks))]
    _stocks[round_id] = stock
    return stock


def _read(round_id: int, count: _Count) -> _Stock:
    shown = list(
        Reason.objects.filter(round=round_id, state=Reason.State.SHOWN)
        .order_by("pk")
        .values_list("pk", "content", "language")
    )
    places = {reason_id: place for place, (reason_id, _content, _language) in enumerate(shown)}
    counts = np.zeros((3, len(shown)), dtype=np.int64)
    for reason_id, answer, number in count.rows:
        if reason_id in places:
            # From the end, -1 is the last.
            counts[answer, places[reason_id]] += number
    passed, agreed, disagreed = counts
    return _Stock(
        count=count,
        reasons=tuple(shown),
        places=places,
        ids=np.array(list(places), dtype=np.uint64),
        weights=weigh_reasons(ReasonCounts(agreed, disagreed, passed)),
        best_before=time.monotonic() + FRESH_SECONDS,
    )


def _count(round_id: int) -> _Count:
    """Count the answers; votes on a merged reason count for the one it was merged into."""
    started = time.monotonic()
    rows = (
        Ballot.objects.filter(reason__round=round_id, is_latest=True)
        .values_list(Coalesce("reason__merged_into", "reason"), "answer")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found = list(rows)
    stopped = time.monotonic()
    return _Count(found, stopped + REST * (stopped - started))
