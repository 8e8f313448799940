import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation
from tests.operation.processes import said_by, spreekruimte, wait_until

from spreekruimte.operation.copying import copy_sqlite
from spreekruimte.operation.migrating import migrate, pending_migrations
from spreekruimte.organisations.models import Organisation
from spreekruimte.organisations.refusals import RefusedError

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_where_nothing_is_missing_nothing_is_done(tmp_path: Path) -> None:
    assert pending_migrations() == []
    assert migrate(backups=tmp_path / "backups", now=NOW) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    newest = MigrationRecorder(connection).Migration(app="ballots", name="9999_from_the_future")
    newest.save()
    try:
        with translation.override("nl"), pytest.raises(RefusedError, match="9999_from_the_future"):
            migrate(backups=tmp_path, now=NOW)
    finally:
        newest.delete()


def test_before_tables_in_use_are_changed_they_are_copied(folder: Path) -> None:
    path = folder / "spreekruimte.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        # As it was before this room had tables.
        database.execute("DELETE FROM django_migrations WHERE app = 'operation'")
        database.execute("DROP TABLE operation_signoflife")
        database.execute(
            "INSERT INTO organisations_organisation (name, slug) VALUES ('Gemeente', 'gemeente')"
        )
        database.commit()
    with spreekruimte(folder, "up") as process:
        wait_until(lambda: "staat op" in said_by(folder), process, folder)
    (copy,) = (folder / "backups").iterdir()
    assert f"bewaard in {copy}" in said_by(folder)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        assert "operation_signoflife" not in tables
        assert database.execute("SELECT slug FROM organisations_organisation").fetchall() == [
            ("gemeente",)
        ]


@pytest.mark.django_db(transaction=True)
def test_a_copy_holds_what_is_committed_and_stands_alone(database: str, tmp_path: Path) -> None:
    if database == "postgresql":  # which has a program of its own for this
        return
    Organisation.objects.create(name="Gemeente", slug="gemeente")
    copy = tmp_path / "deep" / "copy.sqlite3"
    copy_sqlite(copy)
    assert [each.name for each in copy.parent.iterdir()] == ["copy.sqlite3"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as reading:
        assert reading.execute("SELECT slug FROM organisations_organisation").fetchall() == [
            ("gemeente",)
        ]
        assert reading.execute("PRAGMA integrity_check").fetchone() == ("ok",)
