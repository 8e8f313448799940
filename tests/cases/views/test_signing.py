"""The checklist of identification, and who signs."""

import pytest
from tests.cases.stored import BY, TELLING, edit, in_state, make_draft
from tests.cases.views.desks import Answer, Desk, changed, read, read_again

from spreekruimte.cases import actions
from spreekruimte.cases.gates.identification import CHECKLIST
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.stored import digest_of
from spreekruimte.organisations.models import Role

pytestmark = pytest.mark.django_db
NAMED = Bilingual(
    "Een ambtenaar schrijft over Groen Water en mailt naar post@waterdam.example.", TELLING.en
)


def signed(desk: Desk, case: Case, **given: object) -> Answer:
    sent = {"digest": digest_of(case), "confirmed": list(CHECKLIST), **given}
    return desk.client.post(desk.address(case, "identification"), sent)


def test_what_was_found_is_marked_in_the_text_with_a_way_to_change_it() -> None:
    desk = Desk()
    case = edit(make_draft("own_case", desk.organisation), description=NAMED)
    page = desk.get(case, "identification")
    assert "Groen Water <small>(the name of a person)</small></mark>" in page.content.decode()
    assert "<mark>post@waterdam.example <small>(an e-mail address)" in page.content.decode()
    assert f'href="{desk.address(case, "description")}"' in page.content.decode()
    # The pieces make up the whole text.
    texts = ["".join(piece.content for piece in text.pieces) for text in page.context["texts"]]
    assert NAMED.nl in texts
    # An address is no guess: it cannot be cleared.
    assert list(page.context["form"].guesses.values()) == ["Groen Water"]


def test_two_editors_sign_each_on_their_own_account() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    assert "0 editors have signed" in read(desk.get(case, "identification"))
    signed(desk, case)
    text = read(desk.get(case, "identification"))
    assert "1 editor has signed for the texts as they are now. You are one of them." in text
    second = desk.colleague(email="second@waterdam.example")
    assert "You are one of them" not in read(second.get(case, "identification"))
    signed(second, case)
    assert desk.get(case).context["gates"][0].standing == "passes"


def test_what_leads_to_nobody_counts_once_two_editors_said_why() -> None:
    desk = Desk()
    named = Bilingual("Een ambtenaar schrijft over Groen Water.", TELLING.en)
    case = edit(make_draft("own_case", desk.organisation), description=named)
    second = desk.colleague(email="second@waterdam.example")
    signed(desk, case, guess_0="organisation")
    signed(second, case)
    assert desk.get(case).context["gates"][0].standing == "stops"
    signed(second, case, guess_0="organisation")
    assert desk.get(case).context["gates"][0].standing == "passes"
    assert [each.cleared for each in case.signatures.all()] == [{"Groen Water": "organisation"}] * 2


def test_signatures_lapse_when_a_text_changes() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    signed(desk, case)
    edit(case, description=NAMED)
    assert "0 editors have signed" in read(desk.get(case, "identification"))


def test_a_signature_for_texts_that_changed_meanwhile_is_refused() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    read_before = digest_of(case)
    edit(case, description=NAMED)
    before = changed()
    response = signed(desk, case, digest=read_before)
    assert response.status_code == 409
    assert "The texts changed after you read them" in read(response)
    assert changed() == before


def test_a_signature_that_is_sent_twice_is_stored_once() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    signed(desk, case)
    before = changed()
    response = signed(desk, case)
    assert response.status_code == 409
    assert "You signed for this already" in read(response)
    assert changed() == before


@pytest.mark.parametrize(
    "given",
    [
        {"confirmed": ["everything"]},
        {"digest": ""},
        {"digest": "x" * 1000},
        {"guess_0": "hearsay"},
        {"guess_0": "<script>alert(1)</script>"},
        {"confirmed": ["персона"]},
    ],
)
def test_a_signature_is_for_what_was_asked(given: dict[str, object]) -> None:
    desk = Desk()
    named = Bilingual("Een ambtenaar schrijft over Groen Water.", TELLING.en)
    case = edit(make_draft("own_case", desk.organisation), description=named)
    before = changed()
    response = signed(desk, case, **given)
    assert response.status_code == 400
    assert "This is not complete yet" in read(response)
    assert changed() == before


def test_a_withdrawn_case_is_not_signed() -> None:
    desk = Desk()
    case = in_state("withdrawn", organisation=desk.organisation)
    assert signed(desk, case).status_code == 409


def test_an_auditor_does_not_sign() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    auditor = desk.colleague(Role.AUDITOR, email="auditor@waterdam.example")
    assert signed(auditor, case).status_code == 403
    assert not read_again(case).signatures.exists()


def test_facts_are_read_with_the_texts() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    actions.answer_context(case=case, answers={"tone": "critical"}, **BY)
    actions.choose_public_facts(case=case, facts=["tone"], **BY)
    assert "Toon: kritisch." in read(desk.get(case, "identification"))
