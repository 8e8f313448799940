"""How proposals of rules do on simulated publics: proof, agreement held out, and what it takes.

Each public judges 300 contexts of so many attributes with four values each, 30 people to a context
and six contexts to a person, some of whom are more lenient than others in all that they judge; what
they find follows from all attributes together, so that no short list is the truth. Per length of
list: in how many publics it is proved to be the best, by how many points another could be better at
most where it is not, and the agreement on what was held out. Then, in many more publics and with
searches that are cut short, since that matters nothing there: how often the interval of that
agreement holds the agreement over all contexts there are. Bound: 93 to 97%, of each length.

    python -m benchmarks.proposals
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from benchmarks.bounds import print_outcome
from benchmarks.installation import add_database, chosen_installation
from benchmarks.tables import print_head, print_row

if TYPE_CHECKING:
    from spreekruimte.analysis.rules import Opinions
    from spreekruimte.guidelines.proposing.lists import ProposedList
    from spreekruimte.guidelines.proposing.situations import Situations

Ints = NDArray[np.int64]
CONTEXTS, VALUES, PEOPLE, POPULATION, SPREAD = 300, 4, 30, 20_000, 0.8
EACH, LENIENCY = 6, 1.0
"""How many contexts a person judges, and how people differ in all of them, in logits."""
LENGTHS = range(1, 5)
HEAD = ("attributes", "publics", "rules", "proved", "points left", "held out", "CPU s")
HELD_HEAD = ("attributes", "publics", "rules", "held", "width")
FEW_NODES = 5_000
LEAST, MOST = 0.93, 0.97


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
        lenient = LENIENCY * norm.ppf((np.arange(50) + 0.5) / 50)
        logits = self.weigh(codes)[:, None] + lenient
        shares: NDArray[np.float64] = (1.0 / (1.0 + np.exp(-logits))).mean(axis=1)
        return shares

    def weigh(self, codes: Ints) -> NDArray[np.float64]:
        """Give how admissible contexts are in the eyes of the middle, in logits."""
        heights: NDArray[np.float64] = self.heights[np.arange(len(self.columns)), codes].sum(axis=1)
        return 0.3 + heights


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publics", type=int, default=10)
    parser.add_argument("--held", type=int, default=500, help="publics that intervals are tried on")
    parser.add_argument("--seed", type=int, default=1)
    add_database(parser)
    arguments = parser.parse_args()
    with chosen_installation(arguments):
        import django

        django.setup()
        _print_lists(arguments.publics, arguments.seed)
        print()
        print_outcome(_print_intervals(arguments.held, arguments.seed))


def _print_lists(publics: int, seed: int) -> None:
    from spreekruimte.guidelines.proposing.computing import MOST_NODES

    print_head(HEAD)
    for attributes in (4, 6, 8):
        found = [_propose(seed, public, attributes, MOST_NODES) for public in range(publics)]
        seconds = np.mean([each[2] for each in found])
        for longest in LENGTHS:
            rows = [lists[longest] for lists, _truths, _seconds in found]
            cells = (
                str(attributes), str(publics), str(longest),
                str(sum(one.is_certified for one in rows)),
                f"{100 * max((one.gap for one in rows if not one.is_certified), default=0):.1f}",
                f"{np.mean([one.held_out.estimate for one in rows]):.3f}",
                f"{seconds:.1f}" if longest == LENGTHS[-1] else "",
            )  # fmt: skip
            print_row(HEAD, cells)


def _print_intervals(publics: int, seed: int) -> list[str]:
    """Print how often intervals hold, and give what fails."""
    print_head(HELD_HEAD)
    failures, attributes = [], 6
    found = [_propose(seed + 1, public, attributes, FEW_NODES) for public in range(publics)]
    for longest in LENGTHS:
        rows = [(lists[longest].held_out, truths[longest]) for lists, truths, _seconds in found]
        held = float(np.mean([one.low <= truth <= one.high for one, truth in rows]))
        width = float(np.mean([one.high - one.low for one, _truth in rows]))
        cells = str(attributes), str(publics), str(longest), f"{held:.3f}", f"{width:.3f}"
        print_row(HELD_HEAD, cells)
        if not LEAST <= held <= MOST:
            failures.append(f"{longest} rules: {held:.3f}, bound {LEAST:g} to {MOST:g}")
    return failures


def _propose(
    seed: int, number: int, attributes: int, most_nodes: int
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
    situations = _make_situations(public, asked, _ask(rng, public, asked))
    began = time.process_time()
    lists = read_lists(find_lists(situations, most_nodes=most_nodes))
    seconds = time.process_time() - began
    every = rng.integers(0, VALUES, (POPULATION, attributes))
    shares = public.share(every)
    truths = []
    for each in lists:
        forbidden = _find_forbidden(each, _widen(public, every))
        truths.append(float(np.where(forbidden, 1.0 - shares, shares).mean()))
    return lists, truths, seconds


def _ask(rng: np.random.Generator, public: Public, asked: Ints) -> Opinions:
    """Have contexts judged, each by as many people, who come in any order."""
    from spreekruimte.analysis.rules import Opinions

    places = np.concatenate([rng.permutation(len(asked)) for _time in range(PEOPLE)])
    people = np.arange(len(places)) // EACH
    lenient = rng.normal(0.0, LENIENCY, people[-1] + 1)
    logits = public.weigh(asked)[places] + lenient[people]
    return Opinions(places, rng.random(len(places)) >= 1.0 / (1.0 + np.exp(-logits)), people)


def _make_situations(public: Public, asked: Ints, opinions: Opinions) -> Situations:
    from spreekruimte.guidelines.proposing.situations import Situations

    inadmissible = np.bincount(opinions.places[opinions.finds_one], minlength=len(asked))
    return Situations(
        names=tuple(f"vignette {row}" for row in asked.tolist()),
        codes=_widen(public, asked),
        admissible=PEOPLE - inadmissible,
        inadmissible=inadmissible,
        cases=0,
        studies=(1,),
        is_simulated=True,
        opinions=opinions,
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
