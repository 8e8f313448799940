"""Make drafts of the cases that ship with the system."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from spreekruimte.cases.bank import (
    FRAMINGS,
    SIDES,
    ClosedCase,
    SyntheticCase,
    closed_cases,
    synthetic_cases,
)
from spreekruimte.cases.gates.rights_floor import FloorFacts
from spreekruimte.cases.models import Case, CaseSource, CaseText
from spreekruimte.cases.sentences import LANGUAGES, Bilingual
from spreekruimte.cases.stored import write_floor
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation

Entry = ClosedCase | SyntheticCase


@transaction.atomic
def load_case_bank(
    *, organisation: Organisation, is_simulated: bool, actor: Actor, now: datetime
) -> int:
    """Add a draft of each entry of the bank that an organisation has none of; give how many.

    Where none was added, nothing changed and the audit trail gets no entry.

    Parameters
    ----------
    is_simulated
        Whether the citizens who judge these cases are simulated.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    there = set(organisation.cases.exclude(bank_entry="").values_list("bank_entry", flat=True))
    bank: tuple[Entry, ...] = (*closed_cases(), *synthetic_cases())
    drafts = [
        (entry, _draft(entry, organisation, is_simulated, now))
        for entry in bank
        if entry.id not in there
    ]
    if not drafts:
        return 0
    Case.objects.bulk_create(case for _entry, case in drafts)
    CaseText.objects.bulk_create(text for entry, case in drafts for text in _texts(entry, case))
    CaseSource.objects.bulk_create(
        CaseSource(case=case, citation=source)
        for entry, case in drafts
        for source in dict.fromkeys(entry.provenance.sources)
    )
    audit.record(
        actor=actor,
        action="load_case_bank",
        kind="organisation",
        identifier=organisation.pk,
        organisation=organisation,
        now=now,
        details={"entries": [entry.id for entry, _case in drafts], "is_simulated": is_simulated},
    )
    return len(drafts)


def _draft(entry: Entry, organisation: Organisation, is_simulated: bool, now: datetime) -> Case:
    if isinstance(entry, ClosedCase):
        description = entry.description
        is_dutch = entry.jurisdiction == "NL"
        # The last day of the year; an editor has to say it where the year itself is a guess.
        latest_day = None if entry.year_is_approximate else date(entry.year, 12, 31)
    else:
        tell = entry.tell
        description = Bilingual(tell("context", "post", "nl"), tell("context", "post", "en"))
        is_dutch, latest_day = True, None
    return Case(
        organisation=organisation,
        provenance=entry.provenance.kind,
        bank_entry=entry.id,
        is_simulated=is_simulated,
        description_nl=description.nl,
        description_en=description.en,
        context=json.loads(entry.context.to_json()),
        rights_floor=write_floor(FloorFacts(is_dutch=is_dutch)),
        latest_day=latest_day,
        created_at=now,
    )


def _texts(entry: Entry, case: Case) -> Iterator[CaseText]:
    if isinstance(entry, ClosedCase):
        return
    for framing in FRAMINGS:
        for side in SIDES:
            for language in LANGUAGES:
                yield CaseText(
                    case=case,
                    framing=framing,
                    side=side,
                    language=language,
                    content=entry.tell(framing, side, language),
                )
