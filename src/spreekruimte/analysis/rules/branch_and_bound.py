"""The search for the best rule list: branch and bound over prefixes, by length, with a certificate.

What Angelino et al. (2018), "Learning Certifiably Optimal Rule Lists", prove is used here on
losses from which that part has been taken that no list can avoid (their equivalent-points bound).
What is left of a pattern then speaks for one label only, and their objective bound alone does what
takes three bounds elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Masks = NDArray[np.uint64]
Counts = NDArray[np.int64]
Labels = NDArray[np.int64]

EITHER = -1
"""Stands for the label of what may have both."""

_WORD = 64
# The multiplier of Fibonacci hashing, 2^64 over the golden ratio.
_SCATTER = 0x9E3779B97F4A7C15
_FIRST_ROOM = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is searched.

    Attributes
    ----------
    antecedents
        Bit vectors of the patterns that each antecedent captures, shape (antecedents, words).
    for_one, for_zero
        Planes of the weights that speak for label 1 and for label 0, shape (planes, words): bit
        ``b`` of the weight of each pattern. No pattern has both.
    labels
        The label that each antecedent has, EITHER where both are allowed; that of the default
        comes last, shape (antecedents + 1,).
    price
        What a rule costs, in the unit of the weights, above 0.
    longest
        The most rules in a list, 0 or more.
    most_nodes
        The most prefixes that are kept, 1 or more; what is still open then lowers the bound.
    """

    antecedents: Masks
    for_one: Masks
    for_zero: Masks
    labels: Labels
    price: float
    longest: int
    most_nodes: int


@dataclass(frozen=True, slots=True)
class Found:
    """The best list.

    Attributes
    ----------
    antecedents
        The places of its antecedents, in order.
    objective
        Its error and price, in the unit of the weights.
    lower_bound
        What no list can be below; the objective itself if the search was finished.
    nodes
        How many prefixes were kept.
    """

    antecedents: tuple[int, ...]
    objective: float
    lower_bound: float
    nodes: int


def pack_bits(flags: NDArray[np.bool_]) -> Masks:
    """Give flags, shape (rows, patterns), as bit vectors, shape (rows, words)."""
    rows, patterns = flags.shape
    words = max(1, -(-patterns // _WORD))
    padded = np.zeros((rows, words * _WORD), dtype=np.bool_)
    padded[:, :patterns] = flags
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def pack_weights(weights: Counts) -> Masks:
    """Give whole weights from 0, shape (patterns,), as planes of bits, shape (planes, words)."""
    planes = max(1, int(weights.max(initial=0)).bit_length())
    return pack_bits((weights[None, :] >> np.arange(planes)[:, None]) & 1 == 1)


def search(problem: Problem) -> Found:
    """Find the list with the least error and price.

    A prefix is not followed where its own error and the price of one rule more reach the best
    objective; where the few rules that it can still afford cannot make up for its error; and where
    another prefix that leaves the same patterns has cost no more. The last holds for permutations
    of the same rules and for all other prefixes, so it is wider than a permutation map.
    """
    rest, parents, added, best, lower = _search(
        problem.antecedents,
        problem.for_one,
        problem.for_zero,
        problem.labels,
        problem.price,
        problem.longest,
        problem.most_nodes,
    )
    chosen: list[int] = []
    node, last = best[0], best[1]
    while last >= 0:
        chosen.append(int(last))
        node, last = (parents[node], added[node]) if node > 0 else (0, -1)
    return Found(tuple(reversed(chosen)), float(best[2]), float(lower), int(rest))


@njit(cache=True, nogil=True)
def _search(
    antecedents: Masks,
    for_one: Masks,
    for_zero: Masks,
    labels: Labels,
    price: float,
    longest: int,
    most_nodes: int,
) -> tuple[int, Counts, Counts, tuple[int, int, float], float]:
    """Search by length; give the nodes, the best as (node, antecedent, objective), the bound."""
    count, words = antecedents.shape
    left = np.zeros((_FIRST_ROOM, words), dtype=np.uint64)
    left[0] = ~np.uint64(0)
    cost = np.zeros(_FIRST_ROOM)
    parents, added = np.zeros(_FIRST_ROOM, dtype=np.int64), np.zeros(_FIRST_ROOM, dtype=np.int64)
    table = np.full(4 * _FIRST_ROOM, -1, dtype=np.int64)
    ones, zeros = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    whole = (_weigh(left[0], left[0], for_one), _weigh(left[0], left[0], for_zero))
    best = (0, -1, float(_miss(whole[0], whole[1], labels[-1])))
    nodes, node, level_end, length = 1, 0, 1, 0
    while node < nodes and length < longest and nodes + count <= most_nodes:
        if cost[node] + price < best[2]:
            while len(cost) < nodes + count:
                left, cost, parents, added = _widen(left, cost, parents, added)
                table = _index(left, nodes, 2 * len(table))
            one, zero = (
                _weigh(left[node], left[node], for_one),
                _weigh(left[node], left[node], for_zero),
            )
            _weigh_all(left[node], antecedents, for_one, for_zero, ones, zeros)
            best = _take_best(node, cost[node] + price, (one, zero), (ones, zeros), labels, best)
            if length + 1 < longest:
                nodes = _add_children(
                    node,
                    antecedents,
                    labels,
                    price,
                    longest - length - 1,
                    (one, zero),
                    (ones, zeros),
                    best[2],
                    level_end,
                    nodes,
                    (left, cost, parents, added, table),
                )
        node += 1
        if node == level_end:
            level_end, length = nodes, length + 1
    return nodes, parents, added, best, _bound(cost, node, nodes, length < longest, price, best[2])


@njit(cache=True, nogil=True)
def _bound(
    cost: NDArray[np.float64], node: int, nodes: int, is_cut: bool, price: float, best: float
) -> float:
    """Give what no list can be below: the best, or what an unfollowed prefix could still reach."""
    lower = best
    if is_cut:
        for each in range(node, nodes):
            lower = min(lower, cost[each] + price)
    return lower


@njit(cache=True, nogil=True)
def _weigh(some: Masks, others: Masks, planes: Masks) -> int:
    """Sum the weights of the patterns that are in both."""
    total = 0
    for plane in range(planes.shape[0]):
        bits = 0
        for word in range(len(some)):
            bits += _count_bits(some[word] & others[word] & planes[plane, word])
        total += bits << plane
    return total


@njit(cache=True, nogil=True, inline="always")
def _count_bits(word: np.uint64) -> int:
    """Count the bits of a word in parallel (Warren, Hacker's Delight), without a branch."""
    one, two, four = np.uint64(1), np.uint64(2), np.uint64(4)
    pairs = word - ((word >> one) & np.uint64(0x5555555555555555))
    low = np.uint64(0x3333333333333333)
    fours = (pairs & low) + ((pairs >> two) & low)
    bytes_ = (fours + (fours >> four)) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((bytes_ * np.uint64(0x0101010101010101)) >> np.uint64(56)))


@njit(cache=True, nogil=True, inline="always")
def _miss(one: int, zero: int, label: int) -> int:
    """Give what a label gets wrong, or the better of both where either is allowed."""
    if label == EITHER:
        return min(one, zero)
    return zero if label else one


@njit(cache=True, nogil=True)
def _weigh_all(
    left: Masks, antecedents: Masks, for_one: Masks, for_zero: Masks, ones: Counts, zeros: Counts
) -> None:
    """Sum what each antecedent captures of what is left."""
    for each in range(len(antecedents)):
        ones[each] = _weigh(left, antecedents[each], for_one)
        zeros[each] = _weigh(left, antecedents[each], for_zero)


@njit(cache=True, nogil=True)
def _take_best(
    node: int,
    cost: float,
    whole: tuple[int, int],
    captured: tuple[Counts, Counts],
    labels: Labels,
    best: tuple[int, int, float],
) -> tuple[int, int, float]:
    """Give the best of what was best and this prefix with one rule more and a default."""
    ones, zeros = captured
    for each in range(len(ones)):
        rest = _miss(whole[0] - ones[each], whole[1] - zeros[each], labels[-1])
        error = _miss(ones[each], zeros[each], labels[each]) + rest
        if cost + error < best[2]:
            best = (node, each, cost + error)
    return best


@njit(cache=True, nogil=True)
def _add_children(
    node: int,
    antecedents: Masks,
    labels: Labels,
    price: float,
    most: int,
    whole: tuple[int, int],
    captured: tuple[Counts, Counts],
    best: float,
    level_end: int,
    nodes: int,
    tree: tuple[Masks, NDArray[np.float64], Counts, Counts, Counts],
) -> int:
    """Keep each prefix with one rule more that may still become the best; give the nodes."""
    left, cost = tree[0], tree[1]
    ones, zeros = captured
    tops = (_add_up_largest(ones, most + 1), _add_up_largest(zeros, most + 1))
    for each in range(len(antecedents)):
        error = _miss(ones[each], zeros[each], labels[each])
        # A rule that gets less right than it costs is not in a best list.
        if ones[each] + zeros[each] - error < price or cost[node] + error + 2 * price >= best:
            continue
        rest = (whole[0] - ones[each], whole[1] - zeros[each])
        reached = cost[node] + price + error
        taken = (ones[each], zeros[each])
        if _bound_rest(reached, price, most, rest, taken, tops, labels[-1]) < best:
            for word in range(left.shape[1]):
                left[nodes, word] = left[node, word] & ~antecedents[each, word]
            cost[nodes] = reached
            nodes = _keep(node, each, level_end, nodes, tree)
    return nodes


@njit(cache=True, nogil=True)
def _add_up_largest(values: Counts, most: int) -> Counts:
    """Give the sums of the 0, 1, 2 up to so many largest values."""
    ordered = np.sort(values)[::-1]
    sums = np.zeros(most + 1, dtype=np.int64)
    for place in range(most):
        sums[place + 1] = sums[place] + (ordered[place] if place < len(ordered) else 0)
    return sums


@njit(cache=True, nogil=True)
def _bound_rest(
    reached: float,
    price: float,
    most: int,
    rest: tuple[int, int],
    taken: tuple[int, int],
    tops: tuple[Counts, Counts],
    default: int,
) -> float:
    """Bound what a prefix can become with 1, 2 up to `most` rules more.

    A rule gets no more right than its antecedent captures now, so the default label leaves an
    error of at least what speaks against it without the largest of these.
    """
    bound = np.inf
    for more in range(1, most + 1):
        error = _miss(
            rest[0] - _add_up_others(tops[0], more, taken[0]),
            rest[1] - _add_up_others(tops[1], more, taken[1]),
            default,
        )
        bound = min(bound, reached + more * price + max(0, error))
        if error <= 0:
            break
    return bound


@njit(cache=True, nogil=True, inline="always")
def _add_up_others(sums: Counts, most: int, without: int) -> int:
    """Give the sum of so many largest values, one of which is left out."""
    is_among = without >= sums[most] - sums[most - 1]
    return int(sums[most + 1] - without if is_among else sums[most])


@njit(cache=True, nogil=True)
def _keep(
    parent: int,
    antecedent: int,
    level_end: int,
    nodes: int,
    tree: tuple[Masks, NDArray[np.float64], Counts, Counts, Counts],
) -> int:
    """Keep the prefix written at the end unless one that leaves the same costs no more."""
    left, cost, parents, added, table = tree
    slot = _find(left, table, nodes)
    twin = table[slot]
    if twin >= 0 and cost[twin] <= cost[nodes]:
        return nodes
    if twin >= level_end:
        cost[twin], parents[twin], added[twin] = cost[nodes], parent, antecedent
        return nodes
    parents[nodes], added[nodes] = parent, antecedent
    table[slot] = nodes
    return nodes + 1


@njit(cache=True, nogil=True)
def _find(left: Masks, table: Counts, node: int) -> int:
    """Give the slot of the node that leaves what this one leaves, or the free slot for it."""
    mixed = np.uint64(0)
    for word in range(left.shape[1]):
        mixed = (mixed ^ left[node, word]) * np.uint64(_SCATTER)
        mixed ^= mixed >> np.uint64(29)
    slot = int(np.int64(mixed & np.uint64(len(table) - 1)))
    while table[slot] >= 0 and not np.array_equal(left[table[slot]], left[node]):
        slot = (slot + 1) & (len(table) - 1)
    return slot


@njit(cache=True, nogil=True)
def _widen(
    left: Masks, cost: NDArray[np.float64], parents: Counts, added: Counts
) -> tuple[Masks, NDArray[np.float64], Counts, Counts]:
    """Make room for twice as many nodes."""
    return (
        np.concatenate((left, np.zeros_like(left))),
        np.concatenate((cost, np.zeros_like(cost))),
        np.concatenate((parents, np.zeros_like(parents))),
        np.concatenate((added, np.zeros_like(added))),
    )


@njit(cache=True, nogil=True)
def _index(left: Masks, nodes: int, size: int) -> Counts:
    """Index the nodes anew; of those that leave the same, the last, which costs least."""
    table = np.full(size, -1, dtype=np.int64)
    for node in range(nodes):
        table[_find(left, table, node)] = node
    return table
