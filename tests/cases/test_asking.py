import json
from collections.abc import Callable
from typing import get_args

import pytest
from django.utils import translation
from tests.cases.stored import (
    BY,
    LATER,
    TODAY,
    answer_gates,
    edit,
    in_state,
    open_now,
    prepare,
    refused,
    submit,
)
from tests.organisations.people import NOW

from spreekruimte.cases import actions
from spreekruimte.cases.gates.ceiling import CeilingFacts
from spreekruimte.cases.gates.cooling_off import CoolingOffFacts
from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.gates.rights_floor import FloorFacts
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.organisations.models import AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("provenance", get_args(Kind))
def test_a_case_that_passes_every_gate_opens(provenance: Kind) -> None:
    case = submit(prepare(provenance))
    assert (case.state, case.reasons) == ("ready", [])
    case = open_now(case)
    assert (case.state, case.opens_at, case.closes_at) == ("open", NOW, LATER)


def describe(case: Case) -> None:
    edit(case, description=Bilingual("Stuur een brief aan @iemand.", "Write to @somebody."))


def accuse(case: Case) -> None:
    answer_gates(case, ceiling=CeilingFacts({"insult": "yes"}))


def hide_direction(case: Case) -> None:
    answer_gates(case, rights_floor=FloorFacts(corrects_facts="no"))


def hurry(case: Case) -> None:
    answer_gates(case, cooling_off=CoolingOffFacts(TODAY))


def retract_source(case: Case) -> None:
    actions.cite_sources(case=case, sources=[], **BY)


def forget_offer(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(reply_offered_on=None)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (describe, "identification.handle"),
        (accuse, "ceiling.possible_insult"),
        (hide_direction, "rights_floor.direction_unknown"),
        (hurry, "cooling_off.too_young"),
        (retract_source, "provenance.no_source"),
        (forget_offer, "right_of_reply.not_offered"),
    ],
)
def test_each_gate_stops_a_case_with_its_code(spoil: Callable[[Case], None], code: str) -> None:
    case = prepare("closed_case")
    spoil(case)
    case = submit(case)
    assert case.state == "stopped"
    assert code in case.reasons
    entry = AuditEntry.objects.latest("id")
    assert entry.details == {"state": "stopped", "reasons": case.reasons}


def test_what_the_gates_found_is_kept_without_what_identifies() -> None:
    case = prepare()
    describe(case)
    assert submit(case).reasons == ["identification.handle", "rights_floor.mirror_missing"]
    assert "somebody" not in json.dumps(list(AuditEntry.objects.values("details")))


def test_a_protected_case_keeps_the_ground() -> None:
    assert in_state("protected").reasons == ["rights_floor.membership"]


def test_a_case_that_had_to_wait_is_checked_again_unchanged() -> None:
    case = prepare()
    Case.objects.filter(pk=case.pk).update(provenance="closed_case", latest_day=TODAY)
    assert submit(case).state == "stopped"
    Case.objects.filter(pk=case.pk).update(provenance="synthetic")
    assert submit(case).state == "ready"


def test_the_gates_are_checked_again_on_opening() -> None:
    case = submit(prepare("closed_case"))
    Case.objects.filter(pk=case.pk).update(latest_day=TODAY)
    case = open_now(case)
    assert (case.state, case.opens_at) == ("stopped", None)
    assert case.reasons == ["cooling_off.too_young"]
    assert AuditEntry.objects.latest("id").details["reasons"] == case.reasons


def test_a_case_closes_after_it_opens() -> None:
    case = in_state("ready")
    refused(
        lambda: actions.open_case(case=case, closes_at=NOW, today=TODAY, **BY),
        "closes after it opens",
        RefusedError,
    )


def test_a_closed_case_can_have_another_round() -> None:
    case = submit(in_state("closed"))
    assert (case.state, case.opens_at, case.closes_at) == ("ready", None, None)
    assert open_now(case).state == "open"
