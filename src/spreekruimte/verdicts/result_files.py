"""The list of what is published of a case: `files.json`, on the web and in a folder alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes import VoteMatrix

FORMAT, VERSION = "spreekruimte-result", 1
LIST = "files.json"
LOG = "log.jsonl"
VOTES = "votes.parquet"
PDF = "report.pdf"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file: where it stands beside the list, how large it is, and its SHA-256."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class ListedRound:
    """The files of one round, with the head of its log."""

    number: int
    log: str
    head_length: int
    head_digest: str
    files: tuple[ListedFile, ...]


def write_list(case: int, rounds: tuple[ListedRound, ...], *, simulated: bool) -> dict[str, object]:
    """Lay the list out as JSON holds it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "case": case,
        "simulated": simulated,
        "rounds": [
            {
                "round": each.number,
                "log": each.log,
                "head_length": each.head_length,
                "head_digest": each.head_digest,
                "files": [
                    {"path": file.path, "size": file.size, "sha256": file.digest}
                    for file in each.files
                ],
            }
            for each in rounds
        ],
    }


def read_list(document: object) -> tuple[ListedRound, ...]:
    """Read the list back.

    Raises
    ------
    InputError
        If it is not one. No path in it leads out of the folder.
    """
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise InputError("This is not a list of the files of a result.")
    if document.get("version") != VERSION:
        raise InputError("This list of files has another version than the one that is read.")
    try:
        return tuple(_read_round(each) for each in document["rounds"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("This list of files is damaged.") from error


def votes_table(matrix: VoteMatrix) -> pa.Table:
    """Give the votes of a matrix as a table: one row per vote."""
    people = pa.array(matrix.participant_ids, pa.string())
    statements = pa.array([each.id for each in matrix.statements], pa.string())
    return pa.table(
        {
            "participant": people.take(pa.array(matrix.rows)),
            "statement": statements.take(pa.array(matrix.columns)),
            "vote": pa.array(matrix.values),
        }
    )


def _read_round(stored: Mapping[str, object]) -> ListedRound:
    files = stored["files"]
    if not isinstance(files, list):
        raise TypeError("files are a list")
    return ListedRound(
        number=_number(stored["round"]),
        log=_text(stored["log"]),
        head_length=_number(stored["head_length"]),
        head_digest=_text(stored["head_digest"]),
        files=tuple(
            ListedFile(_path(each["path"]), _number(each["size"]), _text(each["sha256"]))
            for each in files
        ),
    )


def _path(value: object) -> str:
    path = _text(value)
    parts = path.split("/")
    if not 2 <= len(parts) <= 3 or any(not _is_name(part) for part in parts):
        raise ValueError(path)
    return path


def _is_name(part: str) -> bool:
    return part.replace(".", "").replace("-", "").isalnum() and not part.startswith(".")


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 200:
        raise ValueError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value
