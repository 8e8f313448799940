"""How proposals of rules do on simulated publics: proof, agreement held out, and what it takes.

Each public judges 300 contexts of so many attributes with four values each, 30 people to a context;
what they find follows from all attributes together, so that no short list is the truth. Per length
of list: in how many publics it is proved to be the best, by how many points another could be
better at most where it is not, the agreement on what was held out, and how often the interval of
that holds the agreement over all contexts there are. Bound: at least 95%, in all rows together.

    python -m benchmarks.proposals
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.bounds import print_outcome
from benchmarks.installation import add_database, chosen_installation
from benchmarks.tables import print_head, print_row

if TYPE_CHECKING:
    from spreekruimte.guidelines.proposing.lists import ProposedList
    from spreekruimte.guidelines.proposing.situations import Situations

Ints = NDArray[np.int64]
CONTEXTS, VALUES, PEOPLE, POPULATION, SPREAD = 300, 4, 30, 20_000, 0.8
HEAD = (
    "attributes", "publics", "rules", "proved", "points left", "held out", "held", "CPU s",
)  # fmt: skip
LEAST = 0.95


@dataclass(frozen=True, slots=True)
class Public:
    """A simulated public.

    Attributes
    ----------
    columns
        The attributes that it is asked about.
    heights
        What each value of each adds, in logits, shape (attributes, values).
    """

    columns: tuple[int, ...]
    heights: NDArray[np.float64]

    def share(self, codes: Ints) -> NDArray[np.float64]:
        """Give the share that finds contexts admissible, shape (contexts,)."""
        logits = 0.3 + self.heights[np.arange(len(self.columns)), codes].sum(axis=1)
        shares: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-logits))
        return shares


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publics", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    add_database(parser)
    arguments = parser.parse_args()
    with chosen_installation(arguments):
        import django

        django.setup()
        _measure(arguments.publics, arguments.seed)


def _measure(publics: int, seed: int) -> None:
    print_head(HEAD)
    held: list[bool] = []
    for attributes in (4, 6, 8):
        found = [_propose(seed, public, attributes) for public in range(publics)]
        seconds = np.mean([each[2] for each in found])
        for longest in range(1, 5):
            rows = [(lists[longest], truths[longest]) for lists, truths, _ in found]
            holds = [one.held_out.low <= truth <= one.held_out.high for one, truth in rows]
            held += holds
            cells = (
                str(attributes), str(publics), str(longest),
                str(sum(one.is_certified for one, _ in rows)),
                f"{100 * max((one.gap for one, _ in rows if not one.is_certified), default=0):.1f}",
                f"{np.mean([one.held_out.estimate for one, _ in rows]):.3f}",
                f"{np.mean(holds):.2f}", f"{seconds:.1f}" if longest == 4 else "",
            )  # fmt: skip
            print_row(HEAD, cells)
    share = float(np.mean(held))
    print(f"intervals that hold: {share:.3f}")
    print_outcome([] if share >= LEAST else [f"intervals hold {share:.3f}, bound {LEAST:g}"])


def _propose(
    seed: int, number: int, attributes: int
) -> tuple[tuple[ProposedList, ...], list[float], float]:
    """Propose to one public; give the lists, their agreement over all contexts, and CPU seconds."""
    from spreekruimte.guidelines.proposing.computing import find_lists, list_askable
    from spreekruimte.guidelines.proposing.lists import read_lists
    from spreekruimte.guidelines.vocabulary import rule_attributes

    rng = np.random.default_rng([seed, attributes, number])
    columns = [
        each for each in list_askable() if len(rule_attributes().columns[each].values) >= VALUES
    ]
    chosen = tuple(sorted(rng.choice(columns, attributes, replace=False).tolist()))
    public = Public(chosen, rng.normal(0.0, SPREAD, (attributes, VALUES)))
    asked = np.unique(rng.integers(0, VALUES, (CONTEXTS, attributes)), axis=0)
    admissible = rng.binomial(PEOPLE, public.share(asked))
    began = time.process_time()
    lists = read_lists(find_lists(_make_situations(public, asked, admissible)))
    seconds = time.process_time() - began
    every = rng.integers(0, VALUES, (POPULATION, attributes))
    shares = public.share(every)
    truths = []
    for each in lists:
        forbidden = _find_forbidden(each, _widen(public, every))
        truths.append(float(np.where(forbidden, 1.0 - shares, shares).mean()))
    return lists, truths, seconds


def _make_situations(public: Public, asked: Ints, admissible: Ints) -> Situations:
    from spreekruimte.guidelines.proposing.situations import Situations

    return Situations(
        names=tuple(f"vignette {row}" for row in asked.tolist()),
        codes=_widen(public, asked),
        admissible=admissible,
        inadmissible=PEOPLE - admissible,
        cases=0,
        studies=(1,),
        is_simulated=True,
    )


def _widen(public: Public, codes: Ints) -> Ints:
    from spreekruimte.guidelines.vocabulary import rule_attributes

    wide = np.full((len(codes), len(rule_attributes().columns)), -1, dtype=np.int64)
    wide[:, public.columns] = codes
    return wide


def _find_forbidden(proposed: ProposedList, codes: Ints) -> NDArray[np.bool_]:
    from spreekruimte.analysis.rules import Effect, decide

    effects = decide([line.rule for line in proposed.lines], codes)
    forbidden: NDArray[np.bool_] = effects == Effect.FORBID
    return forbidden


if __name__ == "__main__":
    main()
