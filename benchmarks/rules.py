"""Rule lists that are found back, how soon, and how often intervals of overreach hold.

Three parts. COMPAS: the optimal rule lists that are published for it, found again from the same
antecedents (attributes that are there, and two of them), and better ones from all that
`list_conditions` gives; in CPU seconds beside those of CORELS, the program of the authors of the
method, in the same run where a checkout of it is given (`make` in its folder `src` first), and
otherwise as recorded earlier. Simulated publics: a rule list of 1 to 4 rules over 12 attributes is
to be found back exactly, on all 4,096 contexts, from 5,000 judgements of which 15% go the other
way, in at least 95 of 100. Overreach: publics of a logistic context model, of which the posterior
is known up to Laplace's approximation; the 95% intervals of overreach and underreach hold the truth
in 93 to 97%.
"""

from __future__ import annotations

import argparse
import csv
import re
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.bounds import print_outcome
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.rules import (
    Attribute,
    Attributes,
    Judgements,
    Predicate,
    Proposal,
    RuleList,
    combine_conditions,
    evaluate,
    list_conditions,
    measure_overreach,
    measure_underreach,
    propose_rules,
)

COLUMNS = 12
JUDGEMENTS = 5_000
CONTRARY = 0.15
PRICE, LONGEST = 0.015, 4
# What each rule of a simulated list decides at least, of all contexts.
LEAST_PART = 0.06
MOST_RULES = 4
LEAST_FOUND = 0.95

REACH_JUDGEMENTS, DRAWS, SPREAD = 1_000, 1_000, 0.5
REACH_BOUNDS = (0.93, 0.97)
TOLERANCE = 5e-6

COMPAS_HEAD = (
    "price", "antecedents", "objective", "published", "accuracy", "published", "rules", "proved",
    "CPU s", "CORELS", "ratio",
)  # fmt: skip
FOUND_HEAD = ("rules in truth", "publics", "found back", "proved", "CPU s", "worst")
REACH_HEAD = ("of", "publics", "held", "mean width")

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Published:
    """What CORELS reaches at a price with so many nodes, and what that took, in CPU seconds."""

    price: float
    nodes: int
    objective: float
    accuracy: float
    seconds: float


# With so many nodes it comes upon the best list and does not prove it; to do so takes gigabytes.
PUBLISHED = (
    Published(0.015, 100_000, 0.37797, 0.65203, 1.2),
    Published(0.010, 100_000, 0.36797, 0.65203, 37.0),
    Published(0.005, 10_000_000, 0.34809, 0.67191, 237.0),
)


def run_corels(checkout: Path, price: float, nodes: int) -> Published:
    """Run CORELS on the table that it brings, by the bound and with the symmetries of its paper."""
    data = ["compas_train.out", "compas_train.label"]
    before = _time_children()
    done = subprocess.run(
        ["./corels", "-n", str(nodes), "-r", str(price), "-c", "2", "-p", "1"]
        + [f"../data/{name}" for name in data],
        cwd=checkout / "src",
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = _time_children() - before
    objective, accuracy = (
        float(re.findall(rf"final {name}: ([0-9.]+)", done.stdout)[0])
        for name in ("min_objective", "accuracy")
    )
    return Published(price, nodes, objective, accuracy, seconds)


def _time_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def name_attributes(names: Sequence[str]) -> Attributes:
    """Give attributes that are there or not."""
    return Attributes(tuple(Attribute(name, ("no", "yes")) for name in names))


def list_contexts(columns: int) -> Codes:
    """Give all contexts of so many attributes that are there or not."""
    return np.array(list(product((0, 1), repeat=columns)), dtype=np.int64)


def weigh_labels(cases: Codes, labels: NDArray[np.bool_]) -> Judgements:
    """Give hard labels as judgements."""
    return Judgements(cases, labels.astype(np.float64), (~labels).astype(np.float64))


def read_compas(shared: Path) -> tuple[Attributes, Judgements]:
    """Read the table; its last column is the label."""
    path = shared / "stats" / "rules" / "compas_train-binary.csv"
    with path.open(encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    table = np.array(rows, dtype=np.int64)
    return name_attributes(names[:-1]), weigh_labels(table[:, :-1], table[:, -1] == 1)


def time_proposal(
    judgements: Judgements, antecedents: Sequence[Predicate], price: float, longest: int
) -> tuple[Proposal, float]:
    """Propose, and give the CPU seconds that this took."""
    began = time.process_time()
    found = propose_rules(judgements, antecedents, price=price, longest=longest)
    return found, time.process_time() - began


def print_compas(shared: Path, corels: Path | None) -> list[str]:
    """Print COMPAS, and give what fails."""
    attributes, judgements = read_compas(shared)
    conditions = list_conditions(attributes)
    present = combine_conditions([each for each in conditions if each.codes == {1}])
    # The first call compiles.
    propose_rules(judgements, present, price=0.1, longest=2)
    print_head(COMPAS_HEAD)
    failures = []
    for recorded in PUBLISHED:
        published = run_corels(corels, recorded.price, recorded.nodes) if corels else recorded
        for name, antecedents in (("theirs", present), ("all", combine_conditions(conditions))):
            found, seconds = time_proposal(judgements, antecedents, published.price, 10)
            _print_compas_row(name, published, found, seconds)
            failures += check_compas(name, published, found, seconds)
    return failures


def _print_compas_row(name: str, published: Published, found: Proposal, seconds: float) -> None:
    cells = (
        f"{published.price:g}", name, f"{found.objective:.5f}", f"{published.objective:.5f}",
        f"{found.accuracy:.5f}", f"{published.accuracy:.5f}", str(len(found.rules.antecedents)),
        "yes" if found.is_certified else "no", f"{seconds:.3f}", f"{published.seconds:.1f}",
        f"{seconds / published.seconds:.3f}",
    )  # fmt: skip
    print_row(COMPAS_HEAD, cells)


def check_compas(name: str, published: Published, found: Proposal, seconds: float) -> list[str]:
    """Say where a list is worse, unproved, or later than that of CORELS."""
    place = f"COMPAS at {published.price:g}, {name} antecedents"
    failures = []
    if found.objective > published.objective + TOLERANCE:
        failures.append(f"{place}: objective {found.objective:.5f}")
    if not found.is_certified:
        failures.append(f"{place}: not proved")
    if seconds >= published.seconds:
        failures.append(f"{place}: {seconds:.2f} s, CORELS {published.seconds:g} s")
    return failures


def draw_rules(
    rng: np.random.Generator, antecedents: Sequence[Predicate], length: int, contexts: Codes
) -> RuleList:
    """Draw a rule list in which each rule decides part of the contexts otherwise than the rest."""
    while True:
        chosen = [antecedents[each] for each in rng.choice(len(antecedents), length, replace=False)]
        labels = [bool(each) for each in rng.integers(0, 2, length)]
        rules = RuleList(tuple(chosen), tuple(labels), not labels[-1])
        shorter = [
            RuleList(
                (*chosen[:place], *chosen[place + 1 :]),
                (*labels[:place], *labels[place + 1 :]),
                rules.default,
            )
            for place in range(length)
        ]
        predicted = rules.predict(contexts)
        if all((each.predict(contexts) != predicted).mean() >= LEAST_PART for each in shorter):
            return rules


def find_back(
    seed: int, public: int, length: int, antecedents: Sequence[Predicate]
) -> tuple[bool, Proposal, float]:
    """Simulate a public, and say whether its rule list is found back on all contexts."""
    rng = np.random.default_rng([seed, length, public])
    contexts = list_contexts(COLUMNS)
    truth = draw_rules(rng, antecedents, length, contexts)
    cases = rng.integers(0, 2, (JUDGEMENTS, COLUMNS))
    labels = truth.predict(cases) ^ (rng.random(JUDGEMENTS) < CONTRARY)
    found, seconds = time_proposal(weigh_labels(cases, labels), antecedents, PRICE, LONGEST)
    is_found = np.array_equal(found.rules.predict(contexts), truth.predict(contexts))
    return is_found, found, seconds


def print_publics(seed: int, publics: int) -> list[str]:
    """Print how many rule lists are found back, and give what fails."""
    attributes = name_attributes([f"attribute {each}" for each in range(1, COLUMNS + 1)])
    antecedents = combine_conditions(list_conditions(attributes))
    print_head(FOUND_HEAD)
    together = []
    for length in range(1, MOST_RULES + 1):
        results = [
            find_back(seed, public, length, antecedents) for public in range(publics // MOST_RULES)
        ]
        together += [is_found for is_found, _, _ in results]
        seconds = np.array([each for _, _, each in results])
        cells = (
            str(length), str(len(results)), str(sum(is_found for is_found, _, _ in results)),
            str(sum(found.is_certified for _, found, _ in results)),
            f"{seconds.mean():.2f}", f"{seconds.max():.2f}",
        )  # fmt: skip
        print_row(FOUND_HEAD, cells)
    share = sum(together) / len(together)
    print(f"found back: {sum(together)} of {len(together)}")
    return [] if share >= LEAST_FOUND else [f"found back {share:.2f}, bound {LEAST_FOUND:g}"]


def draw_posterior(
    rng: np.random.Generator, design: Floats, labels: NDArray[np.bool_], draws: int
) -> Floats:
    """Draw coefficients of a logistic model by Laplace's approximation, shape (draws, columns).

    Their prior is normal around 0 with the standard deviation SPREAD.
    """
    precision = np.eye(design.shape[1]) / SPREAD**2
    mode, hessian = np.zeros(design.shape[1]), precision
    for _ in range(12):
        share = 1 / (1 + np.exp(-design @ mode))
        hessian = design.T @ (design * (share * (1 - share))[:, None]) + precision
        gradient = design.T @ (labels - share) - precision @ mode
        mode = mode + np.linalg.solve(hessian, gradient)
    noise = rng.standard_normal((draws, len(mode)))
    drawn: Floats = mode + np.linalg.solve(np.linalg.cholesky(hessian).T, noise.T).T
    return drawn


def simulate_reach(
    seed: int, public: int, antecedents: Sequence[Predicate]
) -> tuple[tuple[bool, float], tuple[bool, float]]:
    """Simulate a public and a rule; say of over- and underreach whether it held, and the width."""
    rng = np.random.default_rng([seed, public])
    contexts = list_contexts(COLUMNS)
    design = np.column_stack((np.ones(len(contexts)), 2.0 * contexts - 1))
    truth = rng.normal(0.0, SPREAD, design.shape[1])
    shares = 1 / (1 + np.exp(-design @ truth))
    asked = rng.integers(0, len(contexts), REACH_JUDGEMENTS)
    labels = rng.random(REACH_JUDGEMENTS) < shares[asked]
    coefficients = draw_posterior(rng, design[asked], labels, DRAWS)
    draws = 1 / (1 + np.exp(-coefficients @ design.T))
    weights = rng.exponential(size=len(contexts))
    holds = evaluate(antecedents[int(rng.integers(len(antecedents)))], contexts)
    outcomes = []
    for measure in (measure_overreach, measure_underreach):
        found = measure(holds, draws, weights)
        true = measure(holds, shares[None, :], weights).share
        outcomes.append((found.low <= true <= found.high, found.high - found.low))
    return outcomes[0], outcomes[1]


def print_reach(seed: int, publics: int) -> list[str]:
    """Print how often the intervals hold, and give what fails."""
    attributes = name_attributes([f"attribute {each}" for each in range(1, COLUMNS + 1)])
    antecedents = combine_conditions(list_conditions(attributes))
    results = [simulate_reach(seed, public, antecedents) for public in range(publics)]
    print_head(REACH_HEAD)
    failures = []
    for name, outcomes in zip(("over", "under"), zip(*results, strict=True), strict=True):
        held = float(np.mean([is_held for is_held, _ in outcomes]))
        width = float(np.mean([each for _, each in outcomes]))
        print_row(REACH_HEAD, (name, str(publics), f"{held:.3f}", f"{width:.3f}"))
        low, high = REACH_BOUNDS
        if not low <= held <= high:
            failures.append(f"intervals of {name}reach: {held:.3f}, bound {low:g} to {high:g}")
    return failures


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with real data, ../shared/data")
    parser.add_argument("--corels", type=Path, help="a checkout of corels/corels, made")
    parser.add_argument("--publics", type=int, default=100)
    parser.add_argument("--reaches", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print("COMPAS")
    failures = print_compas(given.shared, given.corels)
    print(f"\nSimulated publics, {JUDGEMENTS:,} judgements")
    failures += print_publics(given.seed, given.publics)
    print(f"\nIntervals of overreach and underreach, {REACH_JUDGEMENTS:,} judgements")
    failures += print_reach(given.seed, given.reaches)
    print_outcome(failures)


if __name__ == "__main__":
    main()
