"""The real conversations of a data folder, and accounts added to a conversation."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.votes import AGREE, DISAGREE, VoteLog, VoteMatrix, read_votes

NAME_WIDTH = 21


@dataclass(frozen=True, slots=True, eq=False)
class RealVotes:
    """The votes of a conversation, with a name to show."""

    name: str
    matrix: VoteMatrix


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """A new participant: one column and one vote for each vote given."""

    columns: NDArray[np.int32]
    votes: NDArray[np.int8]


def add_data_folder(parser: argparse.ArgumentParser) -> None:
    """Let `parser` take the folder that holds ``polis/`` and ``remesh/``."""
    parser.add_argument(
        "data", type=Path, help="folder with polis/CONVERSATION and remesh/CONVERSATION"
    )


def list_folders(data: Path) -> list[Path]:
    """List the folders of all conversations, in order of kind and name."""
    folders = sorted(path for kind in ("polis", "remesh") for path in (data / kind).glob("*/"))
    if not folders:
        raise SystemExit(f"there is no polis/CONVERSATION or remesh/CONVERSATION in {data}")
    return folders


def read_conversations(data: Path) -> list[RealVotes]:
    """Read all conversations of a data folder."""
    return [RealVotes(folder.name, read_votes(folder)) for folder in list_folders(data)]


def count_opinions(matrix: VoteMatrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count who agrees and who disagrees, each of shape (statements,)."""
    agree, disagree = (
        np.bincount(matrix.columns[matrix.values == vote], minlength=matrix.statement_count)
        for vote in (AGREE, DISAGREE)
    )
    return agree, disagree


def add_accounts(matrix: VoteMatrix, accounts: Sequence[Account]) -> VoteMatrix:
    """Add accounts to a conversation; they arrive last, and their ids go on counting."""
    log = VoteLog()
    statements = np.array([log.number_statement(each.id) for each in matrix.statements])
    numbers = np.array([log.number_participant(each) for each in matrix.participant_ids])
    log.append_numbered(
        numbers[matrix.rows].tolist(),
        statements[matrix.columns].tolist(),
        matrix.values,
        matrix.arrival[matrix.rows].tolist(),
    )
    first = 1 + max((int(each) for each in matrix.participant_ids if each.isdigit()), default=-1)
    for place, account in enumerate(accounts):
        size = len(account.votes)
        log.append_numbered(
            [log.number_participant(str(first + place))] * size,
            statements[account.columns].tolist(),
            account.votes,
            [matrix.participant_count + place] * size,
        )
    return log.to_matrix(statements=matrix.statements)
