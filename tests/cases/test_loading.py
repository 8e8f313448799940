import json
from datetime import date

import pytest
from tests.cases.stored import BY, TELLING, in_state, stored
from tests.organisations.people import make_organisation

from spreekruimte.cases import actions
from spreekruimte.cases.bank import closed_cases, synthetic_cases
from spreekruimte.cases.stored import facts_of, texts_of
from spreekruimte.organisations.models import AuditEntry, Organisation

pytestmark = pytest.mark.django_db


def load(organisation: Organisation) -> int:
    return actions.load_case_bank(organisation=organisation, is_simulated=True, **BY)


def test_the_bank_is_loaded_once_with_one_entry() -> None:
    organisation = make_organisation()
    assert load(organisation) == 43
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, len(entry.details["entries"])) == ("load_case_bank", 43)
    before = stored()
    assert load(organisation) == 0
    assert (stored(), AuditEntry.objects.latest("id")) == (before, entry)


def test_what_is_missing_of_the_bank_is_added() -> None:
    organisation = make_organisation()
    load(organisation)
    organisation.cases.filter(bank_entry="SY-1").delete()
    assert load(organisation) == 1
    assert AuditEntry.objects.latest("id").details["entries"] == ["SY-1"]
    assert load(make_organisation("elsewhere")) == 43


def test_the_drafts_hold_what_the_bank_holds() -> None:
    organisation = make_organisation()
    load(organisation)
    for entry in closed_cases():
        case = organisation.cases.get(bank_entry=entry.id)
        assert facts_of(case).context == entry.context
        assert set(facts_of(case).provenance.sources) == set(entry.provenance.sources)
        last = None if entry.year_is_approximate else date(entry.year, 12, 31)
        assert (case.latest_day, case.state, case.is_simulated) == (last, "draft", True)
    for made_up in synthetic_cases():
        case = organisation.cases.get(bank_entry=made_up.id)
        assert set(made_up.texts()) <= set(texts_of(case))
        assert case.description_en == made_up.tell("context", "post", "en")
        assert not case.sources.exists()


def test_no_entry_of_the_trail_holds_a_source_or_a_text() -> None:
    in_state("closed", "closed_case")
    load(make_organisation("elsewhere"))
    trail = json.dumps(list(AuditEntry.objects.values("details")))
    assert "newspaper" not in trail
    assert "writes" not in trail
    assert TELLING.en not in trail
