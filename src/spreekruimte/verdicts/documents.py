"""Write a judgement down as data: ``verdict.json`` and ``statements.csv``."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files
from typing import Any

from spreekruimte.verdicts.judgement import GroupResult, Interval, Judgement, StatementResult
from spreekruimte.verdicts.method import describe_method

Document = dict[str, Any]

# More digits than anyone needs, and few enough that the last one never wavers.
DIGITS = 6


def read_schema(name: str = "verdict") -> Document:
    """Read the JSON Schema of ``verdict.json``, or of another file with this name."""
    place = files("spreekruimte.verdicts").joinpath(f"schema/{name}.schema.json")
    schema: Document = json.loads(place.read_text("utf-8"))
    return schema


def name_group(group: int) -> str:
    """Name a group as a reader sees it: A, B, C and so on."""
    return chr(ord("A") + group)


def to_document(judgement: Judgement, *, input_digest: str, simulated: bool) -> Document:
    """Lay a judgement out as ``verdict.json``; each key is explained in its schema.

    Parameters
    ----------
    judgement
        What was found.
    input_digest
        Of the votes, as in the replay file.
    simulated
        Whether the votes are made up.
    """
    matrix, groups = judgement.matrix, judgement.groups
    labels = [None if label < 0 else label for label in groups.labels.tolist()]
    return {
        "method": describe_method(judgement.rules),
        "input_digest": input_digest,
        "simulated": simulated,
        "participants": matrix.participant_count,
        "statements": matrix.statement_count,
        "votes": matrix.vote_count,
        "groups": {
            "outcome": groups.outcome,
            "count": groups.count,
            "p_value": round_number(groups.p_value),
            "sizes": list(groups.sizes),
            "members": dict(zip(matrix.participant_ids, labels, strict=True)),
        },
        "representatives": [
            {
                "group": representative.group,
                "statement": matrix.statements[representative.column].id,
                "group_share": round_number(representative.group_share),
                "other_share": round_number(representative.other_share),
                "adjusted_p": round_number(representative.adjusted_p),
            }
            for representative in groups.representatives
        ],
        "results": [_to_result(result) for result in judgement.results],
        "not_judged": [statement.id for statement in matrix.statements if not statement.judged],
    }


def to_json(document: Document) -> bytes:
    """Write a document so that equal documents are equal bytes: keys sorted, UTF-8."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def to_csv(judgement: Judgement) -> bytes:
    """Write the judged statements as a table: UTF-8, RFC 4180, one row each, in order of id.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    table = io.StringIO()
    groups = range(judgement.groups.count)
    writer = csv.writer(table)
    writer.writerow([*_TOTALS, *(name for group in groups for name in _name_columns(group))])
    for result in judgement.results:
        writer.writerow(_to_row(result))
    return table.getvalue().encode()


def _to_result(result: StatementResult) -> Document:
    return {
        "id": result.statement.id,
        "text": result.statement.text,
        "agree": result.agree,
        "disagree": result.disagree,
        "pass": result.passed,
        "support": _to_support(result.support, result.anytime),
        "by_group": [_to_group_result(group) for group in result.by_group],
        "bridging": {
            "estimate": round_number(result.bridging.estimate),
            "low": round_number(result.bridging.low),
            "high": round_number(result.bridging.high),
            "evidence": result.bridging.evidence,
        },
        "bounded": round_number(result.bounded),
        "rank": result.rank,
        "intercept": round_number(result.intercept),
        "outcome": result.outcome,
        "cost_to_flip": result.cost_to_flip,
        "cost_to_flip_bounded": result.cost_to_flip_bounded,
        "top_probability": round_number(result.top_probability),
        "division": round_number(result.division),
        "flags": list(result.flags),
    }


def _to_group_result(result: GroupResult) -> Document:
    return {
        "group": result.group,
        "agree": result.agree,
        "disagree": result.disagree,
        "pass": result.passed,
        "support": _to_support(result.support, result.anytime),
    }


def _to_support(support: Interval, anytime: Interval) -> Document:
    return {
        "estimate": round_number(support.estimate),
        "low": round_number(support.low),
        "high": round_number(support.high),
        "anytime": {"low": round_number(anytime.low), "high": round_number(anytime.high)},
    }


def round_number(value: float | None) -> float | None:
    """Round to `DIGITS`, with one zero instead of two; None stays None."""
    return None if value is None else round(value, DIGITS) + 0.0


_TOTALS = (
    "id",
    "text",
    "outcome",
    "rank",
    "agree",
    "disagree",
    "pass",
    "support",
    "support_low",
    "support_high",
    "anytime_low",
    "anytime_high",
    "bridging",
    "bridging_low",
    "bridging_high",
    "bridging_evidence",
    "bounded",
    "intercept",
    "cost_to_flip",
    "cost_to_flip_bounded",
    "top_probability",
    "division",
    "flags",
)
_OF_GROUP = ("agree", "disagree", "pass", "support", "support_low", "support_high")


def _name_columns(group: int) -> list[str]:
    return [f"group_{group}_{name}" for name in _OF_GROUP]


def _to_row(result: StatementResult) -> list[str | int | float | None]:
    row: list[str | int | float | None] = [
        disarm(result.statement.id),
        disarm(result.statement.text),
        result.outcome,
        result.rank,
        result.agree,
        result.disagree,
        result.passed,
        *_to_cells(result.support),
        round_number(result.anytime.low),
        round_number(result.anytime.high),
        round_number(result.bridging.estimate),
        round_number(result.bridging.low),
        round_number(result.bridging.high),
        result.bridging.evidence,
        round_number(result.bounded),
        round_number(result.intercept),
        result.cost_to_flip,
        result.cost_to_flip_bounded,
        round_number(result.top_probability),
        round_number(result.division),
        " ".join(result.flags),
    ]
    for group in result.by_group:
        row += [group.agree, group.disagree, group.passed, *_to_cells(group.support)]
    return row


def _to_cells(interval: Interval) -> list[float | None]:
    return [
        round_number(interval.estimate),
        round_number(interval.low),
        round_number(interval.high),
    ]


def disarm(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
