"""The comparison with Polis as plain values, ready to be written as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from spreekruimte.analysis.polis.compatibility import PolisResult
from spreekruimte.analysis.polis.selection import ConsensusStatement, RepresentativeStatement
from spreekruimte.analysis.polis.statistics import OPINIONS, Opinion
from spreekruimte.analysis.votes.matrix import VoteMatrix

METHOD = "polis-1"


def to_document(result: PolisResult, matrix: VoteMatrix) -> dict[str, Any]:
    """Write the comparison down in plain values, in full double precision.

    Only statements with at least one vote are in it, as in Polis.

    Returns
    -------
    dict
        ``method``; ``groups``: their source, ids, sizes and the group of each participant;
        ``statements``: one object per statement, in the order of the matrix, with its
        figures and those per group; ``representative``: a list of statements per group
        id; ``consensus``: two lists of statements.
    """
    ids = [statement.id for statement in matrix.statements]
    return {
        "method": METHOD,
        "groups": {
            "source": result.source,
            "ids": list(result.group_ids),
            "sizes": [int((result.labels == row).sum()) for row in range(len(result.group_ids))],
            "members": {
                participant: None if row < 0 else result.group_ids[row]
                for participant, row in zip(matrix.participant_ids, result.labels, strict=True)
            },
        },
        "statements": [
            _describe(result, column, identifier)
            for column, identifier in enumerate(ids)
            if result.listed[column]
        ],
        "representative": {
            str(group): [_name(chosen, ids) for chosen in statements]
            for group, statements in zip(result.group_ids, result.representative, strict=True)
        },
        "consensus": {
            opinion: [_name(chosen, ids) for chosen in result.consensus_statements[opinion]]
            for opinion in OPINIONS
        },
    }


def _name(chosen: ConsensusStatement | RepresentativeStatement, ids: list[str]) -> dict[str, Any]:
    fields = asdict(chosen)
    return {"id": ids[fields.pop("column")], **fields}


def _describe(result: PolisResult, column: int, identifier: str) -> dict[str, Any]:
    everyone = result.everyone
    in_groups = result.support["agree"].seen[:, column]
    return {
        "id": identifier,
        "removed": bool(result.removed[column]),
        "agree": int(everyone.counts["agree"][column]),
        "disagree": int(everyone.counts["disagree"][column]),
        "seen": int(everyone.seen[column]),
        "consensus_agree": float(result.consensus["agree"][column]),
        "consensus_disagree": float(result.consensus["disagree"][column]),
        "extremity": float(result.extremity[column]),
        "priority": float(result.priority[column]),
        "by_group": [
            {"group": group, "seen": int(in_groups[row])}
            | {opinion: _describe_opinion(result, opinion, row, column) for opinion in OPINIONS}
            for row, group in enumerate(result.group_ids)
        ],
    }


def _describe_opinion(
    result: PolisResult, opinion: Opinion, row: int, column: int
) -> dict[str, int | float]:
    support, repness = result.support[opinion], result.repness[opinion]
    return {
        "count": int(support.count[row, column]),
        "probability": float(support.probability[row, column]),
        "test": float(support.test[row, column]),
        "ratio": float(repness.ratio[row, column]),
        "ratio_test": float(repness.test[row, column]),
    }
