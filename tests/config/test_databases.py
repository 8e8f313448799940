from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from spreekruimte.config.databases import choose_data_folder, choose_database

FOLDER = Path("/somewhere")


def test_the_data_folder_is_the_one_that_the_environment_names() -> None:
    chosen = choose_data_folder({"SPREEKRUIMTE_DATA": "/srv/spreekruimte", "HOME": "/home/someone"})
    assert chosen == Path("/srv/spreekruimte")


def test_a_data_folder_stays_the_same_when_the_process_goes_elsewhere() -> None:
    assert choose_data_folder({"SPREEKRUIMTE_DATA": "data"}) == Path.cwd() / "data"


def test_without_a_choice_the_data_folder_is_in_the_home_folder() -> None:
    assert choose_data_folder({"SPREEKRUIMTE_DATA": "", "HOME": "/home/someone"}) == Path(
        "/home/someone/.local/share/spreekruimte"
    )


def test_a_service_without_a_home_keeps_its_data_where_services_do() -> None:
    assert choose_data_folder({}) == Path("/var/lib/spreekruimte")


def test_without_a_choice_the_database_is_a_file_in_the_data_folder() -> None:
    chosen = choose_database({}, FOLDER)
    assert chosen["ENGINE"] == "django.db.backends.sqlite3"
    assert chosen["NAME"] == FOLDER / "spreekruimte.sqlite3"


def test_choosing_a_database_makes_no_file(tmp_path: Path) -> None:
    choose_database({"SPREEKRUIMTE_DATABASE": ""}, tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_an_address_chooses_postgresql() -> None:
    address = "postgresql://who:p%40ss@db.example:5433/votes?sslmode=require&connect_timeout=3"
    chosen = choose_database({"SPREEKRUIMTE_DATABASE": address}, FOLDER)
    assert chosen["ENGINE"] == "django.db.backends.postgresql"
    assert [chosen[each] for each in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "votes",
        "who",
        "p@ss",
        "db.example",
        "5433",
    ]
    assert chosen["OPTIONS"] == {"sslmode": "require", "connect_timeout": "3"}


def test_what_an_address_leaves_open_is_left_to_the_library() -> None:
    chosen = choose_database({"SPREEKRUIMTE_DATABASE": "postgres:///votes"}, FOLDER)
    assert [chosen[each] for each in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "votes",
        "",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("mysql://who:secret@host/votes", "must begin with postgresql://"),
        ("host=secret dbname=votes", "must begin with postgresql://"),
        ("postgresql://who:secret@host/votes?nothing=known", "not an address that libpq can read"),
        ("postgresql://who:secret@host", "must name a database"),
    ],
)
def test_another_address_is_refused_without_showing_it(address: str, reason: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=reason) as refusal:
        choose_database({"SPREEKRUIMTE_DATABASE": address}, FOLDER)
    assert "secret" not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def ask(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        (answer,) = cursor.fetchone()
    return answer


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_they_name(database: str) -> None:
    assert connection.vendor == database


@pytest.mark.django_db(transaction=True)
def test_a_commit_returns_only_when_it_is_on_the_disk(database: str) -> None:
    if database == "postgresql":
        assert ask("SHOW synchronous_commit") == "on"
    else:
        assert ask("PRAGMA journal_mode") == "wal"
        assert ask("PRAGMA synchronous") == 2


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_reads_first_waits_for_another_writer(database: str) -> None:
    if database == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert ask("PRAGMA busy_timeout") == 20_000


@pytest.mark.django_db
def test_postgresql_is_reached_by_the_library_that_the_locks_hold(database: str) -> None:
    if database == "postgresql":
        connection.ensure_connection()
        assert isinstance(connection.connection, psycopg.Connection)
