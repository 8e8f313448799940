"""Simulate fuss about the made-up cases, and about incidents that no case is about.

Nothing of it happened. How much fuss there is follows from a seed, and the measures from the
items-plus-calls formula, so that the pages have something to find: it is the fuss that decides.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO, StringIO

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.ophef.actions.acts import record_measure, record_rule_change
from spreekruimte.ophef.actions.importing import begin_import, choose_columns, import_lines
from spreekruimte.ophef.actions.incidents import About, open_incident
from spreekruimte.ophef.actions.measuring import refresh_comparison
from spreekruimte.ophef.importing.mapping import ColumnMapping, Field
from spreekruimte.ophef.models import Act, Incident, Kind, OutletKind
from spreekruimte.ophef.reported import Reported
from spreekruimte.organisations.models import Actor, Organisation, User

# So many incidents about no case, that the formula can be fitted on.
WITHOUT_CASE = 32
DAYS = 21
# A signal sets off so many others; half of them within so many hours.
BRANCHING, HALF_LIFE = 0.55, 5.0
BY_DAY = np.array([0.15] * 7 + [1.0] * 3 + [1.4] * 9 + [1.0] * 3 + [0.4] * 2)
OUTLETS = ("Het Voorbeeldblad", "Omroep Verzonnen", "Nieuwssite De Proef", "Weekblad Stel Dat")
GUIDELINE = "Richtlijn sociale media (verzonnen)"
# What a line of a file with signals says.
COLUMNS: tuple[Field, ...] = (
    "at", "kind", "outlet", "outlet_kind", "platform", "author", "reach", "direction", "outside",
)  # fmt: skip
_MIX = {
    Kind.CALL: 0.34,
    Kind.MENTION: 0.36,
    Kind.EMAIL: 0.14,
    Kind.MEDIA: 0.1,
    Kind.LETTER: 0.03,
    Kind.COMPLAINT: 0.015,
    Kind.QUESTION: 0.015,
}


@dataclass(frozen=True, slots=True)
class Fuss:
    """How much fuss an incident makes: signals a day that nothing sets off, and one wave.

    Attributes
    ----------
    seed
        From which all chance follows.
    wave
        How many signals the wave begins with.
    """

    seed: int
    a_day: float
    wave: int


def make_fuss(
    organisation: Organisation, cases: Sequence[Case], editor: User, now: datetime
) -> None:
    """Fill the register of the made-up organisation, as far as it is empty; compare what is in it.

    Measuring takes a while, and follows by itself in the background.
    """
    for place, case in enumerate(cases):
        if not Incident.objects.filter(case=case).exists():
            _make_of_case(case, Fuss(100 + place, 4.0, 40 + 30 * place), editor.actor, now)
    made = Incident.objects.filter(organisation=organisation, case=None).count()
    for number in range(made, WITHOUT_CASE):
        _make_without_case(organisation, number, editor.actor, now)
    for compared in (None, organisation):
        refresh_comparison(organisation=compared, now=now)


@transaction.atomic
def _make_of_case(case: Case, fuss: Fuss, actor: Actor, now: datetime) -> None:
    start = (case.opens_at or now) - timedelta(days=DAYS)
    title = Bilingual(
        f"Gesimuleerde ophef bij casus {case.bank_entry}",
        f"Simulated fuss about case {case.bank_entry}",
    )
    incident = _open(case.organisation, title, start, case, actor, now)
    _import(incident, simulate_signals(fuss, start), actor, now)
    _act(incident, fuss.seed, start + timedelta(days=DAYS - 4), actor, now)


@transaction.atomic
def _make_without_case(
    organisation: Organisation, number: int, actor: Actor, now: datetime
) -> None:
    start = now - timedelta(days=120 + 9 * number)
    title = Bilingual(f"Gesimuleerd incident {number + 1}", f"Simulated incident {number + 1}")
    incident = _open(organisation, title, start, None, actor, now)
    fuss = Fuss(1000 + number, 0.5, (5 * number) % 40)
    signals = [
        each for each in simulate_signals(fuss, start) if each.kind in (Kind.MEDIA, Kind.CALL)
    ]
    _import(incident, signals, actor, now)
    _act(incident, fuss.seed, start + timedelta(days=DAYS), actor, now)


def simulate_signals(fuss: Fuss, start: datetime) -> list[Reported]:
    """Draw the signals of an incident over `DAYS` days: a rhythm, a wave, and what they set off."""
    rng = np.random.default_rng(fuss.seed)
    hours = _draw_hours(rng, fuss)
    kinds, weights = list(_MIX), np.array(list(_MIX.values()))
    drawn = rng.choice(len(kinds), size=len(hours), p=weights / weights.sum())
    return [
        _describe(rng, kinds[kind], start + timedelta(hours=hour))
        for kind, hour in zip(drawn.tolist(), hours.tolist(), strict=True)
    ]


def _draw_hours(rng: np.random.Generator, fuss: Fuss) -> NDArray[np.float64]:
    by_hour = np.tile(BY_DAY / BY_DAY.sum(), DAYS) * fuss.a_day
    calm = np.repeat(np.arange(len(by_hour)), rng.poisson(by_hour)) + 0.0
    calm += rng.random(len(calm))
    wave = 8 * 24.0 + 10.0 + rng.exponential(8.0, fuss.wave)
    generation = np.concatenate([calm, wave])
    told = [generation]
    while len(generation):
        parents = np.repeat(generation, rng.poisson(BRANCHING, len(generation)))
        generation = parents + rng.exponential(HALF_LIFE / np.log(2.0), len(parents))
        told.append(generation)
    hours = np.sort(np.concatenate(told))
    return np.asarray(hours[hours < DAYS * 24.0])


def _describe(rng: np.random.Generator, kind: Kind, at: datetime) -> Reported:
    author = f"simulated-{int(rng.zipf(1.6)) % 400}"
    reported = Reported(
        kind=kind,
        at=at,
        author="" if kind in (Kind.MEDIA, Kind.QUESTION) else author,
        direction=int(rng.choice([-1, 0, 1], p=[0.6, 0.2, 0.2])),
        is_outside=bool(rng.random() < 0.3),
        platform="voorbeeld" if kind == Kind.MENTION else "",
    )
    if kind != Kind.MEDIA:
        return reported
    outlet = OUTLETS[int(rng.integers(len(OUTLETS)))]
    reach = int(rng.integers(1_000, 50_000))
    return replace(reported, outlet=outlet, outlet_kind=OutletKind.NEWSPAPER, reach=reach)


def _open(
    organisation: Organisation,
    title: Bilingual,
    start: datetime,
    case: Case | None,
    actor: Actor,
    now: datetime,
) -> Incident:
    about = About(title, starts_at=start, ends_at=start + timedelta(days=DAYS + 1))
    return open_incident(organisation=organisation, about=about, case=case, actor=actor, now=now)


def _import(incident: Incident, signals: Sequence[Reported], actor: Actor, now: datetime) -> None:
    """Take the signals over from a file, as an organisation does that has many."""
    content = _write_lines(signals)
    imported = begin_import(
        incident=incident,
        file_name="simulated.csv",
        digest=sha256(content).hexdigest(),
        size=len(content),
        actor=actor,
        now=now,
    )
    mapping = ColumnMapping({field: field for field in COLUMNS})
    imported = choose_columns(imported=imported, mapping=mapping, now=now)
    import_lines(imported=imported, file=BytesIO(content), now=now)


def _write_lines(signals: Sequence[Reported]) -> bytes:
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for each in signals:
        reach = "" if each.reach is None else each.reach
        outside = "yes" if each.is_outside else "no"
        medium = (each.outlet, each.outlet_kind, each.platform)
        at = each.at.isoformat()
        lines.writerow((at, each.kind, *medium, each.author, reach, each.direction, outside))
    return text.getvalue().encode()


def _act(incident: Incident, seed: int, at: datetime, actor: Actor, now: datetime) -> None:
    """Let the employer do what the formula would: the more items and calls, the more severe."""
    tallies = incident.tallies.filter(kind__in=[Kind.MEDIA, Kind.CALL])
    index = sum(tallies.values_list("count", flat=True))
    noise = np.random.default_rng(seed).normal(0.0, 0.4)
    step = int(np.clip(round(1.9 * np.log1p(index) - 3.2 + noise), 0, 8))
    on: date = timezone.localdate(at)
    today = timezone.localdate(now)
    record_measure(incident=incident, measure=step, on=on, today=today, actor=actor, now=now)
    record_rule_change(
        incident=incident,
        guideline=GUIDELINE,
        strictness=Act.Strictness.STRICTER if step > 2 else Act.Strictness.UNCHANGED,
        on=on,
        today=today,
        actor=actor,
        now=now,
    )
