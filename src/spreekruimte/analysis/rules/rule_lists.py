"""Proposals: the rule list that agrees best with judgements, with a certificate that it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules.antecedents import choose_distinct, find_captured
from spreekruimte.analysis.rules.branch_and_bound import (
    EITHER,
    Problem,
    pack_bits,
    pack_weights,
    search,
)
from spreekruimte.analysis.rules.predicates import ALWAYS, TRUE, Predicate, evaluate

UNITS = 1 << 20
"""In how many parts the largest weight is cut: weights are rounded to whole parts, so that sums
are exact and in any order the same."""

MOST_NODES = 1_000_000
"""How many prefixes are kept before the search ends without a full certificate: with 4,096
patterns they take half a gigabyte."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """What was found of cases, weighted.

    Attributes
    ----------
    cases
        Codes, shape (judgements, attributes), -1 where unknown.
    against, in_favour
        The weight that speaks for and against label 1, for example "not admissible", shape
        (judgements,), 0 or more. A soft label of share ``q`` and weight ``w`` is ``w q`` against
        and ``w (1 - q)`` in favour; a hard one has 0 in one of them.

    Raises
    ------
    ValueError
        If shapes differ, a weight is below 0 or not finite, or all are 0.
    """

    cases: NDArray[np.int64]
    against: NDArray[np.float64]
    in_favour: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Refuse what cannot be weights."""
        shape = (len(self.cases),)
        if self.cases.ndim != 2 or self.against.shape != shape or self.in_favour.shape != shape:
            raise ValueError("Each case has one weight against and one in favour.")
        weights = np.concatenate((self.against, self.in_favour))
        if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.any()):
            raise ValueError("Weights are finite, 0 or more, and not all 0.")


@dataclass(frozen=True, slots=True)
class RuleList:
    """If the first antecedent holds then its label, else if the second, and so on, else a default.

    Attributes
    ----------
    antecedents
        In order.
    labels
        One for each antecedent.
    default
        The label of what no antecedent captures.
    """

    antecedents: tuple[Predicate, ...]
    labels: tuple[bool, ...]
    default: bool

    def predict(self, cases: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Give the label of each case, shape (cases,).

        An antecedent that depends on something unknown does not capture.
        """
        predicted = np.full(len(cases), self.default)
        for antecedent, label in zip(
            reversed(self.antecedents), reversed(self.labels), strict=True
        ):
            predicted[evaluate(antecedent, cases) == TRUE] = label
        return predicted


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule list with its certificate; all figures are shares of the total weight.

    Attributes
    ----------
    rules
        The list.
    accuracy
        The weight that it agrees with, 0 to 1.
    objective
        ``1 - accuracy + price * length``.
    lower_bound
        What no list of these antecedents and at most this length can be below.
    nodes
        How many prefixes were kept to prove that.
    """

    rules: RuleList
    accuracy: float
    objective: float
    lower_bound: float
    nodes: int

    @property
    def is_certified(self) -> bool:
        """Whether the list is proved to be the best."""
        return self.lower_bound >= self.objective


@dataclass(frozen=True, slots=True, eq=False)
class _Patterns:
    """Judgements that no antecedent tells apart, added up, in whole parts of a weight."""

    captured: NDArray[np.bool_]
    against: NDArray[np.int64]
    in_favour: NDArray[np.int64]


def allow_both(_antecedent: Predicate) -> frozenset[bool]:
    """Let every antecedent, and the default, have either label."""
    return frozenset({False, True})


def propose_rules(
    judgements: Judgements,
    antecedents: Sequence[Predicate],
    *,
    price: float,
    longest: int,
    allow: Callable[[Predicate], frozenset[bool]] = allow_both,
    most_nodes: int = MOST_NODES,
) -> Proposal:
    """Find the rule list with the least ``error + price * length``.

    The method is of Angelino et al. (2018), see `branch_and_bound`. Weights are rounded to
    1/1,048,576 of the largest; equal weights of 1 stay exact. Of lists that are equally good, the
    one found first is given: the shortest, then by the order of the antecedents.

    Parameters
    ----------
    antecedents
        What a rule may ask; of those that capture the same, the first is used.
    price
        What a rule more must gain in accuracy, above 0 and below 1.
    longest
        The most rules, 0 or more.
    allow
        Says which labels an antecedent may have, and for the default which `ALWAYS` may have; what
        may have none is not used. The certificate is about the lists that keep to this.
    most_nodes
        The most prefixes to keep, some dozens of bytes each and one bit per pattern; with too few
        of them the list is the best that was found, and the certificate says how far it may be
        from the best there is.

    Raises
    ------
    ValueError
        If the price or the length is out of range, or the default may have no label.
    """
    if not 0 < price < 1 or longest < 0:
        raise ValueError("A price is between 0 and 1, a length 0 or more.")
    allowed = [(each, label) for each in antecedents if (label := _choose(allow(each))) is not None]
    antecedents, default = [each for each, _label in allowed], _choose(allow(ALWAYS))
    if default is None:
        raise ValueError("The default has a label.")
    labels = np.array([*(label for _each, label in allowed), default], dtype=np.int64)
    captured = find_captured(antecedents, judgements.cases)
    places = choose_distinct(captured, labels)
    labels = labels[[*places, -1]]
    patterns = _add_up(judgements, captured[places])
    total = int(patterns.against.sum() + patterns.in_favour.sum())
    unavoidable = np.minimum(patterns.against, patterns.in_favour)
    found = search(
        Problem(
            pack_bits(patterns.captured),
            pack_weights(patterns.against - unavoidable),
            pack_weights(patterns.in_favour - unavoidable),
            labels,
            price * total,
            longest,
            most_nodes,
        )
    )
    chosen = np.array(found.antecedents, dtype=np.int64)
    rules = RuleList(
        tuple(antecedents[places[each]] for each in chosen), *_label(patterns, chosen, labels)
    )
    least = int(unavoidable.sum())
    objective = (found.objective + least) / total
    return Proposal(
        rules,
        1 - objective + price * len(chosen),
        objective,
        (found.lower_bound + least) / total,
        found.nodes,
    )


def _add_up(judgements: Judgements, captured: NDArray[np.bool_]) -> _Patterns:
    """Add up the judgements that are captured by the same antecedents."""
    bits = np.packbits(captured, axis=0)
    _, first, inverse = np.unique(bits, axis=1, return_index=True, return_inverse=True)
    against, in_favour = _round_weights(judgements)
    sums = np.zeros((2, len(first)), dtype=np.int64)
    np.add.at(sums[0], inverse.ravel(), against)
    np.add.at(sums[1], inverse.ravel(), in_favour)
    return _Patterns(captured[:, first], sums[0], sums[1])


def _round_weights(judgements: Judgements) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give weights in whole parts; whole weights stay what they are."""
    weights = np.stack((judgements.against, judgements.in_favour))
    largest = weights.max()
    is_whole = largest <= UNITS and bool((weights == np.rint(weights)).all())
    parts = np.rint(weights if is_whole else weights * (UNITS / largest)).astype(np.int64)
    return parts[0], parts[1]


def _choose(allowed: frozenset[bool]) -> int | None:
    """Give the label of what may have one label only, EITHER with both, None without any."""
    if len(allowed) == 1:
        return int(next(iter(allowed)))
    return EITHER if allowed else None


def _label(
    patterns: _Patterns, chosen: NDArray[np.int64], labels: NDArray[np.int64]
) -> tuple[tuple[bool, ...], bool]:
    """Give each rule the label of what weighs most in what it captures; with a tie, label 0."""
    left = np.ones(len(patterns.against), dtype=np.bool_)
    said = []
    for place in chosen:
        said.append(_weigh(patterns, left & patterns.captured[place], labels[place]))
        left &= ~patterns.captured[place]
    return tuple(said), _weigh(patterns, left, labels[-1])


def _weigh(patterns: _Patterns, taken: NDArray[np.bool_], label: int) -> bool:
    if label != EITHER:
        return bool(label)
    return bool(patterns.against[taken].sum() > patterns.in_favour[taken].sum())
