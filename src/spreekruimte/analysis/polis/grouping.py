"""Polis' grouping: many small clusters of participants, and two to five groups of those.

Participants come in the order of their first vote, on which Polis' groups depend. What
Polis remembers of earlier updates is left out: each grouping starts afresh.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from spreekruimte.analysis.polis.space import PolisSpace
from spreekruimte.analysis.votes.matrix import Flags, Floats, Indices, VoteMatrix

VOTES_TO_COUNT = 7
FEWEST_PARTICIPANTS = 15
BASE_CLUSTERS = 100
BASE_STEPS = 100
MOST_GROUPS = 5
# 100 were meant; Polis passes them under a name that its k-means does not know.
GROUP_STEPS = 20
SETTLED = 0.01


def group_participants(matrix: VoteMatrix, space: PolisSpace) -> Indices:
    """Group the participants as Polis does on its first look at these votes.

    Returns
    -------
    Indices
        Shape (participants,): the group, from 0; -1 for who is not in the conversation.
    """
    active = find_active(matrix, space.size)
    members = np.argsort(matrix.arrival, kind="stable")
    members = members[active[members]]
    labels = np.full(matrix.participant_count, -1, dtype=np.int32)
    if len(members):
        labels[members] = _group_points(space.positions[members])
    return labels


def find_active(matrix: VoteMatrix, size: int) -> Flags:
    """Mark who is in the conversation: at least seven votes, or all if there are fewer.

    If that leaves fewer than 15, the most active complete the 15; of equally active
    ones whoever came first.

    Parameters
    ----------
    size
        Number of statements with a vote.
    """
    counts = np.diff(matrix.indptr)
    active: Flags = counts >= min(VOTES_TO_COUNT, size)
    if active.sum() < FEWEST_PARTICIPANTS:
        active[np.lexsort((matrix.arrival, -counts))[:FEWEST_PARTICIPANTS]] = True
    return active


def cluster_points(
    points: Floats, weights: Floats, clusters: int, steps: int
) -> tuple[Indices, Floats]:
    """Cluster points of the plane by k-means from the first distinct points.

    Stops after `steps` + 1 steps, or when the sorted centres move less than .01 each.
    Clusters that end up empty vanish; of centres equally near, the last one wins.

    Parameters
    ----------
    points
        Shape (points, 2).
    weights
        Shape (points,): weight in the centre of the cluster.

    Returns
    -------
    labels, centres
        Shapes (points,) and (clusters left, 2).
    """
    centres = _take_distinct(points, clusters)
    for _ in range(steps + 1):
        labels, moved = _recentre(points, weights, _find_nearest(points, centres))
        if _is_settled(centres, moved):
            break
        centres = moved
    return labels, moved


def measure_silhouette(points: Floats, labels: Indices) -> float:
    """Average the silhouettes of the points, -1 to 1; a point on its own has 0."""
    across = points[:, np.newaxis, :] - points[np.newaxis, :, :]
    distance = np.hypot(across[:, :, 0], across[:, :, 1])
    sizes = np.bincount(labels)
    totals = np.stack([distance[:, labels == label].sum(axis=1) for label in range(len(sizes))])
    own, everyone = sizes[labels], np.arange(len(points))
    inside = totals[labels, everyone] / np.maximum(own - 1, 1)
    averages = totals / sizes[:, np.newaxis]
    averages[labels, everyone] = np.inf
    outside = averages.min(axis=0)
    largest = np.maximum(inside, outside)
    scores = np.zeros(len(points))
    np.divide(outside - inside, largest, out=scores, where=(own > 1) & (largest > 0))
    return float(scores.mean())


def _group_points(points: Floats) -> Indices:
    base, centres = cluster_points(points, np.ones(len(points)), BASE_CLUSTERS, BASE_STEPS)
    if len(_take_distinct(centres, 2)) < 2:
        return np.zeros(len(points), dtype=np.int32)
    weights = np.bincount(base).astype(np.float64)
    most = min(MOST_GROUPS, 2 + len(centres) // 12)
    candidates = [
        cluster_points(centres, weights, clusters, GROUP_STEPS)[0]
        for clusters in range(2, most + 1)
    ]
    best = max(candidates, key=lambda labels: measure_silhouette(centres, labels))
    return best[base]


def _take_distinct(points: Floats, count: int) -> Floats:
    """Take the first `count` distinct points in their order, or as many as there are."""
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)[:count]]


@njit(cache=True)
def _find_nearest(points: Floats, centres: Floats) -> Indices:
    nearest = np.empty(len(points), dtype=np.int32)
    for point in range(len(points)):
        least = np.inf
        for centre in range(len(centres)):
            across = points[point, 0] - centres[centre, 0]
            along = points[point, 1] - centres[centre, 1]
            distance = across * across + along * along
            if distance <= least:
                least = distance
                nearest[point] = centre
    return nearest


def _recentre(points: Floats, weights: Floats, labels: Indices) -> tuple[Indices, Floats]:
    """Drop the clusters without points, and give the others their weighted mean."""
    _, left = np.unique(labels, return_inverse=True)
    total = np.bincount(left, weights=weights)
    centres = [np.bincount(left, weights=weights * axis) / total for axis in points.T]
    return left.astype(np.int32), np.stack(centres, axis=1)


def _is_settled(before: Floats, after: Floats) -> bool:
    left, right = (centres[np.lexsort(centres.T[::-1])] for centres in (before, after))
    shared = min(len(left), len(right))
    moves = left[:shared] - right[:shared]
    return bool(np.all(np.hypot(moves[:, 0], moves[:, 1]) < SETTLED))
