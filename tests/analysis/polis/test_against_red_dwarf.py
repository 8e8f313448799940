"""The same figures from red-dwarf, an independent rebuild of Polis, where it is installed."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from spreekruimte.analysis.polis import PolisResult, compare_with_polis
from spreekruimte.analysis.polis.statistics import OPINIONS
from spreekruimte.analysis.votes.matrix import VoteMatrix

with warnings.catch_warnings():
    # What red-dwarf's own dependencies warn of is not ours to mend.
    warnings.simplefilter("ignore")
    pandas = pytest.importorskip("pandas", reason="red-dwarf is not installed")
    stats = pytest.importorskip("reddwarf.utils.stats", reason="red-dwarf is not installed")
    agreement = pytest.importorskip("reddwarf.utils.consensus", reason="red-dwarf is not installed")

EXACT = 1e-9


@pytest.fixture(params=["groups of Polis", "thirds"])
def compared(
    request: pytest.FixtureRequest, conversation: tuple[str, VoteMatrix]
) -> tuple[VoteMatrix, PolisResult]:
    """A real conversation with the groups of Polis, and with every third participant in one."""
    _, matrix = conversation
    if request.param == "groups of Polis":
        return matrix, compare_with_polis(matrix)
    thirds = np.arange(matrix.participant_count, dtype=np.int32) % 3
    return matrix, compare_with_polis(matrix, groups=thirds)


class Theirs:
    """red-dwarf's figures on the same votes and groups."""

    def __init__(self, matrix: VoteMatrix, result: PolisResult) -> None:
        dense = np.full((matrix.participant_count, matrix.statement_count), np.nan)
        dense[matrix.rows, matrix.columns] = matrix.values
        self.votes = pandas.DataFrame(dense)
        self.votes.columns.name = "statement_id"
        self.removed = list(np.flatnonzero(~result.listed | result.removed))
        member = result.labels >= 0
        self.by_group, self.consensus = stats.calculate_comment_statistics_dataframes(
            self.votes[member].reset_index(drop=True), list(result.labels[member])
        )


def test_counts_probabilities_and_tests_are_equal(
    compared: tuple[VoteMatrix, PolisResult],
) -> None:
    matrix, result = compared
    theirs = Theirs(matrix, result)
    for opinion in OPINIONS:
        letter = opinion[0]
        support, repness = result.support[opinion], result.repness[opinion]
        for name, ours in {
            f"n{letter}": support.count,
            "ns": support.seen,
            f"p{letter}": support.probability,
            f"p{letter}t": support.test,
            f"r{letter}": repness.ratio,
            f"r{letter}t": repness.test,
        }.items():
            assert ours.ravel() == pytest.approx(theirs.by_group[name].to_numpy(), abs=EXACT), name
        assert result.consensus[opinion] == pytest.approx(
            theirs.consensus[f"group-aware-consensus-{opinion}"].to_numpy(), abs=EXACT
        )


def test_representative_statements_are_as_strong(compared: tuple[VoteMatrix, PolisResult]) -> None:
    matrix, result = compared
    theirs = Theirs(matrix, result)
    lists = stats.select_representative_statements(theirs.by_group, theirs.removed)
    for group, chosen in enumerate(result.representative):
        listed = lists[group]
        assert [item.opinion for item in chosen] == [item["repful-for"] for item in listed]
        # By strength, since red-dwarf leaves the order of equal statements to chance.
        ours = [item.ratio * item.ratio_test * item.probability * item.test for item in chosen]
        assert ours == pytest.approx(
            [
                item["repness"] * item["repness-test"] * item["p-success"] * item["p-test"]
                for item in listed
            ],
            abs=EXACT,
        )
        assert chosen[0].best_agree == listed[0].get("best-agree", False)


def test_consensus_statements_are_as_strong(compared: tuple[VoteMatrix, PolisResult]) -> None:
    matrix, result = compared
    theirs = Theirs(matrix, result)
    lists = agreement.select_consensus_statements(theirs.votes, theirs.removed)
    for opinion in OPINIONS:
        ours = [item.probability * item.test for item in result.consensus_statements[opinion]]
        assert ours == pytest.approx(
            [item["p-success"] * item["p-test"] for item in lists[opinion]], abs=EXACT
        )


def test_priorities_are_equal(compared: tuple[VoteMatrix, PolisResult]) -> None:
    _, result = compared
    agreed, disagreed = (result.support[opinion].count.sum(axis=0) for opinion in OPINIONS)
    theirs = stats.priority_metric(
        is_meta=np.zeros(len(agreed), dtype=np.bool_),
        n_agree=agreed,
        n_disagree=disagreed,
        n_total=result.support["agree"].seen.sum(axis=0),
        extremity=result.extremity,
    )
    assert result.priority == pytest.approx(theirs, abs=EXACT)
