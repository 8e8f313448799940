"""Stored cases for tests: one that passes every gate, and what takes it there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.serializers import serialize
from tests.organisations.people import NOW, make_member, make_organisation

from spreekruimte.cases import actions
from spreekruimte.cases.actions.preparing import Place
from spreekruimte.cases.bank import FRAMINGS, SIDES, Framing
from spreekruimte.cases.gates.ceiling import QUESTIONS, CeilingFacts
from spreekruimte.cases.gates.cooling_off import PROCEDURES, CoolingOffFacts
from spreekruimte.cases.gates.identification import CHECKLIST
from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.gates.rights_floor import FloorFacts
from spreekruimte.cases.models import Case, CaseSource, CaseText, ConsentCode, Signature
from spreekruimte.cases.sentences import LANGUAGES, Bilingual
from spreekruimte.cases.shares import MIRROR_SHARE, SHARES
from spreekruimte.cases.stored import digest_of
from spreekruimte.organisations.models import OPERATOR, AuditEntry, Organisation, Role, User

TODAY = date(2026, 11, 23)
LATER = NOW + timedelta(days=14)
TELLING = Bilingual("Een ambtenaar schrijft over een plan.", "A public servant tells of a plan.")
MIRROR = Bilingual("Een ambtenaar is tegen een plan.", "A public servant is against a plan.")
ANSWERS = {
    "employer_type": "municipality",
    "tone": "critical",
    "rank_level": "team_lead",
    "reach_at_posting": {"followers": 30},
}
TELLINGS: dict[Place, str] = {
    ("bare", "post", "nl"): TELLING.nl,
    ("bare", "post", "en"): TELLING.en,
    ("bare", "mirror", "nl"): MIRROR.nl,
    ("bare", "mirror", "en"): MIRROR.en,
    ("context", "post", "nl"): f"{TELLING.nl} Dat is alles.",
    ("context", "post", "en"): f"{TELLING.en} That is all.",
}
ALL_TELLINGS: dict[Place, str] = {
    (framing, side, language): f"{word} {number}."
    for number, (framing, side) in enumerate(product(FRAMINGS, SIDES))
    for language, word in zip(LANGUAGES, ("Tekst", "Text"), strict=True)
}
# Everybody is asked on the post with all context, unless a test says otherwise.
ALL_CONTEXT: dict[Framing, int] = {**dict.fromkeys(FRAMINGS, 0), "context": 100}
BY: Any = {"actor": OPERATOR, "now": NOW}


def make_draft(provenance: Kind = "synthetic", organisation: Organisation | None = None) -> Case:
    return actions.create_case(
        organisation=organisation or make_organisation(),
        provenance=provenance,
        description=TELLING,
        is_simulated=False,
        **BY,
    )


def answer_gates(case: Case, **changes: object) -> Case:
    answers: dict[str, Any] = {
        "ceiling": CeilingFacts(dict.fromkeys(QUESTIONS, "no")),
        "rights_floor": FloorFacts(
            frozenset({"content"}), corrects_facts="no", has_direction="yes"
        ),
        "cooling_off": CoolingOffFacts(date(2020, 5, 1), dict.fromkeys(PROCEDURES, "no")),
    }
    return actions.answer_gates(case=case, **{**answers, **changes}, **BY)


def sign(case: Case, editor: User, **changes: object) -> Case:
    signed: dict[str, Any] = {
        "digest": digest_of(case),
        "confirmed": list(CHECKLIST),
        "cleared": {},
    }
    return actions.sign_checklist(case=case, editor=editor, now=NOW, **{**signed, **changes})


def code_of(case: Case) -> str:
    """The code of an own case, which only its public servant knows."""
    return f"{case.pk:016d}"


def give_consent(case: Case) -> Case:
    return actions.give_consent(case=case, digest=digest_of(case), today=TODAY, **BY)


def prepare(provenance: Kind = "synthetic", organisation: Organisation | None = None) -> Case:
    """A draft that passes every gate."""
    case = make_draft(provenance, organisation)
    actions.edit_texts(case=case, description=TELLING, tellings=TELLINGS, **BY)
    actions.set_shares(case=case, framings=ALL_CONTEXT, mirror=0, **BY)
    actions.answer_context(case=case, answers=ANSWERS, **BY)
    actions.choose_public_facts(case=case, facts=["employer_type", "tone"], **BY)
    case = answer_gates(case)
    if provenance != "synthetic":
        for number in (1, 2):
            email = f"{number}-{case.pk}@waterdam.example"
            sign(case, make_member(case.organisation, Role.EDITOR, email=email))
        actions.offer_reply(case=case, today=TODAY, **BY)
        case = actions.settle_reply(case=case, **BY)
    if provenance == "own_case":
        case = give_consent(actions.set_consent_code(case=case, code=code_of(case), **BY))
    if provenance == "closed_case":
        case = actions.cite_sources(case=case, sources=["A newspaper of May 2020"], **BY)
    return case


def prepare_framed(organisation: Organisation | None = None) -> Case:
    """A draft that passes every gate, with all framings of post and mirror, and usual shares."""
    case = prepare(organisation=organisation)
    actions.edit_texts(case=case, description=TELLING, tellings=ALL_TELLINGS, **BY)
    return actions.set_shares(case=case, framings=SHARES, mirror=MIRROR_SHARE, **BY)


def submit(case: Case) -> Case:
    return actions.submit_for_check(case=case, today=TODAY, **BY)


def open_now(case: Case) -> Case:
    return actions.open_case(case=case, closes_at=LATER, today=TODAY, **BY)


def in_state(
    state: str, provenance: Kind = "synthetic", organisation: Organisation | None = None
) -> Case:
    """A case brought to a state by actions alone."""
    if state == "draft":
        return prepare(provenance, organisation)
    if state == "stopped":
        return submit(make_draft(provenance, organisation))
    if state == "protected":
        floor = FloorFacts(frozenset({"membership"}), corrects_facts="no", has_direction="yes")
        return submit(answer_gates(prepare(provenance, organisation), rights_floor=floor))
    case = submit(prepare(provenance, organisation))
    if state == "withdrawn":
        return actions.withdraw_case(case=case, **BY)
    if state in {"open", "closed"}:
        case = open_now(case)
    return actions.close_case(case=case, **BY) if state == "closed" else case


def edit(case: Case, **changes: object) -> Case:
    given: dict[str, Any] = {"description": TELLING, "tellings": {}, **changes}
    return actions.edit_texts(case=case, **given, **BY)


def stored() -> str:
    """All rows of the cases, as text."""
    models = (Case, CaseText, CaseSource, ConsentCode, Signature)
    return "".join(serialize("json", model.objects.order_by("pk")) for model in models)


def refused(act: Callable[[], object], reason: str, error: type[Exception]) -> None:
    """It is refused, nothing is stored and the trail says nothing."""
    before = stored(), AuditEntry.objects.count()
    with pytest.raises(error, match=reason):
        act()
    assert (stored(), AuditEntry.objects.count()) == before
