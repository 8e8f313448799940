from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import Command
from tests.ophef.register import make_incident
from tests.organisations.people import NOW

from spreekruimte.ophef.models import Import, Signal

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "Datum;Tijd;Beller\n20-11-2026;10:00;020-1234567\n20-11-2026;25:00;020-1234568\n"


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "calls.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_a_file_is_taken_once_and_refused_lines_are_told(run: Command, source: Path) -> None:
    number = make_incident().pk
    arguments = ("import-signals", source, "--incident", number, "--kind", "call", "--lang", "en")
    first, second = run(*arguments), run(*arguments)
    assert (first.status, second.status) == (1, 1)
    assert first.said == "1 signals added, 0 were there already, 1 lines refused.\n"
    assert second.said == "0 signals added, 1 were there already, 1 lines refused.\n"
    assert "Line 3: Tijd: This is not a date or time" in first.complained
    assert Signal.objects.count() == 1


def test_columns_can_be_told(run: Command, source: Path) -> None:
    number = make_incident().pk
    told = ("--mapping", "at=Datum", "--mapping", "author=Beller", "--kind", "call")
    outcome = run("import-signals", source, "--incident", number, *told)
    assert (outcome.status, Signal.objects.count()) == (0, 2)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (["--kind", "rumour"], "This is not a known kind of signal."),
        ([], "Say which kind of signal the lines are"),
        (["--kind", "call", "--mapping", "when=Datum"], "There is no field when."),
        (["--kind", "call", "--mapping", "at=Moment"], "There is no column Moment."),
        (["--kind", "call", "--mapping", "author=Beller"], "which column has the day"),
    ],
    ids=str,
)
def test_what_is_asked_wrongly_is_refused_and_nothing_is_stored(
    run: Command, source: Path, changes: list[str], sentence: str
) -> None:
    number = make_incident().pk
    outcome = run("import-signals", source, "--incident", number, "--lang", "en", *changes)
    assert outcome.status == 2
    assert sentence in outcome.complained
    assert not Import.objects.exists()


def test_a_file_or_incident_that_is_not_there_is_told(
    run: Command, source: Path, tmp_path: Path
) -> None:
    number = make_incident().pk
    absent = run("import-signals", tmp_path / "no.csv", "--incident", number, "--lang", "en")
    assert (absent.status, "no such file" in absent.complained) == (2, True)
    other = run("import-signals", source, "--incident", number + 1, "--lang", "en")
    assert (other.status, "There is no incident" in other.complained) == (2, True)
    source.write_bytes(b"a\x00\xff\x01")
    outcome = run("import-signals", source, "--incident", number, "--lang", "en")
    assert (outcome.status, "neither a table" in outcome.complained) == (2, True)
