"""Write the folder of a judgement: whole, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.replay import write_replay
from spreekruimte.verdicts.files import ALL_FILES, REPLAY, VERDICT, render_files
from spreekruimte.verdicts.judgement import Judgement
from spreekruimte.verdicts.method import describe_method
from spreekruimte.verdicts.publication import Publication


def check_destination(folder: Path) -> None:
    """Refuse a place where a result would take away something else.

    Raises
    ------
    InputError
        If there is something that is neither an empty folder nor an earlier result.
    """
    if not folder.exists():
        return
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else {folder.name}
    is_earlier = {VERDICT, REPLAY} <= names <= set(ALL_FILES)
    if names and not is_earlier:
        raise InputError(
            "{folder} holds something else than an earlier result; choose another folder.",
            folder=folder,
        )


def publish(judgement: Judgement, folder: Path, publication: Publication) -> None:
    """Write all files of a judgement into a folder, in place of an earlier result.

    Whoever looks at the folder sees the earlier result or the new one; if anything
    fails, no new folder is left.

    Raises
    ------
    InputError
        If the folder holds something else, or cannot be written.
    """
    folder = folder.resolve()
    check_destination(folder)
    try:
        with _stage(folder) as staging:
            digest = write_replay(
                judgement.given,
                staging / REPLAY,
                method=describe_method(judgement.rules),
                settings=publication.to_settings(),
            )
            files = render_files(judgement, input_digest=digest, publication=publication)
            for name, content in files.items():
                (staging / name).write_bytes(content)
    except OSError as error:
        raise InputError(
            "{folder} cannot be written: {reason}.", folder=folder, reason=error.strerror or error
        ) from error


@contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside the real one, that takes its place when all went well."""
    made = _make_parents(folder.parent)
    staging = _name_sibling(folder)
    staging.mkdir()
    try:
        yield staging
        _swap(staging, folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        raise


def _swap(staging: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, or leave the old one there."""
    if not folder.exists():
        staging.rename(folder)
        return
    earlier = _name_sibling(folder)
    folder.rename(earlier)
    try:
        staging.rename(folder)
    except BaseException:
        earlier.rename(folder)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _name_sibling(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}-{os.getpid()}-{secrets.token_hex(4)}")


def _make_parents(parent: Path) -> list[Path]:
    """Make the folders that are missing on the way, and name them, the innermost first."""
    missing = [path for path in (parent, *parent.parents) if not path.exists()]
    parent.mkdir(parents=True, exist_ok=True)
    return missing
