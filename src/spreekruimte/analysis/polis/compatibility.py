"""All that Polis publishes about a conversation, from given groups or its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.polis.grouping import group_participants
from spreekruimte.analysis.polis.selection import (
    ConsensusStatement,
    RepresentativeStatement,
    choose_consensus,
    choose_representatives,
)
from spreekruimte.analysis.polis.space import (
    PolisSpace,
    build_space,
    find_listed,
    measure_extremity,
)
from spreekruimte.analysis.polis.statistics import (
    OPINIONS,
    Opinion,
    Repness,
    Support,
    Tally,
    compare_groups,
    count_all,
    count_by_group,
    measure_support,
    multiply_over_groups,
    weigh_priorities,
)
from spreekruimte.analysis.votes.matrix import Flags, Floats, Indices, VoteMatrix

Source = Literal["given", "computed"]


@dataclass(frozen=True, slots=True, eq=False)
class PolisResult:
    """What Polis publishes about one conversation.

    Attributes
    ----------
    source
        Whether the groups were given or computed by Polis' steps.
    labels
        Shape (participants,): row of the group in the arrays below, -1 for none.
    group_ids
        The given number of each group, ascending.
    listed
        Shape (statements,): with at least one vote. Polis knows no others; their figures
        here come from no votes.
    removed
        Shape (statements,): taken out by moderation, or about the participant. They are
        on no list of statements.
    everyone
        Votes of all participants, in a group or not, shape (statements,).
    support, repness
        Per opinion, of shape (groups, statements), from the votes of the groups' members.
    consensus
        Per opinion the group-informed consensus, shape (statements,), 0 to 1.
    space
        Components and positions.
    extremity, priority
        Shape (statements,).
    representative
        Per group.
    consensus_statements
        Per opinion.
    """

    source: Source
    labels: Indices
    group_ids: tuple[int, ...]
    listed: Flags
    removed: Flags
    everyone: Tally
    support: dict[Opinion, Support]
    repness: dict[Opinion, Repness]
    consensus: dict[Opinion, Floats]
    space: PolisSpace
    extremity: Floats
    priority: Floats
    representative: tuple[tuple[RepresentativeStatement, ...], ...]
    consensus_statements: dict[Opinion, tuple[ConsensusStatement, ...]]


def compare_with_polis(
    matrix: VoteMatrix, *, groups: Indices | None = None, meta: Flags | None = None
) -> PolisResult:
    """Compute what Polis publishes about these votes.

    Parameters
    ----------
    groups
        Shape (participants,): a group per participant, negative for none. By default the
        groups that the source itself reports, and without those the ones that Polis'
        steps give.
    meta
        Shape (statements,): statements about the participant instead of the topic; by
        default none.

    Raises
    ------
    InputError
        If no participant is in a group.

    Notes
    -----
    The formulas are those of Polis' own published code (`math/` in compdemocracy/polis,
    2024) and of Small et al. 2021, "Polis: scaling deliberation by mapping
    high-dimensional opinion spaces", Recerca 26(2).
    """
    is_meta = np.zeros(matrix.statement_count, dtype=np.bool_) if meta is None else meta
    removed = ~matrix.judged | is_meta
    listed = find_listed(matrix)
    eligible = listed & ~removed
    space = build_space(matrix, removed)
    extremity = measure_extremity(space.means, space.axes, space.size)
    source, chosen = _choose_groups(matrix, groups, space)
    labels, group_ids = _number_groups(chosen)
    tally = count_by_group(matrix, labels, len(group_ids))
    everyone = count_all(matrix)
    support = {opinion: measure_support(tally.counts[opinion], tally.seen) for opinion in OPINIONS}
    repness = {opinion: compare_groups(tally.counts[opinion], tally.seen) for opinion in OPINIONS}
    return PolisResult(
        source=source,
        labels=labels,
        group_ids=group_ids,
        listed=listed,
        removed=removed,
        everyone=everyone,
        support=support,
        repness=repness,
        consensus={opinion: multiply_over_groups(support[opinion]) for opinion in OPINIONS},
        space=space,
        extremity=extremity,
        priority=weigh_priorities(tally.add_groups(), extremity, is_meta),
        representative=tuple(
            choose_representatives(support, repness, group, eligible)
            for group in range(len(group_ids))
        ),
        consensus_statements={
            opinion: choose_consensus(
                measure_support(everyone.counts[opinion], everyone.seen), eligible
            )
            for opinion in OPINIONS
        },
    )


def _choose_groups(
    matrix: VoteMatrix, groups: Indices | None, space: PolisSpace
) -> tuple[Source, Indices]:
    """Take the groups that are asked for, else the source's own, else compute them."""
    given = matrix.given_groups
    if groups is None and given is not None and np.any(given >= 0):
        groups = given
    if groups is None:
        return "computed", group_participants(matrix, space)
    return "given", groups


def _number_groups(chosen: Indices) -> tuple[Indices, tuple[int, ...]]:
    """Give the groups numbers from 0 without gaps, and tell the number that each had."""
    members = chosen >= 0
    if not members.any():
        raise InputError("None of the {count} participants is in a group.", count=len(chosen))
    group_ids, rows = np.unique(chosen[members], return_inverse=True)
    labels = np.full(len(chosen), -1, dtype=np.int32)
    labels[members] = rows
    return labels, tuple(int(group) for group in group_ids)
