"""Whether the bytes of ``verdict.json`` depend on anything but the votes.

The files of each conversation are rewritten with shuffled rows, and with shuffled
columns (in Polis' matrix the columns of statements, in lists of statements their rows);
votes are replayed in batches into one log that is judged on the way; and the verdict is
computed by processes with one thread and with two. Each cell of the table counts the
distinct digests, the one of the files as they are included. Bound: 1.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.bounds import print_outcome
from benchmarks.measuring import ROOT
from benchmarks.real_votes import NAME_WIDTH, add_data_folder, list_folders
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.votes import VoteLog, VoteMatrix, digest_input, read_votes
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.documents import to_document, to_json

BATCHES = (15, 60, 240)
LOOKS = 4
THREADS = (1, 2)
THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
)
POLIS_VOTES, POLIS_MATRIX = "votes.csv", "participants-votes.csv"
# Columns of Polis' matrix before the statements.
ABOUT_PARTICIPANTS = frozenset(
    ("participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
)
STATEMENT_LISTS = ("comments.csv", "_verbatim_map.csv")
# Its questions repeat their names, and are told apart by their order.
FIXED_COLUMNS = "_participants.csv"
REMESH_ID = "participant id"
HEAD = (
    "conversation".rjust(NAME_WIDTH + 13),
    "rows",
    "columns",
    *(f"{batches} batches" for batches in BATCHES),
    "threads",
    "in all",
)

Record = list[str]
Rewrite = Callable[[str, "Table", np.random.Generator], "Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: what stands before the header, the header, and the rows."""

    preamble: list[Record]
    header: Record
    rows: list[Record]


@dataclass(frozen=True, slots=True)
class Log:
    """Votes in the order in which they came in."""

    voters: list[str]
    statements: list[str]
    votes: list[int]
    times: list[int]


def digest_verdict(matrix: VoteMatrix) -> str:
    """Judge a conversation, and digest the bytes of its ``verdict.json``."""
    document = to_document(judge_votes(matrix), input_digest=digest_input(matrix), simulated=False)
    return hashlib.sha256(to_json(document)).hexdigest()


def shuffle_rows(name: str, table: Table, rng: np.random.Generator) -> Table:
    """Shuffle the rows of any file but a list of statements."""
    if name.endswith(STATEMENT_LISTS):
        return table
    return Table(table.preamble, table.header, _shuffle(table.rows, rng))


def shuffle_columns(name: str, table: Table, rng: np.random.Generator) -> Table:
    """Shuffle the columns of any file, and the rows of a list of statements."""
    rows = _shuffle(table.rows, rng) if name.endswith(STATEMENT_LISTS) else table.rows
    places = list(range(len(table.header)))
    fixed = len(places) if name.endswith(FIXED_COLUMNS) else 0
    if name == POLIS_MATRIX:
        fixed = sum(column in ABOUT_PARTICIPANTS for column in table.header)
    places[fixed:] = [fixed + int(place) for place in rng.permutation(len(places) - fixed)]
    return Table(
        table.preamble,
        [table.header[place] for place in places],
        [[row[place] for place in places] for row in rows],
    )


def _shuffle(rows: list[Record], rng: np.random.Generator) -> list[Record]:
    return [rows[place] for place in rng.permutation(len(rows))]


def read_table(path: Path) -> Table:
    """Read a CSV file; in a Remesh file the header is the first record with an id."""
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.reader(file))
    lowered = ({cell.lower() for cell in record} for record in records)
    start = next((place for place, cells in enumerate(lowered) if REMESH_ID in cells), 0)
    return Table(records[:start], records[start], records[start + 1 :])


def write_table(table: Table, path: Path) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [*table.preamble, table.header, *table.rows]
        )


def digest_rewritten(folder: Path, rewrite: Rewrite, count: int, seed: int) -> Iterator[str]:
    """Give the digests of a conversation whose files are rewritten in `count` ways."""
    tables = {path.name: read_table(path) for path in folder.glob("*.csv")}
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        with tempfile.TemporaryDirectory() as name:
            for file, table in sorted(tables.items()):
                write_table(rewrite(file, table, rng), Path(name) / file)
            yield digest_verdict(read_votes(Path(name)))


def read_log(folder: Path, matrix: VoteMatrix) -> Log:
    """Read the votes as they came in; without a log, participant after participant."""
    if not (folder / POLIS_VOTES).exists():
        rows = sorted(range(matrix.vote_count), key=matrix.arrival[matrix.rows].__getitem__)
        return Log(
            [matrix.participant_ids[matrix.rows[row]] for row in rows],
            [matrix.statements[matrix.columns[row]].id for row in rows],
            [int(matrix.values[row]) for row in rows],
            [int(matrix.arrival[matrix.rows[row]]) for row in rows],
        )
    with (folder / POLIS_VOTES).open(encoding="utf-8", newline="") as file:
        lines = sorted(csv.DictReader(file), key=lambda line: int(line["timestamp"]))
    return Log(
        [line["voter-id"] for line in lines],
        [line["comment-id"] for line in lines],
        [int(line["vote"]) for line in lines],
        [int(line["timestamp"]) for line in lines],
    )


def digest_replayed(log: Log, matrix: VoteMatrix, batches: int) -> str:
    """Digest the verdict after votes came in by batches, some of which were judged."""
    collected = VoteLog()
    parts = np.array_split(np.arange(len(log.votes)), batches)
    for number, part in enumerate(parts, start=1):
        start, end = int(part[0]), int(part[-1]) + 1
        collected.append(
            log.voters[start:end],
            log.statements[start:end],
            log.votes[start:end],
            log.times[start:end],
        )
        if number % (batches // LOOKS) == 0 and number < batches:
            judge_votes(_to_matrix(collected, matrix))
    return digest_verdict(_to_matrix(collected, matrix))


def _to_matrix(log: VoteLog, matrix: VoteMatrix) -> VoteMatrix:
    """Build the matrix of the votes so far, with what is known about the participants."""
    ids = matrix.participant_ids
    groups = matrix.given_groups
    return log.to_matrix(
        statements=matrix.statements,
        attributes={
            question: dict(zip(ids, answers, strict=True))
            for question, answers in matrix.attributes.items()
        },
        given_groups=None if groups is None else dict(zip(ids, groups.tolist(), strict=True)),
    )


def digest_elsewhere(folder: Path, threads: int) -> str:
    """Digest the verdict in a process of its own, with a number of threads."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    variables = dict.fromkeys(THREAD_VARIABLES, str(threads))
    finished = subprocess.run(
        [sys.executable, "-m", "benchmarks.order", "--digest", str(folder)],
        env={**os.environ, **variables, "PYTHONPATH": paths},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return finished.stdout.strip()


def measure(name: str, folder: Path, shuffles: int, seed: int) -> list[str]:
    """Print how many distinct digests a conversation has, and say where more than one."""
    matrix = read_votes(folder)
    log = read_log(folder, matrix)
    found = [
        set(digest_rewritten(folder, shuffle_rows, shuffles, seed)),
        set(digest_rewritten(folder, shuffle_columns, shuffles, seed)),
        *({digest_replayed(log, matrix, batches)} for batches in BATCHES),
        {digest_elsewhere(folder, threads) for threads in THREADS},
    ]
    own = digest_verdict(matrix)
    counts = [len({own, *digests}) for digests in (*found, set().union(*found))]
    print_row(HEAD, (name, *map(str, counts)))
    return [f"{name}: {counts[-1]} distinct digests"] if counts[-1] > 1 else []


@contextmanager
def without_log(folder: Path) -> Iterator[Path]:
    """Give a copy of a Polis export that lacks ``votes.csv``."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(POLIS_VOTES))
        yield copy


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_folder(parser)
    parser.add_argument("--shuffles", type=int, default=50, help="of rows, and of columns")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--digest", action="store_true", help="only print the digest of the conversation given"
    )
    given = parser.parse_args()
    if given.digest:
        print(digest_verdict(read_votes(given.data)))
        return
    print_head(HEAD)
    failures: list[str] = []
    for folder in list_folders(given.data):
        failures += measure(folder.name, folder, given.shuffles, given.seed)
        if (folder / POLIS_VOTES).exists():
            with without_log(folder) as copy:
                name = f"{folder.name}, matrix only"
                failures += measure(name, copy, given.shuffles, given.seed)
    print_outcome(failures)


if __name__ == "__main__":
    main()
