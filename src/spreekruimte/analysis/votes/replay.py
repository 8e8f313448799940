"""Our own replay file: everything needed to recompute a verdict, as compressed JSON lines.

The first line is the header, with the method and its settings. Then follow one line per
statement and one per participant, in the order of the matrix, with sorted keys and no
spaces. The SHA-256 of all lines after the header names the input, so that anyone can
check it with ``zstd -dc replay.jsonl.zst | tail -n +2 | sha256sum``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import zstandard

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.frame import Frame
from spreekruimte.analysis.votes.lines import (
    Progress,
    ignore_progress,
    open_bytes,
    read_blocks,
)
from spreekruimte.analysis.votes.matrix import VoteMatrix
from spreekruimte.analysis.votes.replay_lines import (
    ReplayCollector,
    dump,
    parse_line,
    write_lines,
)

FORMAT = "spreekruimte-replay"
VERSION = 1
LONGEST_LINE = 2**24

_LEVEL = 9
_LINES_PER_WRITE = 512


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """What a replay file holds.

    Attributes
    ----------
    matrix
        The votes.
    method, settings
        What the writer noted of how they were judged.
    input_digest
        SHA-256 of the lines after the header, in hexadecimal.
    """

    matrix: VoteMatrix
    method: Mapping[str, object]
    settings: Mapping[str, object]
    input_digest: str


def write_replay(
    matrix: VoteMatrix,
    path: Path,
    *,
    method: Mapping[str, object],
    settings: Mapping[str, object],
) -> str:
    """Write the replay file of a matrix; the same input gives the same bytes.

    Parameters
    ----------
    matrix
        The votes.
    path
        Where to write; an existing file is replaced.
    method, settings
        What JSON can hold, to be noted in the header.

    Returns
    -------
    str
        The digest of the input; see `digest_input`.

    Raises
    ------
    InputError
        The file cannot be written, or a participant has more votes than a line can hold.
    """
    digest = hashlib.sha256()
    header = {"format": FORMAT, "version": VERSION, "method": method, "settings": settings}
    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    try:
        with path.open("wb") as file, compressor.stream_writer(file) as stream:
            stream.write(f"{dump(header)}\n".encode())
            for block in _blocks(matrix):
                digest.update(block)
                stream.write(block)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("This cannot be written: {reason}.", path=path, reason=reason) from error
    return digest.hexdigest()


def digest_input(matrix: VoteMatrix) -> str:
    """Give the SHA-256, in hexadecimal, of the lines that follow the header of its replay file."""
    digest = hashlib.sha256()
    for block in _blocks(matrix):
        digest.update(block)
    return digest.hexdigest()


def read_replay(path: Path, *, progress: Progress = ignore_progress) -> Replay:
    """Read a replay file.

    Parameters
    ----------
    path
        The file.
    progress
        Is told how far reading is.

    Raises
    ------
    InputError
        The file is damaged, cut off, of another format or version, or holds a line that
        is not as it should be.
    """
    with open_bytes(path, progress) as source:
        frame = Frame(source)
        blocks = read_blocks(frame.read, path, longest_line=LONGEST_LINE)
        lines = enumerate(chain.from_iterable(map(_split, blocks)), start=1)
        method, settings = _read_header(path, next(lines, (1, ""))[1])
        collector = ReplayCollector(path)
        for number, line in lines:
            collector.add(line, number)
    return Replay(collector.to_matrix(), method, settings, frame.digest_after_first_line)


def _split(block: str) -> list[str]:
    return block.removesuffix("\n").split("\n")


def _read_header(path: Path, line: str) -> tuple[dict[str, object], dict[str, object]]:
    header = parse_line(path, 1, line)
    if header.get("format") != FORMAT:
        raise InputError("This is not a replay file of Spreekruimte.", path=path, line=1)
    if header.get("version") != VERSION:
        raise InputError(
            "This replay file has another version than {expected}, the one that is read.",
            path=path,
            line=1,
            expected=VERSION,
        )
    method, settings = header.get("method"), header.get("settings")
    if not (isinstance(method, dict) and isinstance(settings, dict)):
        raise InputError("The header lacks method or settings.", path=path, line=1)
    return method, settings


def _blocks(matrix: VoteMatrix) -> Iterator[bytes]:
    """Give the lines after the header, many at a time."""
    lines = write_lines(matrix)
    while part := list(islice(lines, _LINES_PER_WRITE)):
        encoded = [f"{line}\n".encode() for line in part]
        if max(map(len, encoded)) > LONGEST_LINE:
            raise InputError("One participant has more votes than a replay file can hold.")
        yield b"".join(encoded)
