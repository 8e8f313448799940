from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from tests.cases.stored import (
    ANSWERS,
    BY,
    TELLING,
    answer_gates,
    edit,
    give_consent,
    in_state,
    make_draft,
    open_now,
    prepare,
    refused,
    sign,
    submit,
)
from tests.organisations.people import NOW, make_member, make_organisation

from spreekruimte.cases import actions
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.bank import Framing
from spreekruimte.cases.context import ContextError
from spreekruimte.cases.gates.ceiling import CeilingFacts
from spreekruimte.cases.gates.cooling_off import CoolingOffFacts
from spreekruimte.cases.gates.rights_floor import FloorFacts
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.shares import SHARES
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import AuditEntry, Role, User
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db
Act = Callable[[Case], object]
STATES = ["draft", "stopped", "ready", "open", "closed", "protected", "withdrawn"]


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def sign_new(case: Case) -> Case:
    return sign(case, User.objects.create(email="x@waterdam.example"))


def own_case(state: str, name: str) -> Case:
    """An own case, not agreed to yet where that is what is tried."""
    case = in_state(state, "own_case")
    if name in {"set_consent_code", "give_consent"}:
        Case.objects.filter(pk=case.pk).update(consent_given_on=None, consent_digest="")
    return case


DRAFTING = {"draft", "stopped", "ready"}
ALIVE = set(STATES) - {"withdrawn"}
# Each action on an own case, and the states in which it is possible.
ACTS: dict[str, tuple[Act, set[str]]] = {
    "edit_texts": (edit, DRAFTING),
    "set_shares": (
        lambda case: actions.set_shares(case=case, framings=SHARES, mirror=0, **BY),
        DRAFTING,
    ),
    "answer_context": (
        lambda case: actions.answer_context(case=case, answers=ANSWERS, **BY), DRAFTING
    ),
    "answer_gates": (answer_gates, DRAFTING),
    "choose_public_facts": (
        lambda case: actions.choose_public_facts(case=case, facts=[], **BY), DRAFTING
    ),
    "cite_sources": (
        lambda case: actions.cite_sources(case=case, sources=["A ruling"], **BY), DRAFTING
    ),
    "sign_checklist": (sign_new, ALIVE),
    "set_consent_code": (
        lambda case: actions.set_consent_code(case=case, code="new", **BY), ALIVE
    ),
    "give_consent": (give_consent, ALIVE),
    "submit_for_check": (submit, {"draft", "stopped", "closed"}),
    "open_case": (open_now, {"ready"}),
    "close_case": (lambda case: actions.close_case(case=case, **BY), {"open"}),
    "stop_case": (lambda case: actions.stop_case(case=case, **BY), {"ready", "open"}),
    "withdraw_case": (lambda case: actions.withdraw_case(case=case, **BY), ALIVE),
}  # fmt: skip


def test_the_actions_tried_here_are_all_there_are() -> None:
    others = {
        "create_case", "offer_reply", "settle_reply", "withdraw_consent", "load_case_bank",
    }  # fmt: skip
    assert {name for name in actions.__all__ if name.islower()} == set(ACTS) | others


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ACTS)
def test_an_action_is_done_with_one_entry_or_refused_without_a_trace(name: str, state: str) -> None:
    act, allowed = ACTS[name]
    case = own_case(state, name)
    before = AuditEntry.objects.latest("id").pk
    if state not in allowed:
        refused(lambda: act(case), "does not allow this step", RefusedError)
        return
    act(case)
    entry = AuditEntry.objects.get(pk__gt=before)
    assert (entry.action, entry.identifier, entry.at) == (name, str(case.pk), NOW)
    assert entry.organisation_id == case.organisation_id
    assert entry.details["state"] == Case.objects.get(pk=case.pk).state


@pytest.mark.parametrize("name", ACTS)
def test_a_change_and_its_entry_stand_or_fall_together(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, allowed = ACTS[name]
    case = own_case(next(state for state in STATES if state in allowed), name)

    def fail(**_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(audit, "record", fail)
    refused(lambda: act(case), "disk is full", OSError)


def test_what_is_changed_after_a_check_is_a_draft_again() -> None:
    case = in_state("ready")
    assert edit(case).state == "draft"
    assert edit(in_stopped(case)).state == "draft"


def in_stopped(case: Case) -> Case:
    stopped = submit(case)
    assert stopped.state == "stopped"
    return stopped


# Writing


def test_a_case_starts_as_a_draft() -> None:
    case = make_draft("own_case")
    entry = AuditEntry.objects.latest("id")
    assert (case.state, case.description_nl, case.description_en) == ("draft", *told())
    assert (entry.action, entry.details["provenance"]) == ("create_case", "own_case")


def told() -> tuple[str, str]:
    return TELLING.nl, TELLING.en


@pytest.mark.parametrize(
    ("text", "reason"),
    [(" ", "both languages"), ("a " * 81, "80 words"), ("a" * 1001, "too long")],
)
def test_a_text_has_words_and_not_too_many(text: str, reason: str) -> None:
    case = make_draft()
    refused(lambda: edit(case, description=Bilingual("Een", text)), reason, ValidationError)
    telling = {("bare", "post", "nl"): text}
    refused(lambda: edit(case, tellings=telling), reason, ValidationError)
    assert edit(case, description=Bilingual("a " * 80, "b")).description_nl == ("a " * 80).strip()


@pytest.mark.parametrize(
    "place", [("loud", "post", "nl"), ("bare", "x", "nl"), ("bare", "post", "de")]
)
def test_a_telling_has_a_known_place(place: tuple[str, str, str]) -> None:
    case = make_draft()
    refused(lambda: edit(case, tellings={place: "A text"}), "does not exist", ValidationError)


def test_a_provenance_is_known() -> None:
    make = make_organisation()
    refused(
        lambda: make_draft("hearsay", make),  # type: ignore[arg-type]
        "does not exist",
        ValidationError,
    )


def test_texts_are_replaced_as_a_whole() -> None:
    case = prepare()
    edit(case, tellings={("fuss", "post", "nl"): " Veel  ophef "})
    assert list(case.texts.values_list("framing", "content")) == [("fuss", "Veel ophef")]


def test_the_context_is_checked_and_facts_without_an_answer_are_dropped() -> None:
    case = prepare()
    wrong = {"tone": "someone"}
    refused(
        lambda: actions.answer_context(case=case, answers=wrong, **BY), "cannot be", ContextError
    )
    case = actions.answer_context(case=case, answers={"tone": "critical"}, **BY)
    assert (case.context, case.public_facts) == ({"tone": "critical"}, ["tone"])


@pytest.mark.parametrize(
    "changes",
    [
        {"ceiling": CeilingFacts({"treason": "no"})},  # type: ignore[dict-item]
        {"ceiling": CeilingFacts({"insult": "perhaps"})},  # type: ignore[dict-item]
        {"cooling_off": CoolingOffFacts(None, {"war": "no"})},  # type: ignore[dict-item]
        {"cooling_off": CoolingOffFacts(None, {"appeal": "-"})},  # type: ignore[dict-item]
        {"rights_floor": FloorFacts(frozenset({"someone"}))},  # type: ignore[arg-type]
        {"rights_floor": FloorFacts(has_direction="left")},  # type: ignore[arg-type]
    ],
)
def test_an_answer_to_a_gate_is_one_of_those_asked(changes: dict[str, Any]) -> None:
    case = make_draft()
    refused(lambda: answer_gates(case, **changes), "does not exist", ValidationError)


SEVEN = ["employer_type", "tone", "rank_level", "act_type", "visibility", "moment", "capacity"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (SEVEN, "at most six"),
        (["tone", "tone"], "does not exist"),
        (["someone"], "may not be shown"),
        ([next(key for key, each in attributes().items() if not each.is_public)], "not be shown"),
        (["moment"], "Answer this"),
    ],
    ids=["seven", "twice", "unknown", "hidden", "not answered"],
)
def test_a_public_fact_may_be_shown_and_is_known(facts: list[str], reason: str) -> None:
    case = prepare()
    refused(
        lambda: actions.choose_public_facts(case=case, facts=facts, **BY), reason, ValidationError
    )


def test_sources_are_tidied_and_replaced() -> None:
    case = prepare("closed_case")
    actions.cite_sources(case=case, sources=[" A  ruling ", "A ruling", "", "B"], **BY)
    assert set(case.sources.values_list("citation", flat=True)) == {"A ruling", "B"}


@pytest.mark.parametrize(
    ("sources", "reason"),
    [(["x" * 301], "too long"), ([str(number) for number in range(21)], "at most twenty")],
)
def test_sources_are_not_too_long_or_many(sources: list[str], reason: str) -> None:
    case = prepare("closed_case")
    refused(lambda: actions.cite_sources(case=case, sources=sources, **BY), reason, ValidationError)


# Signing


@pytest.mark.parametrize(
    "changes",
    [
        {"confirmed": ["all_is_well"]},
        {"cleared": {"x": "hearsay"}},
        {"cleared": {f"x{number}": "organisation" for number in range(51)}},
        {"cleared": {"x" * 201: "organisation"}},
    ],
    ids=["item", "reason", "many", "long"],
)
def test_a_signature_is_for_the_checklist(changes: dict[str, Any]) -> None:
    case = make_draft("own_case")
    editor = make_member(case.organisation, Role.EDITOR)
    refused(lambda: sign(case, editor, **changes), "does not exist", ValidationError)


def test_a_signature_is_for_the_texts_that_were_read() -> None:
    case = make_draft("own_case")
    editor = make_member(case.organisation, Role.EDITOR)
    refused(lambda: sign(case, editor, digest="0" * 64), "texts changed", RefusedError)


def test_an_editor_signs_once_and_is_kept_as_a_pseudonym() -> None:
    case = make_draft("own_case")
    editor = make_member(case.organisation, Role.EDITOR)
    sign(case, editor, confirmed=[])
    sign(case, editor, cleared={"Den Haag": "place_of_many"})
    signature = case.signatures.get()
    assert (signature.editor, signature.cleared) == (
        editor.pseudonym,
        {"Den Haag": "place_of_many"},
    )
    assert len(signature.confirmed) == 6
    assert AuditEntry.objects.latest("id").actor == editor.actor


def test_a_signature_lapses_when_the_facts_shown_change() -> None:
    case = prepare("own_case")
    actions.choose_public_facts(case=case, facts=["tone"], **BY)
    assert "identification.signed_other_texts" in submit(case).reasons


@pytest.mark.parametrize(
    ("framings", "mirror", "reason"),
    [
        ({**SHARES, "bare": 11}, 0, "add up to 100"),
        ({**SHARES, "context": 0, "bare": 70}, 0, "full context has one"),
        (SHARES, 100, "from 0 to 99"),
    ],
)
def test_shares_leave_nobody_out_and_full_context_and_the_post_some(
    framings: dict[Framing, int], mirror: int, reason: str
) -> None:
    case = make_draft()
    refused(
        lambda: actions.set_shares(case=case, framings=framings, mirror=mirror, **BY),
        reason,
        ValidationError,
    )


def test_the_trail_says_which_shares_were_set() -> None:
    case = actions.set_shares(case=make_draft(), framings=SHARES, mirror=40, **BY)
    assert (case.framing_shares, case.mirror_share) == (SHARES, 40)
    details = AuditEntry.objects.latest("id").details
    assert details["mirror"] == 40
    assert "context 60" in details["framings"]
