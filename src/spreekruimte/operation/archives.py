"""The file that a backup is: a compressed tar whose first member says what else is in it.

``manifest.json`` holds the version of the program, the kind of database, the moment, the newest
migration of each room, and of each other member the size and SHA-256. Those are the database
(``database.sqlite3``, or ``database.dump`` of PostgreSQL), the files under ``files/``, and the key
that signs (``secret-key``), unless that was left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

import zstandard

from spreekruimte.analysis.errors import InputError

FORMAT = "spreekruimte backup 1"
MANIFEST, DATABASE, DUMP, KEY, FILES = (
    "manifest.json",
    "database.sqlite3",
    "database.dump",
    "secret-key",
    "files",
)
# More than a manifest ever has, less than what would fill the memory.
MOST_MANIFEST = 64 * 1024 * 1024
BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """What a manifest says of one file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes
    ----------
    vendor
        The kind of database, as Django calls it.
    made_at
        ISO 8601, in UTC.
    migrations
        The newest migration of each app.
    members
        By name, with ``/`` between folders.
    """

    version: str
    vendor: str
    made_at: str
    migrations: Mapping[str, str]
    members: Mapping[str, Member]


def digest_file(path: Path) -> Member:
    """Give the size and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Member(file.tell(), digest.hexdigest())


def write_archive(target: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    """Write a backup, for its owner alone: whole, or not at all.

    Raises
    ------
    OSError
        If it cannot be written there.
    """
    beside = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            with (
                zstandard.ZstdCompressor().stream_writer(file, closefd=False) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
            ):
                _add(archive, MANIFEST, _to_json(manifest))
                for name, source in sources.items():
                    with source.open("rb") as content:
                        _add(archive, name, content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def read_manifest(source: Path) -> Manifest:
    """Read what a backup says of itself.

    Raises
    ------
    InputError
        If it is no backup, or one of another format.
    """
    with _open(source) as archive:
        return _read_manifest(source, archive)


def extract(source: Path, folder: Path | None = None) -> Manifest:
    """Read a whole backup and hold every member against the manifest.

    Parameters
    ----------
    folder
        Where to put the members; without it, they are only checked.

    Raises
    ------
    InputError
        If it is no backup, or anything in it is missing, changed or not in the manifest.
    """
    with _open(source) as archive:
        manifest = _read_manifest(source, archive)
        missing = dict(manifest.members)
        while entry := archive.next():
            expected = missing.pop(entry.name, None)
            content = archive.extractfile(entry) if entry.isreg() else None
            if expected is None or content is None or not _is_inside(entry.name):
                raise InputError(
                    "The backup holds {member}, which it does not speak of.",
                    path=source,
                    member=entry.name,
                )
            if _copy(content, folder and folder / entry.name) != expected:
                raise InputError(
                    "The backup was changed or broke: {member} is not what it was.",
                    path=source,
                    member=entry.name,
                )
        if missing:
            raise InputError(
                "The backup is cut off: {member} is missing.", path=source, member=min(missing)
            )
        return manifest


def _add(archive: tarfile.TarFile, name: str, content: bytes | IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    if isinstance(content, bytes):
        content = io.BytesIO(content)
    content.seek(0, os.SEEK_END)
    entry.size, entry.mode = content.tell(), 0o600
    content.seek(0)
    archive.addfile(entry, content)


def _to_json(manifest: Manifest) -> bytes:
    document = {"format": FORMAT, **asdict(manifest)}
    return json.dumps(document, indent=1, sort_keys=True).encode("utf-8")


@contextmanager
def _open(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with (
            source.open("rb") as file,
            zstandard.ZstdDecompressor().stream_reader(file) as unpacked,
            tarfile.open(fileobj=unpacked, mode="r|") as archive,
        ):
            yield archive
    except FileNotFoundError:
        raise InputError("There is no such file.", path=source) from None
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise InputError("This is not a backup, or it is cut off.", path=source) from error


def _read_manifest(source: Path, archive: tarfile.TarFile) -> Manifest:
    entry = archive.next()
    content = archive.extractfile(entry) if entry and entry.name == MANIFEST else None
    if entry is None or content is None or entry.size > MOST_MANIFEST:
        raise InputError("This is not a backup, or it is cut off.", path=source)
    try:
        document = json.loads(content.read())
        if document.pop("format") != FORMAT:
            raise InputError("This is a backup of another format than {format}.", format=FORMAT)
        members = {name: Member(**each) for name, each in document.pop("members").items()}
        return Manifest(members=members, **document)
    except InputError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError("This is not a backup, or it is cut off.", path=source) from error


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _copy(content: IO[bytes], target: Path | None) -> Member:
    digest, size = hashlib.sha256(), 0
    with _open_target(target) as file:
        while block := content.read(BLOCK):
            digest.update(block)
            size += len(block)
            file.write(block)
    return Member(size, digest.hexdigest())


def _open_target(target: Path | None) -> IO[bytes]:
    if target is None:
        return Path(os.devnull).open("wb")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
