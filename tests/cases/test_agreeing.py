"""What the public servant is offered, and agrees to with a code."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation
from tests.cases.stored import (
    BY,
    TELLING,
    TODAY,
    code_of,
    edit,
    give_consent,
    in_state,
    make_draft,
    prepare,
    refused,
    submit,
)

from spreekruimte.cases import actions
from spreekruimte.cases.models import Case, ConsentCode
from spreekruimte.cases.queries import case_with_code
from spreekruimte.cases.stored import digest_of
from spreekruimte.organisations.models import AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db
STATES = ["draft", "stopped", "ready", "open", "closed", "protected"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def offer(case: Case) -> Case:
    return actions.offer_reply(case=case, today=TODAY, **BY)


def settle(case: Case) -> Case:
    return actions.settle_reply(case=case, **BY)


def make_code(case: Case, code: str = "a new code") -> Case:
    return actions.set_consent_code(case=case, code=code, **BY)


def take_consent_back(case: Case) -> Case:
    return actions.withdraw_consent(case=case, today=TODAY, **BY)


def test_a_reply_is_offered_once_and_then_settled() -> None:
    case = make_draft("own_case")
    refused(lambda: settle(case), "Offer the public servant", RefusedError)
    assert offer(case).reply_offered_on == TODAY
    assert AuditEntry.objects.latest("id").action == "offer_reply"
    refused(lambda: offer(case), "offered already", RefusedError)
    assert settle(case).reply_is_settled
    assert AuditEntry.objects.latest("id").action == "settle_reply"
    refused(lambda: settle(case), "settled already", RefusedError)


@pytest.mark.parametrize("act", [offer, settle])
def test_a_withdrawn_case_offers_no_reply(act: Callable[[Case], object]) -> None:
    case = in_state("withdrawn")
    refused(lambda: act(case), "does not allow this step", RefusedError)


@pytest.mark.parametrize("act", [make_code, give_consent])
def test_only_an_own_case_takes_consent(act: Callable[[Case], object]) -> None:
    case = make_draft("closed_case")
    refused(lambda: act(case), "Only an own case", RefusedError)


def test_a_code_is_kept_as_a_digest_and_found_however_it_is_typed() -> None:
    case = make_code(make_draft("own_case"), "7K3D-9QXM-0A1B-C2D3")
    assert "7K3D" not in str(ConsentCode.objects.values_list("digest").get())
    assert case_with_code("7k3d 9qxm oaib c2d3") == case
    assert case_with_code("7K3D-9QXM-0A1B-C2D4") is None


def test_a_new_code_replaces_one_that_was_not_used() -> None:
    case = make_code(make_draft("own_case"), "the first")
    make_code(case, "the second")
    assert case_with_code("the first") is None
    assert case_with_code("the second") == case


def test_a_code_that_was_used_stays_so_that_consent_can_be_taken_back() -> None:
    case = prepare("own_case")
    refused(lambda: make_code(case), "That code stays", RefusedError)
    assert case_with_code(code_of(case)) == case


def test_consent_is_for_the_texts_that_were_read() -> None:
    case = make_code(make_draft("own_case"))
    refused(
        lambda: actions.give_consent(case=case, digest="0" * 64, today=TODAY, **BY),
        "texts changed",
        RefusedError,
    )


def test_consent_is_given_once_to_the_same_texts() -> None:
    case = prepare("own_case")
    refused(lambda: give_consent(case), "agreed to these texts already", RefusedError)


def change_texts(case: Case) -> Case:
    return edit(case, description=TELLING, tellings={})


def change_facts(case: Case) -> Case:
    return actions.choose_public_facts(case=case, facts=["tone"], **BY)


@pytest.mark.parametrize("change", [change_texts, change_facts])
def test_consent_lapses_when_what_citizens_see_changes(change: Callable[[Case], Case]) -> None:
    case = change(prepare("own_case"))
    assert "provenance.consent_outdated" in submit(case).reasons
    case = give_consent(case)
    assert case.consent_digest == digest_of(case)
    assert not [each for each in submit(case).reasons if each.startswith("provenance")]


@pytest.mark.parametrize("state", [state for state in STATES if state != "stopped"])
def test_consent_is_taken_back_at_once(state: str) -> None:
    case = take_consent_back(in_state(state, "own_case"))
    assert (case.state, case.consent_withdrawn_on) == ("withdrawn", TODAY)
    assert AuditEntry.objects.latest("id").action == "withdraw_consent"
    refused(lambda: take_consent_back(case), "does not allow this step", RefusedError)


def test_consent_that_was_not_given_is_not_taken_back() -> None:
    case = make_draft("own_case")
    refused(lambda: take_consent_back(case), "has not agreed", RefusedError)
