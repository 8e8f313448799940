"""Put a backup in the place of what an installation holds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from spreekruimte.analysis.votes import Progress
from spreekruimte.analysis.votes.lines import ignore_progress
from spreekruimte.operation import postgresql
from spreekruimte.operation.archives import DATABASE, DUMP, FILES, KEY, Manifest, extract
from spreekruimte.organisations.refusals import RefusedError

# Beside a database of SQLite that was open, and part of it.
COMPANIONS = ("", "-wal", "-shm")


def restore(
    source: Path,
    *,
    files: Path,
    key: Path,
    kept: Path,
    replace: bool,
    now: datetime,
    progress: Progress = ignore_progress,
) -> Manifest:
    """Check a whole backup, then put it in place; whoever holds the folder calls this.

    Parameters
    ----------
    files, key
        Where the files that pages serve, and the key that signs, are to be.
    kept
        The folder in which what was there before is kept.
    replace
        Whether what is there may be replaced.

    Raises
    ------
    InputError
        If it is no backup, or is not whole; nothing was changed.
    RefusedError
        If something is there that may not be replaced, or the backup does not fit this
        installation; nothing was changed.
    """
    with tempfile.TemporaryDirectory(dir=key.parent, prefix=".restore-") as name:
        staged = Path(name)
        progress("restore-check", 0, None)
        manifest = extract(source, staged)
        _check_fit(manifest)
        is_in_use = _is_in_use(files, key, staged)
        if is_in_use and not replace:
            raise RefusedError(
                _("There is something here already; `--replace` puts the backup in its place.")
            )
        progress("restore-place", 0, None)
        before = kept / f"replaced-{now:%Y%m%dT%H%M%S}"
        if is_in_use:
            before.mkdir(mode=0o700, parents=True)
        _place_database(staged, before, is_in_use=is_in_use)
        if (staged / KEY).exists():
            _swap(staged / KEY, key, before / KEY)
        _swap(staged / FILES, files, before / FILES)
    return manifest


def _check_fit(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise RefusedError(
            _("The backup is of %(theirs)s, and this installation uses %(ours)s.")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )
    newer = _find_newer(manifest.migrations)
    if newer:
        raise RefusedError(
            _("The backup was made by a newer version of Spreekruimte: it has %(migration)s.")
            % {"migration": newer}
        )


def _find_newer(migrations: Mapping[str, str]) -> str | None:
    known = MigrationLoader(None).disk_migrations
    ours = {app for app, _name in known}
    unknown = (name for app, name in migrations.items() if app in ours and (app, name) not in known)
    return next(unknown, None)


def _is_in_use(files: Path, key: Path, staged: Path) -> bool:
    if connection.vendor == "sqlite":
        has_tables = _database().exists() and _database().stat().st_size > 0
    else:
        has_tables = bool(connection.introspection.table_names())
    has_files = files.is_dir() and any(files.iterdir())
    new_key = staged / KEY
    has_other_key = key.exists() and new_key.exists() and key.read_bytes() != new_key.read_bytes()
    return has_tables or has_files or has_other_key


def _place_database(staged: Path, before: Path, *, is_in_use: bool) -> None:
    if connection.vendor != "sqlite":
        if is_in_use:
            postgresql.dump(before / DUMP)
        postgresql.load(staged / DUMP)
        return
    connection.close()
    path = _database()
    for companion in COMPANIONS:
        there = path.with_name(path.name + companion)
        if there.exists():
            there.rename(before / (DATABASE + companion))
    shutil.move(staged / DATABASE, path)


def _swap(new: Path, place: Path, before: Path) -> None:
    """Put what is new in place, if there is anything, and keep what was there."""
    if place.exists():
        before.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.rename(before)
    if new.exists():
        new.rename(place)


def _database() -> Path:
    return Path(str(connection.settings_dict["NAME"]))
