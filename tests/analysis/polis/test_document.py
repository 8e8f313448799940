from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np

from spreekruimte.analysis.polis import compare_with_polis, to_document
from spreekruimte.analysis.votes.matrix import VoteLog, VoteMatrix

Build = Callable[..., VoteMatrix]


def test_the_document_holds_all_figures_of_a_statement(build: Build) -> None:
    matrix = build(["+-", "++", "-+", "-+"], groups=[3, 3, 5, -1])
    result = compare_with_polis(matrix)
    document = to_document(result, matrix)
    assert document["method"] == "polis-1"
    assert document["groups"] == {
        "source": "given",
        "ids": [3, 5],
        "sizes": [2, 1],
        "members": {"0": 3, "1": 3, "2": 5, "3": None},
    }
    first = document["statements"][0]
    assert {key: first[key] for key in ("id", "removed", "agree", "disagree", "seen")} == {
        "id": "0",
        "removed": False,
        "agree": 2,
        "disagree": 2,
        "seen": 4,
    }
    assert first["consensus_agree"] == result.consensus["agree"][0]
    assert first["consensus_disagree"] == result.consensus["disagree"][0]
    assert first["extremity"] == result.extremity[0]
    assert first["priority"] == result.priority[0]
    assert [group["group"] for group in first["by_group"]] == [3, 5]
    assert first["by_group"][1] == {
        "group": 5,
        "seen": 1,
        "agree": {
            "count": 0,
            "probability": 1 / 3,
            "test": result.support["agree"].test[1, 0],
            "ratio": (1 / 3) / (3 / 4),
            "ratio_test": result.repness["agree"].test[1, 0],
        },
        "disagree": {
            "count": 1,
            "probability": 2 / 3,
            "test": result.support["disagree"].test[1, 0],
            "ratio": (2 / 3) / (1 / 4),
            "ratio_test": result.repness["disagree"].test[1, 0],
        },
    }


def test_lists_name_statements_by_id(build: Build) -> None:
    matrix = build(["+-"] * 12 + ["++"] * 12, groups=[0] * 12 + [1] * 12)
    document = to_document(compare_with_polis(matrix), matrix)
    assert [item["id"] for item in document["consensus"]["agree"]] == ["0"]
    assert document["consensus"]["disagree"] == []
    assert set(document["representative"]) == {"0", "1"}
    against = document["representative"]["0"][-1]
    assert against["id"] == "1"
    assert against["opinion"] == "disagree"
    assert against["count"] == against["seen"] == 12
    assert "column" not in against


def test_statements_without_votes_are_left_out(build: Build) -> None:
    matrix = build(["+.-", "-.+"], groups=[0, 1])
    document = to_document(compare_with_polis(matrix), matrix)
    assert [statement["id"] for statement in document["statements"]] == ["0", "2"]


def test_json_keeps_every_digit(camps: VoteMatrix) -> None:
    document = to_document(compare_with_polis(camps), camps)
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_order_and_batches_of_votes_do_not_change_the_document(camps: VoteMatrix) -> None:
    expected = json.dumps(to_document(compare_with_polis(camps), camps))
    rows, chance = camps.rows, np.random.default_rng(3)
    for batches in (1, 5, 60):
        log = VoteLog()
        for batch in np.array_split(chance.permutation(camps.vote_count), batches):
            log.append(
                [str(row) for row in rows[batch]],
                [str(column) for column in camps.columns[batch]],
                camps.values[batch],
                rows[batch].astype(np.int64),
            )
        matrix = log.to_matrix()
        assert json.dumps(to_document(compare_with_polis(matrix), matrix)) == expected


def test_real_conversations_are_written_in_full(conversation: tuple[str, VoteMatrix]) -> None:
    _, matrix = conversation
    document = to_document(compare_with_polis(matrix), matrix)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    voted = np.unique(matrix.columns)
    assert len(document["statements"]) == len(voted)
    assert len(document["groups"]["members"]) == matrix.participant_count
