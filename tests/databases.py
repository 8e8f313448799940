"""The databases that each test of stored data runs on: SQLite and PostgreSQL.

A test that is marked `django_db`, or asks for a fixture that needs a database, runs once on each.
The fixtures are for `conftest.py`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from pytest_django.plugin import DjangoDbBlocker
from tests.postgresql import AbsentError, running_cluster

from spreekruimte.config.databases import DATABASE, choose_database
from spreekruimte.organisations.append_only import AppendOnlyModel, keep_rows, release_rows

DATABASES = ["sqlite", "postgresql"]
FILE = "tests.sqlite3"
# Gives the folder of a kind of database, which the function makes where it is not there.
MakeOnce = Callable[[str, Callable[[Path], None]], Path]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that needs a database on both."""
    if metafunc.definition.get_closest_marker("django_db"):
        metafunc.fixturenames.append("database")
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", DATABASES, indirect=True, scope="session")


@pytest.fixture(scope="session")
def made_once(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> MakeOnce:
    """What makes a database with all tables once for all processes of the tests."""
    own = tmp_path_factory.getbasetemp()
    # pytest-xdist gives each process a folder within that of all.
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make_once(kind: str, make: Callable[[Path], None]) -> Path:
        made = shared / f"made-{kind}"
        with (shared / f"{kind}.lock").open("w") as lock, django_db_blocker.unblock():
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                unfinished = shared / f"unfinished-{kind}"
                make(unfinished)
                unfinished.rename(made)
        return made

    return make_once


@pytest.fixture(scope="session")
def cluster(made_once: MakeOnce) -> Iterator[str]:
    """The address of a running PostgreSQL, with a database with all tables."""
    with ExitStack() as stack:
        try:
            made = made_once("postgresql", _make_postgresql)
            address = stack.enter_context(running_cluster(copied_from=made))
        except AbsentError as reason:
            pytest.skip(str(reason))
        yield address


@pytest.fixture(scope="session")
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, made_once: MakeOnce
) -> str:
    """Connect with one of the databases, set up as an installation would; return its name."""
    kind: str = request.param
    folder = tmp_path_factory.mktemp("data")
    if kind == "postgresql":
        _connect_with({DATABASE: request.getfixturevalue("cluster")}, folder)
    else:
        shutil.copy(made_once("sqlite", _make_sqlite) / FILE, folder)
        _connect_with({}, folder)
    return kind


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Have pytest-django take the database that is there; its folder goes with that of pytest."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database: str) -> None:
    """Let pytest-django use that database. Each process has its own."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:  # noqa: ARG001 - it extends that one
    """Let tests with transactions of their own be followed by an empty database."""
    with pytest.MonkeyPatch.context() as patch:
        _let_tables_be_emptied(connection, patch)
        yield


def _make_sqlite(folder: Path) -> None:
    folder.mkdir()
    _connect_with({}, folder)
    _make_tables()


def _make_postgresql(folder: Path) -> None:
    with running_cluster(kept_in=folder) as address:
        _connect_with({DATABASE: address}, folder)
        _make_tables()


def _make_tables() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()


def _connect_with(environment: Mapping[str, str], folder: Path) -> None:
    chosen = choose_database(environment, folder)
    # A file, since a database in memory knows neither WAL nor waiting.
    tests = {} if environment else {"NAME": str(folder / FILE)}
    connections["default"].close()
    connections.settings = connections.configure_settings({"default": {**chosen, "TEST": tests}})
    del connections["default"]
    # Remembers rows of the database before.
    ContentType.objects.clear_cache()


def _let_tables_be_emptied(wrapper: BaseDatabaseWrapper, patch: pytest.MonkeyPatch) -> None:
    kept = {
        model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnlyModel)
    }
    # The class, since a test that drives a browser gets another wrapper than one that does not.
    operations: Any = type(wrapper.ops)
    flush = operations.sql_flush

    def sql_flush(
        self: BaseDatabaseOperations, style: object, tables: Sequence[str], **options: object
    ) -> list[str]:
        # Of a hundred tables a test fills ten.
        filled = _find_filled(self.connection, tables)
        if self.connection.vendor == "postgresql":
            return _delete_rows(filled)
        statements: list[str] = flush(self, style, filled, **options)
        return [
            *(each for table in kept & set(filled) for each in release_rows("sqlite", table)),
            *statements,
            *(each for table in kept & set(filled) for each in keep_rows("sqlite", table)),
        ]

    patch.setattr(operations, "sql_flush", sql_flush)


def _find_filled(wrapper: BaseDatabaseWrapper, tables: Sequence[str]) -> list[str]:
    # The names are Django's own.
    looks = [f"SELECT '{each}' WHERE EXISTS (SELECT 1 FROM \"{each}\")" for each in tables]  # noqa: S608
    with wrapper.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        return [name for (name,) in cursor.fetchall()]


def _delete_rows(tables: Sequence[str]) -> list[str]:
    """Empty tables of PostgreSQL without asking what refers to what, or what is to be kept."""
    return [
        "SET LOCAL session_replication_role = replica",
        *(f'DELETE FROM "{table}"' for table in tables),  # noqa: S608
        "SET LOCAL session_replication_role = origin",
    ]
