"""Consent by code: what the editor hands over, and what the public servant does with it."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.cases.stored import BY, TELLING, code_of, edit, in_state, make_draft, prepare
from tests.cases.views.desks import ENGLISH, Answer, Desk, changed, read, read_again

from spreekruimte.cases import actions
from spreekruimte.cases.models import Case, ConsentCode
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.stored import digest_of
from spreekruimte.organisations.models import AuditEntry, Role

pytestmark = pytest.mark.django_db


def take(
    case: Case, step: str, client: Client | None = None, given: dict[str, str] | None = None
) -> Answer:
    """What whoever has the code of a case does."""
    sent: dict[str, Any] = {"code": code_of(case), "step": step}
    if step == "agree":
        sent |= {"digest": digest_of(case), "is_mine": "on"}
    client = client or Client(headers=ENGLISH)
    return client.post("/consent/", {**sent, **(given or {})})


def with_code(case: Case) -> Case:
    return actions.set_consent_code(case=case, code=code_of(case), **BY)


def test_an_editor_sees_a_code_once_and_it_opens_the_case() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    made = desk.send(case, "agreement", step="code")
    code = re.search(r'id="code">([0-9A-Z-]{19})<', made.content.decode())
    assert code
    assert "no-store" in made["Cache-Control"]
    assert "http://testserver/consent/" in read(made)
    page = desk.get(case, "agreement")
    assert code[1] not in page.content.decode()
    assert "A code was made" in read(page)
    assert code[1] not in str(AuditEntry.objects.values_list())
    assert TELLING.nl in read(take(case, "read", given={"code": code[1]}))


def test_a_form_for_a_code_that_is_sent_twice_makes_one_code() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    sent = {"version": desk.get(case).context["found"].version, "step": "code"}
    desk.client.post(desk.address(case, "agreement"), sent)
    digest = ConsentCode.objects.get().digest
    assert desk.client.post(desk.address(case, "agreement"), sent).status_code == 409
    assert ConsentCode.objects.get().digest == digest


def test_a_reply_is_offered_and_settled_at_the_desk() -> None:
    desk = Desk()
    case = make_draft("closed_case", desk.organisation)
    desk.send(case, "agreement", step="offer")
    assert "The public servant can reply until" in read(desk.get(case, "agreement"))
    desk.send(case, "agreement", step="settle")
    assert read_again(case).reply_is_settled
    assert desk.send(case, "agreement", step="settle").status_code == 409
    assert "replied, or does not want to" in read(desk.get(case, "agreement"))


@pytest.mark.parametrize("step", ["", "sell", "<b>", "код", "x" * 5000])
def test_the_desk_refuses_a_step_that_does_not_exist(step: str) -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    before = changed()
    assert desk.send(case, "agreement", step=step).status_code == 400
    assert changed() == before


def test_the_page_of_a_made_up_case_says_that_nobody_is_asked() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    assert "there is nobody to reply" in read(desk.get(case, "agreement"))
    assert desk.send(case, "agreement", step="code").status_code == 409


def test_a_public_servant_reads_all_and_agrees_without_an_account() -> None:
    case = with_code(make_draft("own_case"))
    assert Client(headers=ENGLISH).get("/consent/").status_code == 200
    page = take(case, "read")
    assert TELLING.nl in read(page)
    assert TELLING.en in read(page)
    assert "Take my consent back" not in read(page)
    assert "no-store" in page["Cache-Control"]
    client = Client(headers=ENGLISH)
    response = take(case, "agree", client)
    assert response["Location"] == "/consent/"
    assert "You agreed" in read(client.get("/consent/"))
    case = read_again(case)
    assert case.consent_digest == digest_of(case)
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.actor) == ("give_consent", actions.CODE_HOLDER)
    assert "You agreed on" in read(take(case, "read"))


def test_consent_that_lapsed_can_be_given_again_with_the_same_code() -> None:
    case = prepare("own_case")
    edit(case, tellings={})
    page = read(take(case, "read"))
    assert "Something changed since, so it does not count any more" in page
    take(case, "agree")
    assert read_again(case).consent_digest == digest_of(case)


def test_consent_to_texts_that_changed_meanwhile_is_refused() -> None:
    case = with_code(make_draft("own_case"))
    before_change = digest_of(case)
    edit(case, description=Bilingual("Anders.", "Otherwise."))
    before = changed()
    response = take(case, "agree", given={"digest": before_change})
    assert response.status_code == 409
    assert "The texts changed after you read them" in read(response)
    assert changed() == before


@pytest.mark.parametrize("state", ["draft", "ready", "open", "closed", "protected"])
def test_consent_is_taken_back_at_once_whatever_the_state(state: str) -> None:
    case = in_state(state, "own_case")
    client = Client(headers=ENGLISH)
    take(case, "withdraw", client)
    assert "Your case is not asked any more" in read(client.get("/consent/"))
    assert read_again(case).state == "withdrawn"
    before = changed()
    again = take(case, "withdraw")
    assert again.status_code == 409
    assert "This case was taken back, for good" in read(again)
    assert changed() == before


def test_a_public_servant_settles_the_reply_once_it_was_offered() -> None:
    case = with_code(make_draft("own_case"))
    assert "will still offer you to reply" in read(take(case, "read"))
    assert take(case, "settle").status_code == 409
    actions.offer_reply(case=case, today=case.created_at.date(), **BY)
    assert "You may reply in your own words" in read(take(case, "read"))
    assert take(case, "settle").status_code == 302
    assert "Your reply is settled" in read(take(case, "read"))


def test_agreeing_twice_is_agreeing_once() -> None:
    case = with_code(make_draft("own_case"))
    take(case, "agree")
    before = changed()
    assert take(case, "agree").status_code == 409
    assert changed() == before


@pytest.mark.parametrize(
    "given",
    [
        {"code": ""},
        {"code": "7K3D-9QXM-0A1B-C2D4"},
        {"code": "<script>alert(1)</script>"},
        {"code": "Код доступа"},
        {"code": "0" * 5000},
        {"code": "nul\x00"},
        {"step": ""},
        {"step": "sell"},
        {"is_mine": ""},
        {"digest": ""},
        {"digest": "x" * 5000},
    ],
    ids=str,
)
def test_bad_input_is_refused_with_a_sentence_and_stores_nothing(given: dict[str, str]) -> None:
    case = with_code(make_draft("own_case"))
    before = changed()
    response = take(case, "agree", given=given)
    assert response.status_code == 400
    assert "This is not complete yet" in read(response)
    assert "alert(1)" not in read(response)
    assert changed() == before


def test_a_refusal_is_said_in_the_language_of_the_reader() -> None:
    case = with_code(make_draft("own_case"))
    response = take(case, "read", Client(headers={"accept-language": "nl"}), {"code": "mis"})
    assert "Wij kennen deze code niet" in read(response)


def test_whoever_prepares_the_case_does_not_agree_to_it() -> None:
    desk = Desk()
    case = with_code(make_draft("own_case", desk.organisation))
    before = changed()
    assert take(case, "agree", desk.client).status_code == 403
    assert changed() == before
    servant = desk.colleague(Role.PUBLIC_SERVANT, email="servant@waterdam.example")
    assert take(case, "agree", servant.client).status_code == 302
