"""Back up an installation while it runs: the database as it is at one moment, files and key."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from spreekruimte.analysis.votes import Progress
from spreekruimte.analysis.votes.lines import ignore_progress
from spreekruimte.operation import postgresql
from spreekruimte.operation.archives import (
    DATABASE,
    DUMP,
    FILES,
    KEY,
    Manifest,
    digest_file,
    extract,
    write_archive,
)
from spreekruimte.operation.copying import copy_sqlite
from spreekruimte.organisations.refusals import RefusedError


def back_up(
    target: Path,
    *,
    files: Path,
    key: Path | None,
    now: datetime,
    progress: Progress = ignore_progress,
) -> Manifest:
    """Write everything into one file, and read it back to see that it is whole.

    Parameters
    ----------
    files
        The folder of files that pages serve.
    key
        The file with the key that signs; None to leave it out.

    Raises
    ------
    RefusedError
        If there is a file at that place already, or PostgreSQL's own program is not here.
    """
    if target.exists():
        raise RefusedError(_("There is something at %(file)s already.") % {"file": target})
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as name:
        progress("backup-database", 0, None)
        # The database first: what a row speaks of is in the files before the row is there.
        sources = {**_copy_database(Path(name)), **dict(_find(files, key))}
        progress("backup-files", 0, None)
        manifest = Manifest(
            version=version("spreekruimte"),
            vendor=connection.vendor,
            made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
            migrations=newest_migrations(),
            members={each: digest_file(path) for each, path in sources.items()},
        )
        write_archive(target, manifest, sources)
    progress("backup-check", 0, None)
    return extract(target)


def newest_migrations() -> dict[str, str]:
    """Give the newest migration of each app that the database has."""
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return dict(applied)


def _copy_database(folder: Path) -> dict[str, Path]:
    if connection.vendor == "sqlite":
        copy_sqlite(folder / DATABASE)
        return {DATABASE: folder / DATABASE}
    postgresql.dump(folder / DUMP)
    return {DUMP: folder / DUMP}


def _find(files: Path, key: Path | None) -> Iterator[tuple[str, Path]]:
    if key is not None and key.is_file():
        yield KEY, key
    for path in sorted(files.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{FILES}/{path.relative_to(files).as_posix()}", path
