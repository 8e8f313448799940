"""What accounts gain that copy real participants to push one statement.

As many new accounts as a tenth of the participants each copy 14 votes of a random real
participant who has that many, and agree with one weak statement, taken at random from
the lower two thirds of the ranking. Bound: the statement rises at most 10 places, or is
flagged as pushed. The accounts copy

- opinions: 14 opinions;
- votes: 14 votes, passes included;
- one group: 14 opinions of members of the group that agrees least with the statement;
- one person: 14 opinions, all accounts of the same person;
- supporters: 14 opinions of people who agree with the statement themselves, so that the
  accounts hold nothing that their source does not.

For information, and outside the bound, they hide their copying:

- one changed: 14 opinions, one of them turned round;
- two people: 7 opinions of each of two.

Before that: how many statements are flagged as pushed where nobody pushes, on all
participants and on random halves of them.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.bounds import print_outcome
from benchmarks.generators import (
    Behaviour,
    Shape,
    generate_continuum,
    generate_groups,
    generate_structureless,
)
from benchmarks.real_votes import (
    NAME_WIDTH,
    Account,
    RealVotes,
    add_accounts,
    add_data_folder,
    read_conversations,
)
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.integrity import find_pushed
from spreekruimte.analysis.opinions import collect_opinions
from spreekruimte.analysis.votes import AGREE, PASS, VoteMatrix
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.judgement import Judgement, StatementResult

COPIED = 14
ACCOUNTS = 0.1
WEAK_FROM = 1 / 3
RISE_BOUND = 10
FEW_VOTES, MORE_ATTACKS = 6_000, 10
MANY_PASSES = Behaviour(pass_rate=0.5)
CONVERSATION = "conversation".rjust(NAME_WIDTH)
QUIET_HEAD = (CONVERSATION, "statements", "flagged", "halves", "flagged in halves", "most in one")
HEAD = (
    CONVERSATION,
    "accounts",
    "copying".rjust(11),
    "attacks",
    "median rise",
    "highest",
    "flagged",
    "neither",
    "others flagged",
)

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of copying.

    Attributes
    ----------
    name
        As in the table.
    passes
        Whether passes are copied too.
    sources
        How many people an account copies from.
    one_person
        Whether all accounts copy the same people.
    one_group
        Whether they copy members of one group alone.
    supporters
        Whether they copy only who agrees with the statement.
    changed
        How many of the copied opinions are turned round.
    bound
        Whether the bound speaks of this one.
    """

    name: str
    passes: bool = False
    sources: int = 1
    one_person: bool = False
    one_group: bool = False
    supporters: bool = False
    changed: int = 0
    bound: bool = True


VARIANTS = (
    Variant("opinions"),
    Variant("votes", passes=True),
    Variant("one group", one_group=True),
    Variant("one person", one_person=True),
    Variant("supporters", supporters=True),
    Variant("one changed", changed=1, bound=False),
    Variant("two people", sources=2, bound=False),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What one attack achieved; `others` counts flagged statements that nobody pushed."""

    attack: int
    statement: str
    rise: int
    flagged: bool
    others: int

    @property
    def got_through(self) -> bool:
        """Whether it rose further than it may, without being flagged."""
        return self.rise > RISE_BOUND and not self.flagged


class Copyable:
    """The votes that accounts can copy: on judged statements, but for the one they push."""

    def __init__(self, matrix: VoteMatrix, target: int, variant: Variant) -> None:
        self._matrix = matrix
        self._per_person = COPIED // variant.sources
        wanted = matrix.judged[matrix.columns] & (matrix.columns != target)
        if not variant.passes:
            wanted &= matrix.values != PASS
        self._wanted = wanted
        counts = np.bincount(matrix.rows[wanted], minlength=matrix.participant_count)
        self.people: Indices = np.flatnonzero(counts >= self._per_person)

    def draw(self, rng: np.random.Generator, people: Indices) -> Account:
        """Copy votes of some people; of two on the same statement the first one counts."""
        taken = np.concatenate([self._draw_from(rng, int(person)) for person in people])
        columns, first = np.unique(self._matrix.columns[taken], return_index=True)
        return Account(columns, self._matrix.values[taken][first])

    def _draw_from(self, rng: np.random.Generator, person: int) -> Indices:
        start, end = self._matrix.indptr[person : person + 2]
        own = start + np.flatnonzero(self._wanted[start:end])
        return np.asarray(rng.choice(own, self._per_person, replace=False))


def make_accounts(
    before: Judgement, target: StatementResult, variant: Variant, rng: np.random.Generator
) -> list[Account]:
    """Make the accounts of one attack; none where nobody has votes enough to copy."""
    matrix = before.matrix
    column = matrix.statements.index(target.statement)
    copyable = Copyable(matrix, column, variant)
    people = copyable.people
    if variant.one_group:
        people = people[before.groups.labels[people] == _find_coolest_group(target)]
    if variant.supporters:
        agreeing = (matrix.columns == column) & (matrix.values == AGREE)
        people = np.intersect1d(people, matrix.rows[agreeing])
    if len(people) < variant.sources:
        return []
    if variant.one_person:
        people = rng.choice(people, variant.sources, replace=False)
    return [
        _push(copyable.draw(rng, sources), column, variant.changed)
        for sources in _draw_sources(rng, people, variant.sources, count_accounts(matrix))
    ]


def _draw_sources(
    rng: np.random.Generator, people: Indices, size: int, count: int
) -> Iterator[Indices]:
    for _ in range(count):
        yield rng.choice(people, size, replace=False)


def count_accounts(matrix: VoteMatrix) -> int:
    """Count the accounts of an attack."""
    return max(1, round(ACCOUNTS * matrix.participant_count))


def _find_coolest_group(target: StatementResult) -> int:
    """Find the group that agrees least with a statement."""
    shares = [(each.agree + 1) / (each.agree + each.disagree + 2) for each in target.by_group]
    return int(np.argmin(shares))


def _push(copied: Account, column: int, changed: int) -> Account:
    """Turn round the first opinions of an account, and let it agree with the statement."""
    votes = copied.votes.copy()
    votes[:changed] *= -1
    return Account(
        np.append(copied.columns, column).astype(np.int32), np.append(votes, np.int8(AGREE))
    )


def attack(before: Judgement, variant: Variant, key: Sequence[int], number: int) -> Result | None:
    """Push one weak statement; None where nobody has votes enough to copy."""
    rng = np.random.default_rng([*key, number])
    weak = [each for each in before.results if each.rank > WEAK_FROM * len(before.results)]
    target = weak[int(rng.integers(len(weak)))]
    accounts = make_accounts(before, target, variant, rng)
    if not accounts:
        return None
    after = {each.statement.id: each for each in _judge_with(before.matrix, accounts).results}
    pushed = after[target.statement.id]
    flagged = _is_flagged(pushed)
    others = sum(map(_is_flagged, after.values())) - flagged
    return Result(number, target.statement.id, target.rank - pushed.rank, flagged, others)


def _judge_with(matrix: VoteMatrix, accounts: Sequence[Account]) -> Judgement:
    return judge_votes(add_accounts(matrix, accounts))


def _is_flagged(result: StatementResult) -> bool:
    return "pushed" in result.flags


def measure_attacks(votes: RealVotes, attacks: int, seed: int) -> list[str]:
    """Print a row per variant, and give what the bound does not allow.

    Where the signs are weak and judging is quick, many times more attacks are made.
    """
    before = judge_votes(votes.matrix)
    if votes.matrix.vote_count < FEW_VOTES:
        attacks *= MORE_ATTACKS
    failures = []
    for variant in VARIANTS:
        if variant.one_group and not before.groups.count:
            continue
        key = (seed, zlib.crc32(votes.name.encode()), zlib.crc32(variant.name.encode()))
        tries = (attack(before, variant, key, number) for number in range(attacks))
        results = [result for result in tries if result is not None]
        _print_results(votes, variant, results)
        through = [each for each in results if each.got_through]
        if variant.bound and through:
            failures.append(_describe(votes.name, variant, through, len(results)))
    return failures


def _print_results(votes: RealVotes, variant: Variant, results: Sequence[Result]) -> None:
    rises = [each.rise for each in results]
    figures = (
        len(results),
        round(float(np.median(rises))) if rises else "-",
        max(rises, default="-"),
        sum(each.flagged for each in results),
        sum(each.got_through for each in results),
        sum(each.others for each in results),
    )
    accounts = str(count_accounts(votes.matrix))
    print_row(HEAD, (votes.name, accounts, variant.name, *map(str, figures)))


def _describe(name: str, variant: Variant, through: Sequence[Result], tried: int) -> str:
    worst = max(through, key=lambda each: each.rise)
    return (
        f"{name}, {variant.name}: {len(through)} of {tried} rise further and are not flagged, "
        f"attack {worst.attack} on statement {worst.statement} by {worst.rise} places"
    )


def measure_quiet(votes: RealVotes, halves: int, seed: int) -> None:
    """Print how many statements are flagged where nobody pushes."""
    matrix = votes.matrix
    rng = np.random.default_rng([seed, zlib.crc32(votes.name.encode())])
    in_halves = [count_flagged(half) for half in _draw_halves(rng, matrix, halves)]
    figures = (
        int(matrix.judged.sum()),
        count_flagged(matrix),
        halves,
        sum(in_halves),
        max(in_halves, default=0),
    )
    print_row(QUIET_HEAD, (votes.name, *map(str, figures)))


def count_flagged(matrix: VoteMatrix) -> int:
    """Count the statements that look pushed."""
    return int(find_pushed(collect_opinions(matrix), matrix.participant_ids).sum())


def _draw_halves(rng: np.random.Generator, matrix: VoteMatrix, count: int) -> Iterator[VoteMatrix]:
    for _ in range(count):
        keep = rng.permutation(matrix.participant_count) < matrix.participant_count // 2
        yield matrix.select_participants(keep)


def generate_conversations(seed: int) -> list[RealVotes]:
    """Generate conversations of several sizes, with and without structure."""
    rng, shape = np.random.default_rng(seed), Shape(2_000, 100, 60_000)
    return [
        RealVotes("three groups", generate_groups(rng, shape).matrix),
        RealVotes("three groups, sparse", generate_groups(rng, Shape(3_000, 400, 75_000)).matrix),
        RealVotes("no groups", generate_structureless(rng, Shape(1_000, 60, 20_000)).matrix),
        RealVotes("no groups, small", generate_structureless(rng, Shape(150, 40, 3_000)).matrix),
        RealVotes("continuum", generate_continuum(rng, Shape(1_500, 120, 45_000)).matrix),
        RealVotes("many passes", generate_groups(rng, shape, behaviour=MANY_PASSES).matrix),
    ]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_folder(parser)
    parser.add_argument(
        "--attacks", type=int, default=20, help="per way of copying; ten times more on few votes"
    )
    parser.add_argument("--halves", type=int, default=20, help="random halves without an attack")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    conversations = read_conversations(given.data) + generate_conversations(given.seed)
    print_head(QUIET_HEAD)
    for votes in conversations:
        measure_quiet(votes, given.halves, given.seed)
    print()
    print_head(HEAD)
    failures: list[str] = []
    for votes in conversations:
        failures += measure_attacks(votes, given.attacks, given.seed)
    print_outcome(failures)


if __name__ == "__main__":
    main()
