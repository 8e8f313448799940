"""What the tests of the readers share: matrices as plain values, and refusals."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes import VoteMatrix


def describe(matrix: VoteMatrix) -> dict[str, object]:
    """Everything in a matrix as plain values, types of numbers included."""
    arrays = (matrix.indptr, matrix.columns, matrix.values, matrix.arrival, matrix.given_groups)
    return {
        "participants": matrix.participant_ids,
        "statements": matrix.statements,
        "arrays": [None if array is None else (array.dtype, array.tolist()) for array in arrays],
        "attributes": dict(matrix.attributes),
    }


def list_votes(matrix: VoteMatrix) -> dict[tuple[str, str], int]:
    """The vote of each participant on each statement, by their ids."""
    rows = [matrix.participant_ids[row] for row in matrix.rows]
    columns = [matrix.statements[column].id for column in matrix.columns]
    return dict(zip(zip(rows, columns, strict=True), matrix.values.tolist(), strict=True))


@dataclass(frozen=True)
class Refusal:
    sentence: str
    file: str | None
    line: int | None


def refuse(reader: Callable[[Path], object], path: Path) -> Refusal:
    """Read what must be refused; it is, in one line that ends as a sentence does."""
    with pytest.raises(InputError) as caught:
        reader(path)
    error = caught.value
    sentence = error.template.format(**error.values)
    assert sentence.isprintable()
    assert sentence.endswith(".")
    return Refusal(sentence, None if error.path is None else error.path.name, error.line)
