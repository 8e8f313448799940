import os
import re
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from tests.operation.processes import (
    PATIENCE,
    children_of,
    said_by,
    spreekruimte,
    status_of,
    wait_until,
)

from spreekruimte.operation.serving import address_of, listen
from spreekruimte.organisations.refusals import RefusedError

LISTENS = re.compile(r"staat op (http://\S+) ")


def address_in(said: str) -> str | None:
    found = LISTENS.search(said)
    return found[1] if found else None


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """What chooses an empty database of this kind."""
    if request.param == "sqlite":
        yield {}
        return
    address = request.getfixturevalue("cluster")
    name = f"up_{os.getpid()}_{tmp_path.name}".lower()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield {"SPREEKRUIMTE_DATABASE": address.replace("/postgres?", f"/{name}?")}
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def test_up_makes_what_is_missing_answers_and_leaves_nothing_running(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    folder = tmp_path / "data"
    with spreekruimte(folder, "up", **environment) as process:
        wait_until(lambda: address_in(said_by(folder)), process, folder)
        address = address_in(said_by(folder))
        assert status_of(f"{address}/account/login/") == 200
        started = children_of(process.pid)
        assert sorted(started) == ["server", "worker"]
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    assert said_by(folder).splitlines() == [
        f"Spreekruimte staat op {address} (stoppen met Ctrl-C).",
        "Spreekruimte is gestopt.",
    ]
    assert not any(Path("/proc", str(number)).exists() for number in started.values())
    assert (folder.stat().st_mode & 0o777, (folder / "secret-key").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    # Of two processes that end at one moment, each can leave the clearing up to the other.
    spare = {"spreekruimte.sqlite3-wal", "spreekruimte.sqlite3-shm"}
    files = {path.name for path in folder.iterdir()} - spare
    kept = {"running", "secret-key"} | (set() if environment else {"spreekruimte.sqlite3"})
    assert files == kept


def test_what_is_killed_is_started_again_at_the_same_address(folder: Path) -> None:
    with spreekruimte(folder, "up") as process:
        wait_until(lambda: address_in(said_by(folder)), process, folder)
        address = address_in(said_by(folder))
        before = children_of(process.pid)
        for number in before.values():
            os.kill(number, signal.SIGKILL)
        # Nobody is turned away meanwhile: the connection waits.
        assert status_of(f"{address}/account/login/") == 200
        wait_until(lambda: said_by(folder).count("opnieuw gestart") == 2, process, folder)
        after = children_of(process.pid)
        assert sorted(after) == ["server", "worker"]
        assert not set(before.values()) & set(after.values())


def test_one_folder_is_served_once(tmp_path: Path, folder: Path) -> None:
    with spreekruimte(folder, "up") as process:
        wait_until(lambda: address_in(said_by(folder)), process, folder)
        other = tmp_path / "other"
        other.symlink_to(folder)
        with spreekruimte(other, "up") as refused:
            assert refused.wait(PATIENCE) == 2
        assert "draait al op de map" in said_by(other)


def test_a_second_start_keeps_what_there_is(folder: Path) -> None:
    key = (folder / "secret-key").read_text()
    with spreekruimte(folder, "up") as process:
        wait_until(lambda: address_in(said_by(folder)), process, folder)
    assert (folder / "secret-key").read_text() == key
    assert not (folder / "backups").exists()


def test_a_worker_shows_that_it_is_alive_until_it_stops(tmp_path: Path, folder: Path) -> None:
    def signs() -> list[tuple[str]]:
        with closing(sqlite3.connect(folder / "spreekruimte.sqlite3")) as connection:
            return connection.execute("SELECT worker FROM operation_signoflife").fetchall()

    with spreekruimte(folder, "up") as process:
        wait_until(lambda: address_in(said_by(folder)) and signs(), process, folder)
        with spreekruimte(tmp_path / "second", "worker", SPREEKRUIMTE_DATA=str(folder)) as second:
            wait_until(lambda: len(signs()) == 2, second, tmp_path / "second")
            second.send_signal(signal.SIGTERM)
            assert second.wait(PATIENCE) == 0
        assert len(signs()) == 1
    assert signs() == []


def test_a_worker_does_not_start_on_a_database_that_lacks_tables(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with spreekruimte(folder, "worker") as refused:
        assert refused.wait(PATIENCE) == 2
    assert "start eerst `spreekruimte up`" in said_by(folder)


# Where it listens


def test_a_port_that_is_taken_is_refused_when_it_was_asked_for() -> None:
    with listen("127.0.0.1", None) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RefusedError, match=str(port)):
            listen("127.0.0.1", port)


def test_without_a_choice_a_port_that_is_free_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with listen("127.0.0.1", None) as taken:
        monkeypatch.setattr("spreekruimte.operation.serving.PORT", taken.getsockname()[1])
        with listen("127.0.0.1", None) as other:
            assert other.getsockname()[1] != taken.getsockname()[1]
            assert address_of(other) == f"http://localhost:{other.getsockname()[1]}"


def test_a_place_that_this_machine_does_not_have_is_refused() -> None:
    with pytest.raises(RefusedError, match="198"):
        listen("198.51.100.1", None)


def test_whoever_listens_everywhere_is_found_on_this_machine() -> None:
    with listen("0.0.0.0", None) as place:  # noqa: S104 - on purpose
        assert address_of(place) == f"http://localhost:{place.getsockname()[1]}"
    if socket.has_ipv6:
        with listen("::1", None) as place:
            assert address_of(place) == f"http://[::1]:{place.getsockname()[1]}"
