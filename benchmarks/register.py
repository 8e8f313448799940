"""How soon pages of the register are there, with a million signals in one incident.

Bound: 200 milliseconds for a page. The signals lie in one table, over a year, of all kinds; one in
a thousand was withdrawn. A page is asked for through all of Django, signed in, as an editor does:
the first page, pages from the middle and the end of the year, and those of one kind; and the public
page of the fuss beside the verdict, once the incident was measured. The first request of each is
left out: it reads templates. What reading and measuring the signals take, in the background, has no
bound here (`benchmarks.ophef` has one for index and bursts). Then a file of so many lines is
imported twice.

    python -m benchmarks.register                      # SQLite, in a folder that goes afterwards
    python -m benchmarks.register --database ADDRESS   # an empty PostgreSQL database
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np

from benchmarks.bounds import print_outcome
from benchmarks.installation import add_database, chosen_installation
from benchmarks.signed_in import sign_in_editor
from benchmarks.tables import print_head, print_row

if TYPE_CHECKING:
    from django.test import Client

    from spreekruimte.ophef.models import Incident

BOUND = 0.2
AT_ONCE = 5_000
YEAR = timedelta(days=365)
PAGES = ("page", "ms, median", "ms, highest", "bound", "ratio")
MEASURED = ("in the background       ", "seconds")
IMPORTS = ("import", "lines", "added", "known", "refused", "seconds")
FAULTY = 200
WITHDRAWN = 1000
FIELDS = (
    *("organisation_id", "incident_id", "kind", "at", "recorded_at", "platform"),
    *("author", "is_employers", "source", "key"),
)


def main() -> None:
    """Read the arguments, fill a register and print how long its pages and an import take."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.register",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--signals", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    add_database(parser)
    arguments = parser.parse_args()
    with chosen_installation(arguments):
        _measure(arguments)


def _measure(arguments: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    now = timezone.now()
    incident, client = _prepare(now)
    _fill(incident, arguments, now)
    failures = []
    print_head(MEASURED)
    for step, took in _measure_fuss(incident, now):
        print_row(MEASURED, [step, f"{took:.1f}"])
    print_head(PAGES)
    for name, address, sign in _addresses(incident, now):
        taken = [_visit(client, address, sign) for _time in range(arguments.times + 1)][1:]
        highest = max(taken)
        if highest > BOUND:
            failures.append(f"{name}: {highest:.2f} s")
        cells = [f"{statistics.median(taken) * 1e3:.0f}", f"{highest * 1e3:.0f}"]
        print_row(PAGES, [name, *cells, f"{BOUND * 1e3:.0f}", f"{highest / BOUND:.2f}"])
    print_head(IMPORTS)
    text = _write_table(arguments.lines, now)
    for name in ("first", "again"):
        print_row(IMPORTS, [name, *_import(incident, text, now)])
    print_outcome(failures)


def _prepare(now: datetime) -> tuple[Incident, Client]:
    from spreekruimte.cases.sentences import Bilingual
    from spreekruimte.ophef.actions.incidents import About, open_incident
    from spreekruimte.organisations.actions import create_organisation
    from spreekruimte.organisations.models import OPERATOR

    organisation = create_organisation(name="Waterdam", slug="waterdam", actor=OPERATOR, now=now)
    about = About(Bilingual("Een bericht", "A post"), starts_at=now - YEAR)
    incident = open_incident(organisation=organisation, about=about, actor=OPERATOR, now=now)
    return incident, sign_in_editor(organisation, now)


def _fill(incident: Incident, arguments: argparse.Namespace, now: datetime) -> None:
    from django.db import connection, transaction

    from spreekruimte.ophef.models import Kind, Signal, Tally, Withdrawal

    places = ", ".join(["%s"] * len(FIELDS))
    # Without objects, which would take longer than all the rest.
    statement = f"INSERT INTO ophef_signal ({', '.join(FIELDS)}) VALUES ({places})"  # noqa: S608
    rows = _draw(incident, arguments.signals, arguments.seed, now)
    while part := list(islice(rows, AT_ONCE)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, part)
    with transaction.atomic():
        every = Signal.objects.filter(incident=incident).order_by("pk")
        withdrawn = every.values_list("pk", flat=True)[::WITHDRAWN]
        Withdrawal.objects.bulk_create(Withdrawal(signal_id=pk, at=now) for pk in withdrawn)
    for kind in Kind:
        count = Signal.objects.filter(incident=incident, kind=kind, withdrawal=None).count()
        Tally.objects.create(incident=incident, kind=kind, count=count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _draw(
    incident: Incident, count: int, seed: int, now: datetime
) -> Iterator[tuple[str | int | None, ...]]:
    from django.db import connection

    from spreekruimte.ophef.models import Kind

    random = np.random.default_rng(seed)
    ages = random.uniform(0.0, YEAR.total_seconds(), count).tolist()
    kinds = random.integers(0, len(Kind) - 1, count).tolist()
    authors = random.integers(0, 2**62, count).tolist()
    names = [kind.value for kind in Kind]
    write = connection.ops.adapt_datetimefield_value
    recorded = write(now)
    for number in range(count):
        at = write(now - timedelta(seconds=ages[number]))
        yield (
            *(incident.organisation_id, incident.pk, names[kinds[number]], at, recorded, ""),
            *(authors[number], False, "hand", f"{number:064x}"),
        )


def _measure_fuss(incident: Incident, now: datetime) -> Iterator[tuple[str, float]]:
    from spreekruimte.cases.models import Case
    from spreekruimte.ophef.actions.measuring import measure_incident
    from spreekruimte.ophef.measuring.reading import read_signals
    from spreekruimte.ophef.models import Incident

    case = Case.objects.create(
        organisation=incident.organisation,
        provenance="synthetic",
        state="closed",
        description_nl="Een bericht",
        description_en="A post",
        created_at=now,
    )
    Incident.objects.filter(pk=incident.pk).update(case=case, revision=1)
    incident.refresh_from_db()
    for name, act in (
        ("reading", lambda: read_signals(incident)),
        ("reading and measuring", lambda: measure_incident(incident=incident, now=now)),
    ):
        began = time.perf_counter()
        act()
        yield name, time.perf_counter() - began


def _addresses(incident: Incident, now: datetime) -> Iterator[tuple[str, str, bytes]]:
    yield "fuss and verdict", f"/cases/{incident.case_id}/ophef/", b'class="timeline"'
    place = f"/desk/waterdam/ophef/{incident.pk}/"
    for kind in ("", "call", "threat"):
        for name, age in (("first", 0.0), ("middle", 0.5), ("end", 0.999)):
            until = (now - age * YEAR).isoformat()
            asked = {"kind": kind, **({"until": until} if age else {})}
            yield f"{name} {kind}".strip(), f"{place}?{urlencode(asked)}", b"<time"


def _visit(client: Client, address: str, sign: bytes) -> float:
    began = time.perf_counter()
    response = client.get(address)
    seconds = time.perf_counter() - began
    if response.status_code != 200 or sign not in response.content:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return seconds


def _write_table(lines: int, now: datetime) -> bytes:
    told = ["Datum;Beller;Id\n"]
    for number in range(lines):
        at = now - timedelta(minutes=1 + number % 500_000)
        day = "31-02-2026" if number % FAULTY == 0 else at.isoformat()
        told.append(f"{day};020-{number % 50_000:07d};{number}\n")
    return "".join(told).encode()


def _import(incident: Incident, text: bytes, now: datetime) -> list[str]:
    from spreekruimte.ophef.actions.importing import begin_import, choose_columns, import_lines
    from spreekruimte.ophef.importing.mapping import ColumnMapping
    from spreekruimte.ophef.models import Kind
    from spreekruimte.organisations.models import OPERATOR

    mapping = ColumnMapping({"at": "Datum", "author": "Beller", "identifier": "Id"}, Kind.CALL)
    imported = begin_import(
        incident=incident, file_name="calls.csv", digest="", size=len(text), actor=OPERATOR, now=now
    )
    imported = choose_columns(imported=imported, mapping=mapping, now=now)
    began = time.perf_counter()
    ended = import_lines(imported=imported, file=io.BytesIO(text), now=now)
    seconds = time.perf_counter() - began
    counts = (ended.lines, ended.added, ended.known, ended.refused)
    return [*(f"{count:,}" for count in counts), f"{seconds:.1f}"]


if __name__ == "__main__":
    main()
