"""Bring the database to what this version of the program needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from spreekruimte.operation.copying import copy_sqlite
from spreekruimte.organisations.refusals import RefusedError

# Any number, as long as nothing else asks for a lock with it.
_LOCK = 5_372_016


def migrate(*, backups: Path, now: datetime) -> Path | None:
    """Apply what is missing; of SQLite with data in it, keep a copy from before.

    Parameters
    ----------
    backups
        The folder for the copy.

    Returns
    -------
    Path or None
        The copy, where one was made.

    Raises
    ------
    RefusedError
        If a newer version of the program has been at the database.
    """
    with _alone():
        executor = MigrationExecutor(connection)
        applied = executor.loader.applied_migrations
        _refuse_newer(executor)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return None
        copy = None
        if connection.vendor == "sqlite" and applied:
            copy = backups / f"before-migration-{now:%Y%m%dT%H%M%S}.sqlite3"
            copy_sqlite(copy)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        return copy


def pending_migrations() -> list[str]:
    """Name the migrations that the database lacks, in the order in which they come."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _refuse_newer(executor: MigrationExecutor) -> None:
    ours = {app for app, _name in executor.loader.graph.nodes}
    unknown = sorted(
        name
        for app, name in executor.loader.applied_migrations
        if app in ours and (app, name) not in executor.loader.disk_migrations
    )
    if unknown:
        raise RefusedError(
            _("This database was made by a newer version of Spreekruimte: it has %(migration)s.")
            % {"migration": unknown[-1]}
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process migrate at a time; on SQLite, the folder is held already."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
