"""How often the interval of chill holds the truth.

Simulated surveys: each public servant has a leaning to stay silent, and answers on six of twelve
contexts. Of each context so many citizens have judged as is told, with true shares of .25 to .85;
the truth is the mean, over the contexts that more than half of all citizens finds admissible, of
the share of all public servants that would stay silent there. Bound: 93 to 97%. With few citizens
it is not known which contexts count, so the interval is wide there: at least 93%.

    python -m benchmarks.chill
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.bounds import print_outcome
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.chill import Silence, measure_chill

BOUNDS = (0.93, 0.97)
CONTEXTS, ASKED, DRAWS = 12, 6, 400
PUBLIC = np.linspace(0.25, 0.85, CONTEXTS)
MANY = 2_000
HEAD = ("people".rjust(8), "citizens", "silence", "leaning", "figures", "held", "width")


def main() -> None:
    """Simulate surveys of each kind, and print how often the interval held the truth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print_head(HEAD)
    failures = []
    for people in (25, 100, 1_000):
        for citizens in (100, MANY):
            for silence, leaning in ((0.1, 1.0), (0.5, 1.0), (0.5, 3.0)):
                random = np.random.default_rng([chosen.seed, people, citizens, int(silence * 10)])
                share_held = _repeat(random, people, citizens, (silence, leaning), chosen.repeats)
                high = BOUNDS[1] if citizens == MANY else 1.0
                if not BOUNDS[0] <= share_held <= high:
                    failures.append(f"{people} people, {citizens} citizens: {share_held:.3f}")
    print_outcome(failures)


def _repeat(
    random: np.random.Generator,
    people: int,
    citizens: int,
    kind: tuple[float, float],
    repeats: int,
) -> float:
    held, widths = 0, []
    slopes = np.linspace(-0.5, 0.5, CONTEXTS)
    middle = float(np.log(kind[0] / (1.0 - kind[0])))
    # Of all public servants: the mean over a fine grid of leanings.
    leanings = np.sort(np.random.default_rng(0).standard_normal(200_000)) * kind[1]
    silent = np.array([expit(middle + slope + leanings).mean() for slope in slopes])
    truth = float(silent[PUBLIC > 0.5].mean())
    for _ in range(repeats):
        survey = _simulate(random, people, middle + slopes, kind[1])
        found = measure_chill(survey, _draw(random, citizens), np.ones(CONTEXTS, dtype=np.bool_))
        if found is not None:
            held += found.low <= truth <= found.high
            widths.append(found.high - found.low)
    share = held / max(len(widths), 1)
    print_row(
        HEAD,
        (
            str(people),
            str(citizens),
            f"{kind[0]:.1f}",
            f"{kind[1]:.0f}",
            str(len(widths)),
            f"{share:.3f}",
            f"{np.mean(widths):.3f}" if widths else "",
        ),
    )
    return share


def _simulate(
    random: np.random.Generator, people: int, heights: NDArray[np.float64], leaning: float
) -> Silence:
    contexts = np.argsort(random.random((people, CONTEXTS)), axis=1)[:, :ASKED]
    shares = expit(heights[contexts] + leaning * random.standard_normal((people, 1)))
    return Silence(
        np.repeat(np.arange(people), ASKED),
        contexts.ravel(),
        (random.random((people, ASKED)) < shares).ravel(),
    )


def _draw(random: np.random.Generator, citizens: int) -> NDArray[np.float64]:
    yes = random.binomial(citizens, PUBLIC)
    return random.beta(yes + 0.5, citizens - yes + 0.5, size=(DRAWS, CONTEXTS))


if __name__ == "__main__":
    main()
