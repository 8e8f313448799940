"""The lines of a replay file: one per statement, then one per participant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

import numpy as np

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.cells import LONGEST_ID
from spreekruimte.analysis.votes.matrix import (
    AGREE,
    DISAGREE,
    PASS,
    Statement,
    VoteLog,
    VoteMatrix,
)

_VOTES = {"agree": AGREE, "disagree": DISAGREE, "pass": PASS}
_STATEMENT_KEYS = {"statement", "text", "judged"}
_PARTICIPANT_KEYS = {"participant", "arrival", *_VOTES}
_OPTIONAL_KEYS = {"group", "attributes"}
_LARGEST_NUMBER = 2**31 - 1
_VOTES_PER_BATCH = 2**18


def dump(value: object) -> str:
    """Spell a value as JSON in the one way that equal values share."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def write_lines(matrix: VoteMatrix) -> Iterator[str]:
    """Give the lines of all statements and all participants, without line breaks."""
    for statement in matrix.statements:
        yield dump({"statement": statement.id, "text": statement.text, "judged": statement.judged})
    names = np.array([dump(statement.id) for statement in matrix.statements], dtype=np.object_)
    for row, participant in enumerate(matrix.participant_ids):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        columns, votes = matrix.columns[part], matrix.values[part]
        voted = {
            field: "[" + ",".join(names[columns[votes == vote]]) + "]"
            for field, vote in _VOTES.items()
        }
        answers, group = _spell_answers(matrix, row), _spell_group(matrix, row)
        # Put together by hand, keys in order: through `dump` it takes five times as long.
        yield (
            f'{{"agree":{voted["agree"]},"arrival":{matrix.arrival[row]}{answers},'
            f'"disagree":{voted["disagree"]}{group},'
            f'"participant":{dump(participant)},"pass":{voted["pass"]}}}'
        )


def _spell_answers(matrix: VoteMatrix, row: int) -> str:
    answers = {
        question: given[row]
        for question, given in matrix.attributes.items()
        if given[row] is not None
    }
    return f',"attributes":{dump(answers)}' if answers else ""


def _spell_group(matrix: VoteMatrix, row: int) -> str:
    group = -1 if matrix.given_groups is None else matrix.given_groups[row]
    return f',"group":{group}' if group >= 0 else ""


def parse_line(path: Path, number: int, line: str) -> dict[str, object]:
    """Parse a line that holds one JSON object in which no key is there twice.

    Raises
    ------
    InputError
        The line holds anything else.
    """
    try:
        value = json.loads(line, object_pairs_hook=_unique, parse_constant=_refuse_constant)
        if "\\u" in line:  # an escape can stand for half a character, which is no text
            dump(value).encode()
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise InputError("This line is not one JSON object.", path=path, line=number)
    return value


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key is there twice")
    return value


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


class ReplayCollector:
    """Takes the lines of a replay file after its header, and gives their matrix.

    Parameters
    ----------
    path
        The file, for errors.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = VoteLog()
        self._statements: dict[str, Statement] = {}
        self._participants: set[str] = set()
        self._arrivals: list[int] = []
        self._groups: dict[str, int] = {}
        self._answers: dict[str, dict[str, str]] = {}
        self._pending = _Pending()

    def add(self, line: str, number: int) -> None:
        """Add one line; `number` is its place in the file.

        Raises
        ------
        InputError
            The line is not as the writer makes them, or contradicts an earlier one.
        """
        record = parse_line(self._path, number, line)
        if "statement" in record:
            self._add_statement(record, number)
        else:
            self._add_participant(record, number)

    def to_matrix(self) -> VoteMatrix:
        """Build the matrix of all lines."""
        self._flush()
        if sorted(self._arrivals) != list(range(len(self._arrivals))):
            raise InputError(
                "The arrivals of the participants are not the numbers from 0, each once.",
                path=self._path,
            )
        return self._log.to_matrix(
            statements=list(self._statements.values()),
            attributes=self._answers,
            given_groups=self._groups,
        )

    def _add_statement(self, record: dict[str, object], number: int) -> None:
        identifier, text, judged = (record.get(key) for key in ("statement", "text", "judged"))
        if not (
            record.keys() == _STATEMENT_KEYS
            and _is_id(identifier)
            and isinstance(text, str)
            and isinstance(judged, bool)
        ):
            raise self._malformed(
                "A statement has an id, a text and whether it is judged, and nothing else.", number
            )
        if self._participants or identifier in self._statements:
            raise self._malformed(
                "This statement is here twice, or stands behind a participant.", number
            )
        self._statements[identifier] = Statement(identifier, text, judged)

    def _add_participant(self, record: dict[str, object], number: int) -> None:
        identifier, arrival = record.get("participant"), record.get("arrival")
        if not (
            _PARTICIPANT_KEYS <= record.keys() <= _PARTICIPANT_KEYS | _OPTIONAL_KEYS
            and _is_id(identifier)
            and _is_number(arrival)
        ):
            raise self._malformed(
                "This line is neither a statement nor a participant with arrival and votes.",
                number,
            )
        if identifier in self._participants:
            raise self._malformed("This participant is here twice.", number)
        self._participants.add(identifier)
        self._arrivals.append(arrival)
        self._add_votes(identifier, arrival, record, number)
        self._add_answers(identifier, record, number)
        if "group" in record:
            if not _is_number(record["group"]):
                raise self._malformed("The group is not a whole number from 0.", number)
            self._groups[identifier] = record["group"]

    def _add_votes(
        self, participant: str, arrival: int, record: dict[str, object], number: int
    ) -> None:
        statements: list[str] = []
        votes: list[int] = []
        for key, vote in _VOTES.items():
            voted = record[key]
            if not isinstance(voted, list):
                raise self._malformed("The votes are not lists of statements.", number)
            statements += voted
            votes += [vote] * len(voted)
        if not self._are_statements(statements):
            raise self._malformed(
                "The votes are not on one or more different statements of this file.", number
            )
        pending = self._pending
        pending.participants += [participant] * len(votes)
        pending.statements += statements
        pending.votes += votes
        pending.times += [arrival] * len(votes)
        if len(pending.votes) >= _VOTES_PER_BATCH:
            self._flush()

    def _are_statements(self, names: list[str]) -> bool:
        try:
            different = set(names)
        except TypeError:  # something in it is a list or an object
            return False
        return bool(names) and len(different) == len(names) and different <= self._statements.keys()

    def _add_answers(self, participant: str, record: dict[str, object], number: int) -> None:
        answers = record.get("attributes", {})
        if not isinstance(answers, dict) or not all(
            isinstance(answer, str) and answer for answer in answers.values()
        ):
            raise self._malformed("The attributes are not questions with their answers.", number)
        for question, answer in answers.items():
            self._answers.setdefault(question, {})[participant] = answer

    def _flush(self) -> None:
        pending, self._pending = self._pending, _Pending()
        self._log.append(pending.participants, pending.statements, pending.votes, pending.times)

    def _malformed(self, template: str, number: int) -> InputError:
        return InputError(template, path=self._path, line=number)


@dataclass(slots=True)
class _Pending:
    participants: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    votes: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)


def _is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value.strip()) == len(value) <= LONGEST_ID


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_NUMBER
