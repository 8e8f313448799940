from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.polis import compare_with_polis
from spreekruimte.analysis.polis.statistics import OPINIONS
from spreekruimte.analysis.votes.matrix import VoteMatrix

Build = Callable[..., VoteMatrix]

ROWS = ["+-+", "++0", "-+.", "-+-"]


def test_the_groups_of_the_source_are_used(build: Build) -> None:
    result = compare_with_polis(build(ROWS, groups=[0, 0, 1, 1]))
    assert result.source == "given"
    assert result.labels.tolist() == [0, 0, 1, 1]
    assert result.consensus["agree"] == pytest.approx([3 / 4 * 1 / 4, 2 / 4 * 3 / 4, 2 / 4 * 1 / 3])
    assert result.consensus["disagree"] == pytest.approx(
        [1 / 4 * 3 / 4, 2 / 4 * 1 / 4, 1 / 4 * 2 / 3]
    )


def test_groups_asked_for_replace_those_of_the_source(build: Build) -> None:
    result = compare_with_polis(
        build(ROWS, groups=[0, 0, 1, 1]), groups=np.array([0, 1, 0, 1], dtype=np.int32)
    )
    assert result.source == "given"
    assert result.labels.tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize("groups", [None, [-1] * 60])
def test_without_groups_in_the_source_they_are_computed(
    camps: VoteMatrix, groups: list[int] | None
) -> None:
    result = compare_with_polis(_with_groups(camps, groups))
    assert result.source == "computed"
    assert result.labels.tolist() == [participant % 2 for participant in range(60)]


def test_gaps_between_group_numbers_are_closed_and_the_numbers_kept(build: Build) -> None:
    result = compare_with_polis(build(ROWS, groups=[4, 1, -1, 4]))
    assert result.group_ids == (1, 4)
    assert result.labels.tolist() == [1, 0, -1, 1]
    assert result.support["agree"].seen.tolist() == [[1, 1, 1], [2, 2, 2]]


def test_who_has_no_group_counts_for_everyone_only(build: Build) -> None:
    result = compare_with_polis(build(ROWS, groups=[0, 0, 1, -1]))
    assert result.everyone.seen.tolist() == [4, 4, 3]
    assert result.support["agree"].seen.sum(axis=0).tolist() == [3, 3, 2]


def test_no_participant_in_a_group_is_refused(build: Build) -> None:
    with pytest.raises(InputError, match="None of the 4 participants is in a group"):
        compare_with_polis(build(ROWS), groups=np.full(4, -1, dtype=np.int32))


def test_removed_statements_keep_their_counts_and_are_on_no_list(build: Build) -> None:
    result = compare_with_polis(
        build(["+++--"] * 20 + ["+++++"] * 20, removed=[0, 4], groups=[0] * 20 + [1] * 20),
        meta=np.array([False, True, False, False, False]),
    )
    assert result.removed.tolist() == [True, True, False, False, True]
    assert result.everyone.counts["agree"].tolist() == [40, 40, 40, 20, 20]
    assert result.extremity[[0, 1, 4]].tolist() == [0.0, 0.0, 0.0]
    assert result.priority[1] == 49.0
    assert [item.column for item in result.consensus_statements["agree"]] == [2]
    for chosen in result.representative:
        assert {item.column for item in chosen} == {2, 3}


def test_consensus_statements_are_those_of_all_participants(build: Build) -> None:
    result = compare_with_polis(build(["+-"] * 12, groups=[0] + [-1] * 11))
    assert [(item.column, item.count) for item in result.consensus_statements["agree"]] == [(0, 12)]
    assert [(item.column, item.count) for item in result.consensus_statements["disagree"]] == [
        (1, 12)
    ]


def test_priorities_count_the_members_of_groups(build: Build) -> None:
    # Nobody differs, so extremity is 0: (4/5) (1 - 1/5), times 1 + 8 * 2^(-3/5).
    result = compare_with_polis(build(["++"] * 5, groups=[0, 0, 1, -1, -1]))
    expected = (0.8 * 0.8 * (1 + 8 * 2**-0.6)) ** 2
    assert result.priority == pytest.approx([expected, expected], abs=1e-12)


def test_real_conversations_give_finite_figures_and_full_lists(
    conversation: tuple[str, VoteMatrix],
) -> None:
    _, matrix = conversation
    result = compare_with_polis(matrix)
    assert result.source == "given"
    for opinion in OPINIONS:
        assert np.isfinite(result.repness[opinion].test).all()
        assert ((result.consensus[opinion] > 0) & (result.consensus[opinion] < 1)).all()
    assert (result.priority > 0).all()
    assert all(1 <= len(chosen) <= 5 for chosen in result.representative)


AGREEMENT = {
    "15-per-hour-seattle": 0.499,
    "brexit-consensus": 0.552,
    "football-concussions": 0.115,
    "london.youth.policing": -0.019,
    "vtaiwan.uberx": 0.890,
}
"""Adjusted Rand index against Polis' own groups, as docs/polis-compatibility.md tells it."""


def test_computed_groups_agree_with_those_of_polis_as_documented(
    conversation: tuple[str, VoteMatrix],
) -> None:
    name, matrix = conversation
    computed = compare_with_polis(_with_groups(matrix, None)).labels
    given = matrix.given_groups
    assert given is not None
    both = (computed >= 0) & (given >= 0)
    assert _adjusted_rand(computed[both], given[both]) == pytest.approx(AGREEMENT[name], abs=5e-4)


def _with_groups(matrix: VoteMatrix, groups: list[int] | None) -> VoteMatrix:
    return VoteMatrix(
        participant_ids=matrix.participant_ids,
        statements=matrix.statements,
        indptr=matrix.indptr,
        columns=matrix.columns,
        values=matrix.values,
        arrival=matrix.arrival,
        given_groups=None if groups is None else np.array(groups, dtype=np.int32),
    )


def _adjusted_rand(left: np.ndarray, right: np.ndarray) -> float:
    table = np.zeros((left.max() + 1, right.max() + 1))
    np.add.at(table, (left, right), 1)

    def pairs(counts: np.ndarray) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, by_left, by_right = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = by_left * by_right / pairs(np.array([len(left)]))
    return (together - chance) / ((by_left + by_right) / 2 - chance)
