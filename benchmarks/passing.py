"""What participants who only pass change, on vTaiwan and the other conversations.

Each of them passes on as many random statements as some real participant voted on.
Bounds: adjusted Rand index of the groups with those before at least .95, and at least 9
of the top ten kept.
"""

from __future__ import annotations

import argparse
import zlib
from dataclasses import dataclass

import numpy as np

from benchmarks.bounds import print_outcome
from benchmarks.real_votes import (
    NAME_WIDTH,
    Account,
    RealVotes,
    add_accounts,
    add_data_folder,
    read_conversations,
)
from benchmarks.scoring import adjusted_rand
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.votes import PASS, VoteMatrix
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.judgement import Judgement

RAND_BOUND, TOP_BOUND = 0.95, 9
TOP = 10
ADDED = (0.1, 0.3, 1.0)
HEAD = ("conversation".rjust(NAME_WIDTH), "added", "groups", "after", "lowest Rand", "fewest kept")


@dataclass(frozen=True, slots=True)
class Change:
    """What one draw of passing participants changed."""

    groups: int
    rand: float
    kept: int


def add_passing(matrix: VoteMatrix, share: float, rng: np.random.Generator) -> VoteMatrix:
    """Add a share of the number of participants again, who only pass."""
    sizes = rng.choice(np.diff(matrix.indptr), round(share * matrix.participant_count))
    return add_accounts(matrix, [_pass_on(matrix, int(size), rng) for size in sizes])


def _pass_on(matrix: VoteMatrix, size: int, rng: np.random.Generator) -> Account:
    columns = rng.choice(matrix.statement_count, size, replace=False).astype(np.int32)
    return Account(columns, np.full(size, PASS, dtype=np.int8))


def compare(before: Judgement, after: Judgement) -> Change:
    """Compare the groups of those who were there before, and the top of the ranking."""
    labels = dict(zip(after.matrix.participant_ids, after.groups.labels, strict=True))
    found = np.array([labels[each] for each in before.matrix.participant_ids])
    rand = adjusted_rand(before.groups.labels, found)
    return Change(after.groups.count, rand, len(list_top(before) & list_top(after)))


def list_top(judgement: Judgement) -> set[str]:
    """List the statements with the most agreement across groups."""
    return {each.statement.id for each in judgement.results if each.rank <= TOP}


def measure(conversation: RealVotes, draws: int, seed: int) -> list[str]:
    """Print one conversation, and give what fails."""
    before = judge_votes(conversation.matrix)
    failures = []
    for share in ADDED:
        key = [seed, zlib.crc32(conversation.name.encode()), round(100 * share)]
        changes = [
            compare(before, judge_votes(add_passing(conversation.matrix, share, rng)))
            for rng in (np.random.default_rng([*key, draw]) for draw in range(draws))
        ]
        rand, kept = min(each.rand for each in changes), min(each.kept for each in changes)
        groups = sorted({each.groups for each in changes})
        cells = (f"{share:.0%}", str(before.groups.count), ", ".join(map(str, groups)))
        print_row(HEAD, (conversation.name, *cells, f"{rand:.3f}", str(kept)))
        if rand < RAND_BOUND or kept < TOP_BOUND:
            failures.append(f"{conversation.name} with {share:.0%}: Rand {rand:.3f}, kept {kept}")
    return failures


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_folder(parser)
    parser.add_argument("--draws", type=int, default=10, help="draws of passing participants")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print_head(HEAD)
    failures: list[str] = []
    for conversation in read_conversations(given.data):
        failures += measure(conversation, given.draws, given.seed)
    print_outcome(failures)


if __name__ == "__main__":
    main()
