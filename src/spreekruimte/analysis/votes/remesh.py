"""The export folder of a Remesh dialogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.cells import CellError, Cells, IdCells, KeyCells
from spreekruimte.analysis.votes.lines import (
    Batch,
    CsvTable,
    Progress,
    ignore_progress,
    list_names,
    open_csv,
    quote,
    spell_plainly,
)
from spreekruimte.analysis.votes.matrix import AGREE, DISAGREE, Statement, VoteLog, VoteMatrix
from spreekruimte.analysis.votes.statements import add_unlisted, read_statements

VOTES = "_binary.csv"
STATEMENTS = "_verbatim_map.csv"
PARTICIPANTS = "_participants.csv"

_VOTES = {"agree": AGREE, "disagree": DISAGREE}
_UNANSWERED = {"", "--"}
_NOT_ANSWERS = {"", "participant-id", "sample-provider-id", "sentiment", "categories", "muted"}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MOMENT = re.compile(
    r"([A-Z][a-z]+) (\d{1,2}), (\d{4}) at (\d{1,2}):(\d{2}) (AM|PM) \(([^()]+)\)", re.ASCII
)


def read_remesh(folder: Path, *, progress: Progress = ignore_progress) -> VoteMatrix:
    """Read a Remesh export.

    ``*_binary.csv`` gives the votes, ``*_verbatim_map.csv`` the texts and
    ``*_participants.csv`` what participants answered to questions with given answers.
    Their ids with the panel provider and their open answers are not kept: the first
    identify a person, the second are the statements.

    Parameters
    ----------
    folder
        Holds exactly one file of the first kind and at most one of each other kind.
    progress
        Is told how far reading is.

    Raises
    ------
    InputError
        A file is damaged, or its kind is there more than once.
    """
    votes, texts, people = (_find(folder, end) for end in (VOTES, STATEMENTS, PARTICIPANTS))
    if votes is None:
        raise InputError("There is no file *{end} here.", path=folder, end=VOTES)
    statements: list[Statement] = []
    if texts is not None:
        with open_csv(texts, progress, marker="thought-id") as table:
            statements = read_statements(table, identifier="thought-id", text="thought-text")
    attributes: dict[str, dict[str, str]] = {}
    if people is not None:
        with open_csv(people, progress, marker="participant-id", repeated_names=True) as table:
            attributes = _read_answers(table)
    with open_csv(votes, progress, marker="thought-id") as table:
        log = _read_votes(table)
    return log.to_matrix(
        statements=add_unlisted(statements, log.statement_ids), attributes=attributes
    )


def _find(folder: Path, end: str) -> Path | None:
    found = [folder / name for name in list_names(folder) if name.endswith(end)]
    if len(found) > 1:
        raise InputError(
            "There are several files *{end} here; expected is one dialogue per folder.",
            path=folder,
            end=end,
        )
    return found[0] if found else None


def _read_votes(table: CsvTable) -> VoteLog:
    participant, thought, vote, time = table.require(
        "participant-id", "thought-id", "vote", "timestamp"
    )
    log = VoteLog()
    participants = IdCells("Participant ID", log.number_participant)
    thoughts = IdCells("Thought ID", log.number_statement)
    votes, moments = Cells(_parse_vote), Cells(_parse_moment)
    for batch in table.batches():
        times = moments.read(table.path, batch, time)
        _require_one_zone(table, moments, batch, time)
        log.append_numbered(
            participants.read(table.path, batch, participant),
            thoughts.read(table.path, batch, thought),
            votes.read(table.path, batch, vote),
            np.array([minute for minute, _ in times], dtype=np.int64),
        )
    table.require_end()
    participants.require_one_kind(table.path)
    thoughts.require_one_kind(table.path)
    return log


def _require_one_zone(
    table: CsvTable, moments: Cells[tuple[int, str]], batch: Batch, column: int
) -> None:
    zones = list(dict.fromkeys(zone for _, zone in moments.values()))
    if len(zones) > 1:
        cells = batch.columns[column]
        place = next(place for place, cell in enumerate(cells) if moments[cell][1] == zones[1])
        raise InputError(
            "The time is in the zone {zone} here and in {other} before; expected is one zone.",
            path=table.path,
            line=batch.lines[place],
            zone=quote(zones[1]),
            other=quote(zones[0]),
        )


def _parse_vote(cell: str) -> int:
    vote = _VOTES.get(cell.strip().casefold())
    if vote is None:
        raise CellError(
            cell,
            "The vote “{vote}” is unknown; expected is Agree or Disagree.",
            vote=quote(cell),
        )
    return vote


def _parse_moment(cell: str) -> tuple[int, str]:
    """Give the minutes since the year 1970 and the name of the zone."""
    match = _MOMENT.fullmatch(cell.strip())
    try:
        if match is None:
            raise ValueError
        month, day, year, hour, minute, half, zone = match.groups()
        moment = datetime(  # noqa: DTZ001 - all times of a file are in one zone
            int(year), _MONTHS.index(month) + 1, int(day), int(hour) % 12, int(minute)
        )
    except ValueError:
        raise CellError(
            cell,
            "The time “{time}” cannot be read; expected is as in “June 25, 2024 at 3:39 PM (GMT)”.",
            time=quote(cell),
        ) from None
    since = moment - datetime(1970, 1, 1)  # noqa: DTZ001 - see above
    return since // timedelta(minutes=1) + (720 if half == "PM" else 0), zone


def _read_answers(table: CsvTable) -> dict[str, dict[str, str]]:
    (participant,) = table.require("participant-id")
    questions = _find_questions(table)
    ids = KeyCells("Participant Id")
    answers: dict[str, dict[str, str]] = {table.header[column]: {} for column in questions}
    for batch in table.batches():
        names = ids.read(table.path, batch, participant)
        for column in questions:
            answers[table.header[column]].update(
                (name, cell.strip())
                for name, cell in zip(names, batch.columns[column], strict=True)
                if cell.strip() not in _UNANSWERED
            )
    table.require_end()
    ids.require_one_kind(table.path)
    _require_count(table, len(ids.lines))
    return answers


def _find_questions(table: CsvTable) -> list[int]:
    """Find the questions with given answers; an open one is followed by its sentiment."""
    names = [spell_plainly(name) for name in table.header]
    questions = [
        column
        for column, (name, follower) in enumerate(zip(names, [*names[1:], ""], strict=True))
        if name not in _NOT_ANSWERS and follower != "sentiment" and not name.endswith("(%agree)")
    ]
    table.require_unique([table.header[column] for column in questions])
    return questions


def _require_count(table: CsvTable, count: int) -> None:
    declared = next(_declared_counts(table), count)
    if count != declared:
        raise InputError(
            "There are {found} participants here and {expected} according to the preamble: "
            "the file was cut off.",
            path=table.path,
            found=count,
            expected=declared,
        )


def _declared_counts(table: CsvTable) -> Iterator[int]:
    for record in table.preamble:
        if (
            len(record) == 2
            and record[0] == "Participants"
            and re.fullmatch(r"[0-9]{1,9}", record[1])
        ):
            yield int(record[1])
