from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.analysis.rules.drawing import ATTRIBUTES, CASES

from spreekruimte.analysis.rules import (
    ALWAYS,
    Attribute,
    Attributes,
    Judgements,
    OneOf,
    Predicate,
    RuleList,
    combine_conditions,
    list_conditions,
    propose_rules,
)
from spreekruimte.analysis.rules.antecedents import find_captured

CONDITIONS = list_conditions(ATTRIBUTES)[:8]
LONGEST = 3
BOTH = frozenset({False, True})


def list_objectives(
    judgements: Judgements,
    antecedents: Sequence[Predicate],
    price: float,
    longest: int,
    allowed: Mapping[Predicate, frozenset[bool]] = MappingProxyType({}),
) -> list[float]:
    """Give the objective of every list there is, each with its best labels."""
    total = judgements.against.sum() + judgements.in_favour.sum()
    captured = find_captured(antecedents, judgements.cases)
    found = []
    for length in range(longest + 1):
        for chosen in permutations(range(len(antecedents)), length):
            left, error = np.ones(len(judgements.cases), dtype=np.bool_), 0.0
            asked = [(antecedents[each], captured[each]) for each in chosen]
            for antecedent, taken in (*asked, (ALWAYS, left.copy())):
                part = left & taken
                ones, zeros = judgements.against[part].sum(), judgements.in_favour[part].sum()
                errors = {False: ones, True: zeros}
                # A list with an antecedent that may have no label is none.
                labels = allowed.get(antecedent, BOTH)
                error += min((errors[label] for label in labels), default=np.inf)
                left &= ~taken
            found.append(error / total + price * length)
    return found


@st.composite
def draw_judgements(draw: st.DrawFn, weights: st.SearchStrategy[float]) -> Judgements:
    size = draw(st.integers(1, 30))
    rows = draw(st.lists(st.integers(0, len(CASES) - 1), min_size=size, max_size=size))
    pairs = draw(st.lists(st.tuples(weights, weights), min_size=size, max_size=size))
    weighed: NDArray[np.float64] = np.array(pairs, dtype=np.float64)
    weighed[0, 0] += 1
    return Judgements(CASES[rows], weighed[:, 0], weighed[:, 1])


@settings(max_examples=60)
@given(
    draw_judgements(st.integers(0, 3).map(float)), st.sampled_from([0.001, 0.01, 0.03, 0.1, 0.4])
)
def test_the_certified_list_is_the_best_of_all_lists(judgements: Judgements, price: float) -> None:
    found = propose_rules(judgements, CONDITIONS, price=price, longest=LONGEST)
    best = min(list_objectives(judgements, CONDITIONS, price, LONGEST))
    assert found.is_certified
    assert found.objective == pytest.approx(best, abs=1e-12)


@settings(max_examples=80)
@given(
    draw_judgements(st.integers(0, 3).map(float)),
    st.sampled_from([0.001, 0.03, 0.1]),
    st.dictionaries(st.sampled_from(CONDITIONS), st.frozensets(st.booleans())),
    st.frozensets(st.booleans(), min_size=1),
)
def test_the_list_is_the_best_of_those_that_keep_to_the_labels_allowed(
    judgements: Judgements,
    price: float,
    conditions: dict[Predicate, frozenset[bool]],
    default: frozenset[bool],
) -> None:
    allowed = {**conditions, ALWAYS: default}
    found = propose_rules(
        judgements,
        CONDITIONS,
        price=price,
        longest=LONGEST,
        allow=lambda antecedent: allowed.get(antecedent, BOTH),
    )
    best = min(list_objectives(judgements, CONDITIONS, price, LONGEST, allowed))
    assert found.is_certified
    assert found.objective == pytest.approx(best, abs=1e-12)
    said = zip(found.rules.antecedents, found.rules.labels, strict=True)
    assert all(label in allowed.get(antecedent, BOTH) for antecedent, label in said)
    assert found.rules.default in default


def test_a_default_without_a_label_is_refused() -> None:
    judgements = Judgements(CASES, np.ones(len(CASES)), np.zeros(len(CASES)))
    with pytest.raises(ValueError, match="The default has a label"):
        propose_rules(judgements, [], price=0.1, longest=1, allow=lambda _: frozenset())


@settings(max_examples=30)
@given(draw_judgements(st.floats(0, 1)), st.sampled_from([0.003, 0.02, 0.1]))
def test_soft_weights_are_best_to_a_rounding(judgements: Judgements, price: float) -> None:
    found = propose_rules(judgements, CONDITIONS, price=price, longest=2)
    best = min(list_objectives(judgements, CONDITIONS, price, 2))
    assert found.objective == pytest.approx(best, abs=1e-4)


@given(draw_judgements(st.integers(0, 3).map(float)), st.integers(0, 1_000))
def test_the_order_of_judgements_changes_nothing(judgements: Judgements, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(judgements.cases))
    turned = Judgements(
        judgements.cases[order], judgements.against[order], judgements.in_favour[order]
    )
    first = propose_rules(judgements, CONDITIONS, price=0.02, longest=2)
    assert propose_rules(turned, CONDITIONS, price=0.02, longest=2) == first


@given(draw_judgements(st.integers(0, 3).map(float)))
def test_the_accuracy_is_that_of_what_the_list_predicts(judgements: Judgements) -> None:
    found = propose_rules(judgements, CONDITIONS, price=0.02, longest=LONGEST)
    says = found.rules.predict(judgements.cases)
    right = judgements.against[says].sum() + judgements.in_favour[~says].sum()
    total = judgements.against.sum() + judgements.in_favour.sum()
    assert found.accuracy == pytest.approx(right / total, abs=1e-12)
    length = len(found.rules.antecedents)
    assert found.objective == pytest.approx(1 - found.accuracy + 0.02 * length, abs=1e-12)


@given(draw_judgements(st.integers(0, 3).map(float)))
def test_a_dearer_rule_makes_no_longer_list_and_a_longer_one_is_no_worse(
    judgements: Judgements,
) -> None:
    cheap = propose_rules(judgements, CONDITIONS, price=0.01, longest=2)
    dear = propose_rules(judgements, CONDITIONS, price=0.05, longest=2)
    longer = propose_rules(judgements, CONDITIONS, price=0.01, longest=3)
    assert len(dear.rules.antecedents) <= len(cheap.rules.antecedents)
    assert longer.objective <= cheap.objective


def simulate(size: int, columns: int) -> tuple[Attributes, NDArray[np.int64], NDArray[np.bool_]]:
    rng = np.random.default_rng(3)
    attributes = Attributes(tuple(Attribute(f"a{i}", ("no", "yes")) for i in range(columns)))
    cases = rng.integers(0, 2, (size, columns))
    return attributes, cases, rng.random(size) < 0.3 + 0.4 * (cases[:, 0] & cases[:, 1])


def test_a_search_that_is_cut_says_how_far_it_may_be_from_the_best() -> None:
    attributes, cases, label = simulate(300, 7)
    judgements = Judgements(cases, label.astype(np.float64), (~label).astype(np.float64))
    antecedents = combine_conditions(list_conditions(attributes))
    whole = propose_rules(judgements, antecedents, price=0.01, longest=4)
    cut = propose_rules(judgements, antecedents, price=0.01, longest=4, most_nodes=150)
    assert whole.is_certified
    assert not cut.is_certified
    assert cut.lower_bound <= whole.objective <= cut.objective
    # The tables of the search grow with what it keeps.
    assert cut.nodes <= 150 < 1024 < whole.nodes


def test_no_rule_is_proposed_where_none_is_allowed_or_tells_anything() -> None:
    judgements = Judgements(CASES, np.ones(len(CASES)), np.zeros(len(CASES)))
    for antecedents, longest in ((CONDITIONS, 0), ([], 3)):
        found = propose_rules(judgements, antecedents, price=0.01, longest=longest)
        assert found.rules == RuleList((), (), True)
        assert found.is_certified


def test_the_first_rule_that_holds_decides_and_the_unknown_goes_on() -> None:
    rules = RuleList((OneOf(0, frozenset({2})), OneOf(1, frozenset({1}))), (False, True), False)
    cases = np.array([[2, 1, 0], [0, 1, 0], [0, 0, 0], [-1, 1, 0]])
    assert rules.predict(cases).tolist() == [False, True, False, True]


@pytest.mark.parametrize(("price", "longest"), [(0.0, 2), (1.0, 2), (0.1, -1)])
def test_a_price_or_length_out_of_range_is_refused(price: float, longest: int) -> None:
    judgements = Judgements(CASES, np.ones(len(CASES)), np.zeros(len(CASES)))
    with pytest.raises(ValueError, match="A price is between"):
        propose_rules(judgements, CONDITIONS, price=price, longest=longest)


@pytest.mark.parametrize("weights", [[0.0, 0.0], [1.0, -1.0], [1.0, np.inf], [np.nan, 1.0]])
def test_weights_that_are_none_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="Weights are finite"):
        Judgements(CASES[:2], np.array(weights), np.zeros(2))


def test_weights_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="one weight against"):
        Judgements(CASES, np.ones(2), np.zeros(len(CASES)))


@pytest.mark.parametrize(
    ("price", "objective", "accuracy"),
    [(0.015, 0.37797, 0.65203), (0.01, 0.36797, 0.65203), (0.005, 0.34809, 0.67191)],
)
def test_published_optimal_lists_are_found_again(
    shared_data: Path, price: float, objective: float, accuracy: float
) -> None:
    path = shared_data / "stats" / "rules" / "compas_train-binary.csv"
    with path.open(encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    table = np.array(rows, dtype=np.int64)
    attributes = Attributes(tuple(Attribute(name, ("no", "yes")) for name in names[:-1]))
    label = table[:, -1].astype(np.float64)
    judgements = Judgements(table[:, :-1], label, 1 - label)
    # What the published lists are made of: attributes that are there, and two of them.
    present = [each for each in list_conditions(attributes) if each.codes == {1}]
    found = propose_rules(judgements, combine_conditions(present), price=price, longest=10)
    assert found.is_certified
    assert found.objective == pytest.approx(objective, abs=5e-6)
    assert found.accuracy == pytest.approx(accuracy, abs=5e-6)
