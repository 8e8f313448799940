from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from tests.ophef.register import make_incident
from tests.organisations.people import NOW, make_organisation

from spreekruimte.ophef.actions import importing
from spreekruimte.ophef.actions.importing import (
    begin_import,
    choose_columns,
    digest_file,
    import_lines,
)
from spreekruimte.ophef.actions.incidents import close_incident
from spreekruimte.ophef.actions.recording import withdraw_import
from spreekruimte.ophef.importing.mapping import ColumnMapping
from spreekruimte.ophef.models import Import, Incident, Kind, Link, RefusedLine, Signal, Tally
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

Response = Any
pytestmark = pytest.mark.django_db

BY: Any = {"actor": OPERATOR, "now": NOW}
CALLS = ColumnMapping({"at": "Datum", "author": "Beller", "identifier": "Id"}, Kind.CALL)
PLAIN = ColumnMapping({"at": "Datum", "author": "Beller"}, Kind.CALL)


def take(
    incident: Incident, text: str, mapping: ColumnMapping = CALLS, progress: Response = None
) -> Import:
    file = io.BytesIO(text.encode())
    imported = begin_import(
        incident=incident,
        file_name="calls.csv",
        digest=digest_file(file),
        size=len(text.encode()),
        **BY,
    )
    choose_columns(imported=imported, mapping=mapping, now=NOW)
    imported.refresh_from_db()
    return import_lines(imported=imported, file=file, now=NOW, progress=progress)


def counts(imported: Import) -> tuple[int, int, int, int]:
    imported.refresh_from_db()
    return imported.lines, imported.added, imported.known, imported.refused


def lines(start: int, end: int, faulty: set[int] = frozenset()) -> str:  # type: ignore[assignment]
    """A table in which each line is told from its number alone."""
    told = ["Datum;Beller;Id\n"]
    for number in range(start, end):
        at = NOW - timedelta(minutes=1 + number % 40_000)
        day = "31-02-2026" if number in faulty else f"{at:%d-%m-%Y %H:%M}"
        told.append(f"{day};020-{number % 5000:07d};{number}\n")
    return "".join(told)


def test_lines_enter_once_and_the_faulty_ones_are_listed() -> None:
    incident = make_incident()
    # A tenth of what `benchmarks.register` imports.
    faulty = {number * 7919 % 10_000 for number in range(50)}
    text = lines(0, 10_000, faulty)
    told: list[tuple[int, int | None]] = []
    first = take(incident, text, progress=lambda _name, done, total: told.append((done, total)))
    assert counts(first) == (10_000, 9_950, 0, 50)
    assert told == sorted(told)
    assert len(told) == 10
    assert told[-1] == (len(text), len(text))
    refused = RefusedLine.objects.filter(imported=first).order_by("number")
    assert [line.number for line in refused] == sorted(number + 2 for number in faulty)
    assert {(line.reason, line.column) for line in refused} == {("not_a_time", "Datum")}
    second = take(incident, text)
    assert counts(second) == (10_000, 0, 9_950, 50)
    assert Signal.objects.count() == 9_950
    assert Tally.objects.get(incident=incident).count == 9_950
    assert AuditEntry.objects.filter(action="import_signals").count() == 2


def test_files_that_overlap_add_what_is_new() -> None:
    incident = make_incident()
    assert counts(take(incident, lines(0, 30))) == (30, 30, 0, 0)
    assert counts(take(incident, lines(20, 50))) == (30, 20, 10, 0)


def test_two_lines_that_say_the_same_are_two_signals_in_one_file_and_the_same_two_in_another() -> (
    None
):
    incident = make_incident()
    line = f"{NOW - timedelta(hours=1):%d-%m-%Y %H:%M};"
    table = f"Datum;Beller\n{line}\n{line}\n"
    assert counts(take(incident, table, PLAIN)) == (2, 2, 0, 0)
    assert counts(take(incident, table + f"{line}\n", PLAIN)) == (3, 1, 2, 0)


def test_the_order_of_lines_and_how_many_are_read_at_once_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    header, *rest = lines(0, 50, {7, 30}).splitlines(keepends=True)
    stored = []
    organisation = make_organisation()
    for at_once in (1000, 7):
        monkeypatch.setattr(importing, "LINES_AT_ONCE", at_once)
        incident = make_incident(organisation)
        rest.reverse()
        assert counts(take(incident, header + "".join(rest))) == (50, 48, 0, 2)
        found = Signal.objects.filter(incident=incident)
        stored.append(sorted(found.values_list("at", "author", "kind")))
    assert stored[0] == stored[1]


def test_nothing_of_who_called_is_stored() -> None:
    take(make_incident(), lines(0, 3))
    for signal in Signal.objects.values():
        assert "020-0000" not in str(signal)
    assert len(set(Signal.objects.values_list("author", flat=True))) == 3


def test_each_line_that_is_refused_says_why() -> None:
    incident = make_incident(ends_at=NOW)
    mapping = ColumnMapping(
        {
            "at": "At",
            "kind": "Kind",
            "outlet": "Outlet",
            "reach": "Reach",
            "amount": "Hours",
            "address": "Url",
        }
    )
    good = "2026-11-20 10:00"
    table = [
        ("At", "Kind", "Outlet", "Reach", "Hours", "Url"),
        (good, "media", "De Waterdammer", "1.200", "", "https://news.example/plan"),
        ("", "call", "", "", "", ""),
        (good, "rumour", "", "", "", ""),
        ("2026-01-01 10:00", "call", "", "", "", ""),
        ("2026-11-24 10:00", "call", "", "", "", ""),
        (good, "media", "@somebody", "", "", ""),
        (good, "media", "", "lots", "", ""),
        (good, "hours", "", "", "", ""),
        (good, "hours", "", "", "0", ""),
        (good, "call", "", "", "2", ""),
        (good, "call", "De Waterdammer", "", "", ""),
        (good, "media", "", "", "", "javascript:alert(1)"),
        (good, "media", "", "", "", "", "more"),
    ]
    text = "\n".join("|".join(row) for row in table) + '\n"\n'
    imported = take(incident, text, mapping)
    assert counts(imported) == (14, 1, 0, 13)
    refused = imported.refused_lines.order_by("number").values_list("number", "reason", "column")
    assert list(refused) == [
        (3, "no_time", "At"),
        (4, "not_a_kind", "Kind"),
        (5, "before_start", "At"),
        (6, "future", "At"),
        (7, "not_an_outlet", "Outlet"),
        (8, "not_a_number", "Reach"),
        (9, "no_hours", "Hours"),
        (10, "not_hours", "Hours"),
        (11, "hours_of_another_kind", "Hours"),
        (12, "outlet_of_another_kind", "Outlet"),
        (13, "not_an_address", "Url"),
        (14, "cells", ""),
        (15, "unreadable", ""),
    ]
    signal = Signal.objects.select_related("outlet").get()
    assert signal.outlet is not None
    assert (signal.outlet.name, signal.reach) == ("De Waterdammer", 1200)
    assert Link.objects.get().address == "https://news.example/plan"


@pytest.mark.parametrize(("text", "problem"), [("", "empty"), ("Wanneer;Beller\n1;2\n", "columns")])
def test_a_file_that_cannot_be_read_leaves_an_import_that_says_so(text: str, problem: str) -> None:
    imported = take(make_incident(), text)
    assert (imported.state, imported.problem) == (Import.State.FAILED, problem)
    assert not Signal.objects.exists()


def test_an_incident_that_is_closed_meanwhile_takes_no_more() -> None:
    incident = make_incident()
    imported = begin_import(incident=incident, file_name="a", digest="", size=9, **BY)
    choose_columns(imported=imported, mapping=CALLS, now=NOW)
    close_incident(incident=incident, **BY)
    imported.refresh_from_db()
    ended = import_lines(imported=imported, file=io.BytesIO(lines(0, 3).encode()), now=NOW)
    assert (ended.state, ended.problem) == (Import.State.FAILED, "closed")
    with pytest.raises(RefusedError, match="closed"):
        begin_import(incident=incident, file_name="a", digest="", size=9, **BY)


def test_columns_are_chosen_once() -> None:
    imported = take(make_incident(), lines(0, 3))
    with pytest.raises(RefusedError, match="read already"):
        choose_columns(imported=imported, mapping=CALLS, now=NOW)


def test_an_import_is_withdrawn_as_a_whole_and_once() -> None:
    incident = make_incident()
    imported = take(incident, lines(0, 30))
    take(incident, lines(20, 50))
    assert withdraw_import(imported=imported, **BY) == 30
    assert withdraw_import(imported=imported, **BY) == 0
    assert Tally.objects.get(incident=incident).count == 20
    assert counts(take(incident, lines(0, 50))) == (50, 0, 50, 0)


def test_an_import_under_way_is_not_withdrawn() -> None:
    imported = take(make_incident(), lines(0, 3))
    imported.state = Import.State.RUNNING
    with pytest.raises(RefusedError, match="under way"):
        withdraw_import(imported=imported, **BY)
