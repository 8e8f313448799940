"""Vignettes: what all estimates and the map cost, how often intervals hold, against R.

First a study of 5,000 respondents who each see 6 vignettes of 8 attributes with 5 levels: CPU
seconds of all estimates (bound: 1), of the hierarchical model, and of the map over all 390,625
combinations (bound: 2). Then simulated studies of known truth, with effects of all sizes and with
none: how often the 95% intervals cover (bound: 93 to 97 in 100). Last, the published
conjoint study of which the folder with real data holds the rows: our effects against `svyglm` of
the R package survey, which the reference package cregg calls, where `Rscript` is there.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import norm

from benchmarks.bounds import print_outcome
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.vignettes import (
    Answers,
    Attribute,
    compare_means,
    draw_design,
    draw_room,
    estimate_effects,
    estimate_interactions,
    estimate_means,
    fit_context_model,
    make_answers,
    map_room,
    predict_all,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ESTIMATES_BOUND, MAP_BOUND = 1.0, 2.0
LEAST, MOST = 0.93, 0.97
LARGE = (5,) * 8
PAIRS = ((0, 1), (2, 3), (4, 5), (0, 7))
ALIKE = 0.3
"""How much of the latent answers of one respondent is common to them."""
RUNS, MOST_DRAWN = 5, 200
KINDS = ("effects", "means", "interactions", "map", "all shares", "draws")
COLUMNS = (
    "Gender",
    "Education",
    "LanguageSkills",
    "CountryOfOrigin",
    "Job",
    "JobExperience",
    "JobPlans",
    "ReasonForApplication",
    "PriorEntry",
)
RESTRICTED = ((1, 4), (3, 7))
SCRIPT = """
suppressMessages(library(survey))
d <- read.csv(commandArgs(TRUE)[1], stringsAsFactors = TRUE)
f <- y ~ a0 + a1 * a4 + a2 + a3 * a7 + a5 + a6 + a8
for (i in 0:8) d[[paste0("a", i)]] <- factor(d[[paste0("a", i)]])
run <- function() svyglm(f, svydesign(ids = ~id, weights = ~1, data = d))
invisible(run())
cat(sum(system.time(for (i in 1:3) run())[1:2]) / 3, "\\n")
m <- run()
cat(coef(m)["a01"], sqrt(vcov(m)["a01", "a01"]), "\\n", sep = " ")
"""


@dataclass(frozen=True, slots=True)
class World:
    """What is true: how many levels each attribute has, and how far these spread, in logits."""

    name: str
    sizes: tuple[int, ...]
    spreads: tuple[float, ...]


def make_worlds() -> list[World]:
    """Make four attributes with effects from none to large, and eight of which few have any."""
    four, eight = (4, 3, 5, 2), (4, 3, 5, 2, 3, 4, 2, 3)
    alike = [
        World(f"{spread:g}, all 4", four, (spread,) * 4) for spread in (0, 0.05, 0.1, 0.2, 0.5)
    ]
    none = World("0, all 8", eight, (0.0,) * 8)
    few = World("0.5, 2 of 8", eight, (0.0, 0.0, 0.5, 0.0, 0.0, 0.5, 0.0, 0.0))
    return [*alike, none, few]


def simulate(seed: int, respondents: int, world: World) -> tuple[Answers, Floats]:
    """Draw a study, and give the true share of every combination, shape `world.sizes`.

    The first two attributes also work together, half as strongly as the weakest of both. The
    answers of a respondent hang together by a normal copula, so the shares are exact.
    """
    rng = np.random.default_rng(seed)
    sizes = world.sizes
    grid = np.indices(sizes)
    heights = np.full(sizes, -0.1)
    for place, (size, spread) in enumerate(zip(sizes, world.spreads, strict=True)):
        heights = heights + spread * rng.normal(size=size)[grid[place]]
    together = 0.5 * min(world.spreads[:2]) * rng.normal(size=sizes[:2])
    heights = heights + together[grid[0], grid[1]]
    truth = expit(heights)
    people = np.repeat(np.arange(respondents), 6)
    shown = np.stack([rng.integers(size, size=len(people)) for size in sizes], axis=1)
    common, own = rng.normal(size=respondents)[people], rng.normal(size=len(people))
    latent = norm.cdf(np.sqrt(ALIKE) * common + np.sqrt(1.0 - ALIKE) * own)
    outcomes = (latent < truth[tuple(shown.T)]).astype(np.float64)
    attributes = [
        Attribute(f"attribute {place}", tuple(f"level {level}" for level in range(size)))
        for place, size in enumerate(sizes)
    ]
    return make_answers(attributes, shown, outcomes, people), truth


def measure(work: Callable[[], object]) -> float:
    """Give the CPU seconds of the best of `RUNS` runs, after one that compiles."""
    work()
    best = np.inf
    for _ in range(RUNS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def print_costs() -> list[str]:
    """Print what a large study costs, and give what is above its bound."""
    answers, _ = simulate(1, 5000, World("large", LARGE, (0.4,) * len(LARGE)))
    nothing = np.zeros((0, len(LARGE)), dtype=np.int64)
    groups = np.arange(5000) % 3
    even = [np.ones(size) for size in LARGE]
    model = fit_context_model(answers, PAIRS)

    def estimate() -> None:
        estimate_effects(answers)
        estimate_effects(answers, restricted=PAIRS[:2])
        estimate_interactions(answers, PAIRS)
        estimate_means(answers)
        compare_means(answers, groups, ("a", "b", "c"))
        fit_context_model(answers, PAIRS)

    costs = {
        "all estimates, model included": (measure(estimate), ESTIMATES_BOUND),
        "the model alone": (measure(lambda: fit_context_model(answers, PAIRS)), ESTIMATES_BOUND),
        "map of 25 cells": (measure(lambda: map_room(model, (0, 1), even, nothing)), MAP_BOUND),
        "all 390,625 shares": (measure(lambda: predict_all(model, nothing)), MAP_BOUND),
    }
    head = ("5,000 x 6 vignettes, 5^8", "CPU s", "bound")
    print_head(head)
    for name, (seconds, limit) in costs.items():
        print_row(head, (name, f"{seconds:.3f}", f"{limit:g}"))
    design = draw_design(answers.attributes, nothing, blocks=50, per_respondent=6, seed=1)
    print(f"D-efficiency of a design of 300 of these vignettes: {design.efficiency:.4f}")
    return [f"{name}: {s:.2f} s" for name, (s, limit) in costs.items() if s > limit]


def find_covered(seed: int, respondents: int, world: World) -> list[float]:
    """Give the share of intervals of one study that hold the truth, in the order of `KINDS`."""
    answers, truth = simulate(seed, respondents, world)
    width = len(world.sizes)
    others = [tuple(axis for axis in range(width) if axis != place) for place in range(width)]
    means = [truth.mean(axis=axes) for axes in others]
    changes = [each[1:] - each[0] for each in means]
    cells = truth.mean(axis=tuple(range(2, width)))
    both = cells[1:, 1:] - cells[:1, 1:] - cells[1:, :1] + cells[:1, :1]
    model = fit_context_model(answers, PAIRS[:1])
    nothing = np.zeros((0, width), dtype=np.int64)
    even = [np.ones(size) for size in world.sizes]
    room, every = map_room(model, (0, 1), even, nothing), predict_all(model, nothing)
    drawn = draw_room(model, even, nothing, most=MOST_DRAWN)
    effects, levels = estimate_effects(answers), estimate_means(answers)
    products = estimate_interactions(answers, PAIRS[:1])
    low, high = np.quantile(drawn.draws, [0.025, 0.975], axis=0)
    found = (
        (effects.low, effects.high, np.concatenate(changes)),
        (levels.low, levels.high, np.concatenate(means)),
        (products.low, products.high, both.T.ravel()),
        (room.low, room.high, cells),
        (every.low, every.high, truth.ravel()),
        (low, high, truth[tuple(drawn.levels.T)]),
    )
    return [float(((low <= true) & (true <= high)).mean()) for low, high, true in found]


def print_coverage(studies: int) -> list[str]:
    """Print how often intervals cover, and give the estimates whose intervals do not."""
    head = ("respondents", "effects, logits", *KINDS)
    print_head(head)
    failures = []
    for respondents in (150, 1000):
        for world in make_worlds():
            runs = [find_covered(seed, respondents, world) for seed in range(studies)]
            covered = np.mean(runs, axis=0).tolist()
            print_row(head, (f"{respondents}", world.name, *(f"{c:.4f}" for c in covered)))
            for name, share in zip(KINDS, covered, strict=True):
                if not LEAST <= share <= MOST:
                    failures.append(f"{name}, {respondents} x {world.name}: {share:.4f}")
    return failures


def print_against_r(shared: Path) -> None:
    """Print the ratio to `svyglm`, or that it is not here."""
    if shutil.which("Rscript") is None:
        print("Rscript is not here, so there is no ratio to the reference")
        return
    with (shared / "stats" / "conjoint" / "immigration.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = [_sort_levels([row[column] for row in rows]) for column in COLUMNS]
    shown = np.array(
        [[names[k].index(row[column]) for k, column in enumerate(COLUMNS)] for row in rows]
    )
    outcomes = np.array([float(row["ChosenImmigrant"]) for row in rows])
    people = np.array([int(row["CaseID"]) for row in rows])
    attributes = [Attribute(c, tuple(n)) for c, n in zip(COLUMNS, names, strict=True)]
    answers = make_answers(attributes, shown, outcomes, people)
    ours = measure(lambda: estimate_effects(answers, restricted=RESTRICTED))
    effects = estimate_effects(answers, restricted=RESTRICTED)
    with tempfile.TemporaryDirectory() as folder:
        data, script = Path(folder) / "data.csv", Path(folder) / "run.R"
        head = ",".join(["id", "y", *(f"a{k}" for k in range(len(COLUMNS)))])
        table = np.column_stack([people, outcomes, shown])
        np.savetxt(data, table, fmt="%d", delimiter=",", header=head, comments="")
        script.write_text(SCRIPT)
        done = subprocess.run(
            ["Rscript", str(script), str(data)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        print(f"R gave no answer: {(done.stderr.strip().splitlines() or ['it died'])[-1]}")
        return
    seconds, value, error = (float(part) for part in done.stdout.split())
    print(f"svyglm {seconds:.3f} s, ours {ours:.4f} s: {seconds / ours:.0f} times as fast")
    apart = max(abs(value - effects.values[0]), abs(error - effects.errors[0]))
    print(f"first effect and error differ by {apart:.1e} at most")


def _sort_levels(values: list[str]) -> list[str]:
    """Give the levels in the order in which they can be a base: those allowed everywhere first."""
    first = {"No Formal", "Janitor", "India", "Reunite with Family"}
    return sorted(set(values), key=lambda name: (name not in first, name))


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with real data, ../shared/data")
    parser.add_argument("--studies", type=int, default=1000, help="simulated studies of each kind")
    given = parser.parse_args()
    failures = print_costs()
    failures += print_coverage(given.studies)
    print_against_r(given.shared)
    print_outcome(failures)


if __name__ == "__main__":
    main()
