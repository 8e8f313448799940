"""Recognises what a path with votes is, and reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes import polis, remesh
from spreekruimte.analysis.votes.lines import (
    Progress,
    ignore_progress,
    list_names,
    refuse_unreadable,
)
from spreekruimte.analysis.votes.matrix import VoteMatrix
from spreekruimte.analysis.votes.replay import read_replay
from spreekruimte.analysis.votes.table import read_table


def read_votes(source: Path, *, progress: Progress | None = None) -> VoteMatrix:
    """Read the votes of one conversation, whatever they come in.

    Parameters
    ----------
    source
        An export folder of Polis or Remesh, a long table (``.csv`` or ``.parquet``) or a
        replay file (``.jsonl.zst``).
    progress
        Is told the name of the file that is read, the bytes (of Parquet: the rows) done
        and how many there are, if that is known.

    Returns
    -------
    VoteMatrix
        The whole conversation: at least two participants and one judged statement.

    Raises
    ------
    InputError
        The path is nothing of the kind, anything in it is not as it should be, or there
        is too little to judge.
    """
    matrix = _find_reader(source)(source, progress or ignore_progress)
    if matrix.vote_count == 0:
        raise InputError("There are no votes here.", path=source)
    if matrix.participant_count == 1:
        raise InputError("Only one participant voted; expected are at least two.", path=source)
    if not matrix.judged.any():
        raise InputError("Moderation took out every statement, so none can be judged.", path=source)
    return matrix


_Reader = Callable[[Path, Progress], VoteMatrix]


def _find_reader(source: Path) -> _Reader:
    try:
        if source.is_dir():
            return _find_folder_reader(source)
        if not source.exists():
            raise InputError("There is no such file or folder.", path=source)
    except OSError as error:
        raise refuse_unreadable(source, error) from error
    name = source.name.lower()
    if name.endswith((".csv", ".parquet")):
        return lambda path, progress: read_table(path, progress=progress)
    if name.endswith(".jsonl.zst"):
        return lambda path, progress: read_replay(path, progress=progress).matrix
    raise InputError(
        "The kind of this file is unknown; expected is a table (.csv or .parquet) "
        "or a replay file (.jsonl.zst).",
        path=source,
    )


def _find_folder_reader(folder: Path) -> _Reader:
    names = list_names(folder)
    is_polis = not {polis.VOTES, *polis.MATRICES}.isdisjoint(names)
    is_remesh = any(name.endswith(remesh.VOTES) for name in names)
    if is_polis and is_remesh:
        raise InputError(
            "This folder holds an export of Polis and one of Remesh; expected is one conversation.",
            path=folder,
        )
    if is_polis:
        return lambda path, progress: polis.read_polis(path, progress=progress)
    if is_remesh:
        return lambda path, progress: remesh.read_remesh(path, progress=progress)
    raise InputError(
        "This folder holds no votes; expected is a Polis export with {polis} or {matrix}, "
        "or a Remesh export with a file *{remesh}.",
        path=folder,
        polis=polis.VOTES,
        matrix=polis.MATRICES[0],
        remesh=remesh.VOTES,
    )
