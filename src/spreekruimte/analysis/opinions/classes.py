"""The latent class model: in each group, each statement has its own rate of agreement.

Given the group, opinions are independent (Lazarsfeld and Henry 1968). Only the
opinions given count, so neither passing nor activity tells the group. The rates
lean on the statement's overall rate by `PRIOR_OPINIONS` pretended opinions, so that
a group that hardly judged a statement says nothing about it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.opinions.chance import STEP, draw
from spreekruimte.analysis.opinions.sheets import OpinionSheets
from spreekruimte.analysis.opinions.space import (
    centre_opinions,
    find_directions,
    place_participants,
)

Floats = NDArray[np.float64]

PRIOR_OPINIONS = 8.0
MAX_STEPS = 60
TOLERANCE = 3e-5
PLACING_SWEEPS = 6
K_MEANS_STARTS = 4
K_MEANS_STEPS = 12


@dataclass(frozen=True, slots=True, eq=False)
class ClassModel:
    """A fitted latent class model.

    Attributes
    ----------
    rates
        Shape (statements, classes): chance that a member agrees, given an opinion.
    weights
        Shape (classes,): share of participants, summing to 1.
    """

    rates: Floats
    weights: Floats

    def draw_towards(self, overall: Floats, trust: float) -> ClassModel:
        """Give the model with rates between `overall`, at trust 0, and its own, at trust 1."""
        rates = overall[:, None] + trust * (self.rates - overall[:, None])
        return ClassModel(rates, self.weights)


def place_for_classes(sheets: OpinionSheets, most_classes: int) -> Floats:
    """Place the sheets in as many directions as can tell `most_classes` apart.

    Shape (sheets, most_classes - 1, or less where there are fewer statements). The places
    are a start for the classes, so few sweeps will do.
    """
    width = min(most_classes - 1, max(sheets.statement_count - 1, 1))
    entries = centre_opinions(sheets)
    directions, _ = find_directions(sheets, entries, width, sweeps=PLACING_SWEEPS)
    return place_participants(sheets, directions)


def fit_classes(sheets: OpinionSheets, positions: Floats, count: int, seed: int) -> ClassModel:
    """Fit `count` classes: k-means on `positions`, then expectation-maximisation."""
    overall = sheets.share_agreeing()
    if count == 1:
        return refine_classes(sheets, ClassModel(overall[:, None], np.ones(1)), steps=1)
    nearest = _cluster(
        np.ascontiguousarray(positions[:, : count - 1]),
        count,
        np.uint64(seed),
        K_MEANS_STARTS,
        K_MEANS_STEPS,
    )
    share = np.full((sheets.count, count), 0.1 / count)
    share[np.arange(sheets.count), nearest] += 0.9
    return refine_classes(sheets, _estimate(sheets, share, overall))


def refine_classes(
    sheets: OpinionSheets, model: ClassModel, *, steps: int = MAX_STEPS
) -> ClassModel:
    """Improve `model` on `sheets` until a step gains less than `TOLERANCE` per opinion."""
    overall = sheets.share_agreeing()
    previous = -np.inf
    for _ in range(steps):
        share, log_likelihood = assign_classes(sheets, model)
        model = _estimate(sheets, share, overall)
        if log_likelihood - previous < TOLERANCE * sheets.opinion_count:
            break
        previous = log_likelihood
    return model


def assign_classes(sheets: OpinionSheets, model: ClassModel) -> tuple[Floats, float]:
    """Give the probability of each class, shape (sheets, classes), and the log-likelihood."""
    return _assign(
        sheets.indptr,
        sheets.columns,
        sheets.values,
        np.log(model.rates),
        np.log1p(-model.rates),
        np.log(model.weights),
    )


def score_opinions(sheets: OpinionSheets, share: Floats, model: ClassModel) -> Floats:
    """Give the log of the predicted chance of each sheet's opinions, shape (sheets,).

    `share` holds the class probabilities of the sheets, learnt from other opinions.
    """
    return _score(sheets.indptr, sheets.columns, sheets.values, share, model.rates)


def _estimate(sheets: OpinionSheets, share: Floats, overall: Floats) -> ClassModel:
    agree, opinions = _count_by_class(
        sheets.indptr, sheets.columns, sheets.values, share, sheets.statement_count
    )
    rates = (agree + PRIOR_OPINIONS * overall[:, None]) / (opinions + PRIOR_OPINIONS)
    members = np.add.reduce(share, axis=0) + 1.0
    return ClassModel(np.clip(rates, 1e-4, 1.0 - 1e-4), members / members.sum())


@numba.njit(cache=True, nogil=True)
def _assign(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    log_agree: Floats,
    log_disagree: Floats,
    log_weights: Floats,
) -> tuple[Floats, float]:
    classes = len(log_weights)
    share = np.empty((len(indptr) - 1, classes))
    total = 0.0
    for row in range(len(indptr) - 1):
        log_share = share[row]
        log_share[:] = log_weights
        for at in range(indptr[row], indptr[row + 1]):
            table = log_agree if values[at] > 0 else log_disagree
            for k in range(classes):
                log_share[k] += table[columns[at], k]
        highest = log_share.max()
        summed = 0.0
        for k in range(classes):
            log_share[k] = np.exp(log_share[k] - highest)
            summed += log_share[k]
        for k in range(classes):
            log_share[k] /= summed
        total += highest + np.log(summed)
    return share, total


@numba.njit(cache=True, nogil=True)
def _count_by_class(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    share: Floats,
    statement_count: int,
) -> tuple[Floats, Floats]:
    classes = share.shape[1]
    agree = np.zeros((statement_count, classes))
    disagree = np.zeros((statement_count, classes))
    for row in range(len(indptr) - 1):
        for at in range(indptr[row], indptr[row + 1]):
            table = agree if values[at] > 0 else disagree
            for k in range(classes):
                table[columns[at], k] += share[row, k]
    return agree, agree + disagree


@numba.njit(cache=True, nogil=True)
def _score(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    share: Floats,
    rates: Floats,
) -> Floats:
    scores = np.zeros(len(indptr) - 1)
    for row in range(len(indptr) - 1):
        for at in range(indptr[row], indptr[row + 1]):
            chance = 0.0
            for k in range(share.shape[1]):
                chance += share[row, k] * rates[columns[at], k]
            scores[row] += np.log(chance if values[at] > 0 else 1.0 - chance)
    return scores


@numba.njit(cache=True, nogil=True)
def _cluster(
    positions: Floats, count: int, seed: np.uint64, starts: int, steps: int
) -> NDArray[np.int64]:
    """Give the nearest of `count` centres: k-means, best of several seeded k-means++ starts."""
    best = np.zeros(len(positions), dtype=np.int64)
    best_distance = np.inf
    state = seed
    for _ in range(starts):
        centres, state = _draw_centres(positions, count, state)
        nearest = np.full(len(positions), -1)
        distance = np.inf
        for _ in range(steps):
            distance, has_moved = _find_nearest(positions, centres, nearest)
            if not has_moved:
                # Nor would anything in the steps that are left.
                break
            _move_centres(positions, nearest, centres)
        if distance < best_distance:
            best_distance = distance
            best = nearest
    return best


@numba.njit(cache=True, nogil=True)
def _squared_distance(positions: Floats, row: int, centres: Floats, k: int) -> float:
    distance = 0.0
    for d in range(positions.shape[1]):
        distance += (positions[row, d] - centres[k, d]) ** 2
    return distance


@numba.njit(cache=True, nogil=True)
def _draw_centres(positions: Floats, count: int, state: np.uint64) -> tuple[Floats, np.uint64]:
    """Draw starting centres, each by its squared distance (Arthur and Vassilvitskii 2007)."""
    centres = np.empty((count, positions.shape[1]))
    gaps = np.ones(len(positions))
    for k in range(count):
        state += STEP
        level = np.float64(draw(state) >> np.uint64(11)) / 9007199254740992.0 * gaps.sum()
        chosen = 0
        passed = gaps[0]
        while passed < level and chosen < len(gaps) - 1:
            chosen += 1
            passed += gaps[chosen]
        centres[k] = positions[chosen]
        for row in range(len(positions)):
            gap = _squared_distance(positions, row, centres, k)
            gaps[row] = gap if k == 0 else min(gaps[row], gap)
    return centres, state


@numba.njit(cache=True, nogil=True)
def _find_nearest(
    positions: Floats, centres: Floats, nearest: NDArray[np.int64]
) -> tuple[float, bool]:
    """Find the nearest centre of each position; give the sum of distances, and if any is new."""
    total = 0.0
    has_moved = False
    for row in range(len(positions)):
        best = np.inf
        chosen = 0
        for k in range(len(centres)):
            distance = _squared_distance(positions, row, centres, k)
            if distance < best:
                best = distance
                chosen = k
        has_moved |= chosen != nearest[row]
        nearest[row] = chosen
        total += best
    return total, has_moved


@numba.njit(cache=True, nogil=True)
def _move_centres(positions: Floats, nearest: NDArray[np.int64], centres: Floats) -> None:
    sums = np.zeros_like(centres)
    counts = np.zeros(len(centres))
    for row in range(len(positions)):
        counts[nearest[row]] += 1.0
        for d in range(positions.shape[1]):
            sums[nearest[row], d] += positions[row, d]
    for k in range(len(centres)):
        if counts[k] > 0.0:
            centres[k] = sums[k] / counts[k]
