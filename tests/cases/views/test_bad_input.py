"""What every form of the desk refuses, who may open it, and whose cases it shows."""

from typing import Any

import pytest
from django.test import Client
from tests.cases.stored import make_draft, prepare
from tests.cases.views.desks import Desk, changed, read
from tests.cases.views.test_subjects import CEILING, COOLING, FLOOR, GIVEN
from tests.organisations.people import make_organisation

from spreekruimte.cases.views.moves import MOVES
from spreekruimte.cases.views.subjects import SUBJECTS
from spreekruimte.organisations.models import Role

pytestmark = pytest.mark.django_db
CYRILLIC = "Чиновник пишет о плане."
SCRIPT = "<script>alert(1)</script>"
FORMS = [*SUBJECTS, "identification", "agreement", *MOVES]
READABLE = ["", "preview"]
BAD: list[tuple[str, dict[str, Any]]] = [
    ("description", {"description_nl": "", "description_en": "New."}),
    ("description", {"description_nl": "Nieuw."}),
    ("description", {"description_nl": "w " * 81, "description_en": "New."}),
    ("description", {"description_nl": "x" * 1001, "description_en": "New."}),
    ("description", {"description_nl": SCRIPT, "description_en": "New."}),
    ("description", {"description_nl": CYRILLIC, "description_en": "New."}),
    ("description", {"description_nl": "Een\u200b naam", "description_en": "New."}),
    ("description", {"description_nl": "Een\x00 naam", "description_en": "New."}),
    ("tellings/fuss", {"post_nl": SCRIPT, "post_en": "Post."}),
    ("tellings/fuss", {"post_nl": CYRILLIC, "post_en": "Post."}),
    ("tellings/fuss", {"post_nl": "w " * 81, "post_en": "Post."}),
    ("context/speaker", {"employer_type": "bakery"}),
    ("context/speaker", {"employer_type": SCRIPT}),
    ("context/speaker", {"employer_type": "полиция"}),
    ("context/speaker", {"employer_type": "x" * 100_000}),
    ("context/channel", {"reach_at_posting-followers": SCRIPT}),
    ("context/channel", {"reach_at_posting-followers": "9" * 400}),
    ("facts", {"fact_1": SCRIPT}),
    ("facts", {"fact_1": "тон"}),
    ("facts", {"fact_6": "x" * 100_000}),
    ("ceiling", {}),
    ("ceiling", {**CEILING, "libel": "perhaps"}),
    ("ceiling", {**CEILING, "libel": SCRIPT}),
    ("ceiling", {**CEILING, "libel": "да"}),
    ("rights-floor", {}),
    ("rights-floor", {**FLOOR, "held_against": ["hearsay"]}),
    ("rights-floor", {**FLOOR, "held_against": [SCRIPT, CYRILLIC]}),
    ("rights-floor", {**FLOOR, "is_dutch": "maybe"}),
    ("rights-floor", {**FLOOR, "along_legal_route": "x" * 100_000}),
    ("cooling-off", {}),
    ("cooling-off", {**COOLING, "latest_day": "yesterday"}),
    ("cooling-off", {**COOLING, "latest_day": "2020-02-31"}),
    ("cooling-off", {**COOLING, "latest_day": SCRIPT}),
    ("cooling-off", {**COOLING, "latest_day": "вчера"}),
    ("cooling-off", {**COOLING, "appeal": "9" * 10_000}),
    ("sources", {"sources": "x" * 301}),
    ("sources", {"sources": "\n".join(f"Source {number}" for number in range(21))}),
    ("sources", {"sources": SCRIPT}),
    ("sources", {"sources": CYRILLIC}),
    ("sources", {"sources": "nul\x00"}),
]


@pytest.mark.parametrize(("page", "given"), BAD, ids=lambda part: str(part)[:60])
def test_bad_input_is_refused_with_a_sentence_and_stores_nothing(
    page: str, given: dict[str, Any]
) -> None:
    desk = Desk()
    case = prepare("closed_case", desk.organisation)
    before = changed()
    response = desk.send(case, page, **given)
    assert response.status_code == 400
    assert "This is not complete yet" in read(response)
    assert SCRIPT.encode() not in response.content
    assert changed() == before


@pytest.mark.parametrize("page", GIVEN)
@pytest.mark.parametrize("version", ["", "-1", "x", SCRIPT, "версия"])
def test_a_form_that_does_not_say_what_it_changes_is_refused(page: str, version: str) -> None:
    desk = Desk()
    case = prepare("closed_case", desk.organisation)
    before = changed()
    response = desk.send(case, page, **{**GIVEN[page], "version": version})
    assert response.status_code == 400
    assert "Open the page again" in read(response)
    assert changed() == before


@pytest.mark.parametrize(
    "given",
    [
        {"provenance": "hearsay"},
        {"provenance": ""},
        {"description_nl": ""},
        {"description_en": SCRIPT},
        {"description_en": CYRILLIC},
        {"description_nl": "w " * 81},
        {"latest": "x"},
        {"latest": ""},
    ],
    ids=str,
)
def test_a_new_case_is_not_made_of_bad_input(given: dict[str, str]) -> None:
    desk = Desk()
    good = {"provenance": "own_case", "description_nl": "Iets.", "description_en": "Something."}
    before = changed()
    response = desk.send(None, "new", **{**good, **given})
    assert response.status_code == 400
    assert "This is not complete yet" in read(response)
    assert changed() == before


@pytest.mark.parametrize(
    "query",
    [{"state": "lost"}, {"kind": SCRIPT}, {"before": "x"}, {"before": "0"}, {"before": "9" * 30}],
    ids=str,
)
def test_the_list_refuses_what_it_cannot_show(query: dict[str, str]) -> None:
    desk = Desk()
    make_draft(organisation=desk.organisation)
    response = desk.client.get(desk.address(), query)
    assert response.status_code == 400
    assert "This is not complete yet" in read(response)


@pytest.mark.parametrize("query", [{"framing": "loud"}, {"side": SCRIPT}, {"language": "de"}])
def test_the_preview_refuses_what_is_not_there(query: dict[str, str]) -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    chosen = {"framing": "", "side": "post", "language": "nl", **query}
    assert desk.client.get(desk.address(case, "preview"), chosen).status_code == 400


def test_what_is_wrong_is_said_in_the_language_of_the_reader() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nl"
    response = desk.send(case, "description", description_nl=SCRIPT, description_en="New.")
    assert "Schrijf gewone tekst, zonder code tussen < en >." in read(response)


@pytest.mark.parametrize("page", [*READABLE, *FORMS])
def test_a_case_of_another_organisation_is_not_found(page: str) -> None:
    desk = Desk()
    case = make_draft(organisation=make_organisation("elsewhere"))
    before = changed()
    assert desk.get(case, page).status_code == 404
    if page not in READABLE:
        assert desk.send(case, page).status_code == 404
    assert desk.get(10**30, page).status_code == 404
    assert changed() == before


@pytest.mark.parametrize("page", FORMS)
@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.MODERATOR, Role.PUBLIC_SERVANT, Role.AUDITOR]
)
def test_only_an_editor_opens_or_sends_a_form(page: str, role: Role) -> None:
    desk = Desk(roles=(role,))
    case = make_draft(organisation=desk.organisation)
    before = changed()
    assert desk.get(case, page).status_code == 403
    assert desk.send(case, page).status_code == 403
    assert changed() == before


@pytest.mark.parametrize("page", ["new", "bank"])
@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.MODERATOR, Role.PUBLIC_SERVANT, Role.AUDITOR]
)
def test_only_an_editor_makes_cases(page: str, role: Role) -> None:
    desk = Desk(roles=(role,))
    before = changed()
    assert desk.send(None, page).status_code == 403
    assert changed() == before


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MODERATOR, Role.PUBLIC_SERVANT])
def test_who_has_no_part_in_cases_does_not_read_the_desk(role: Role) -> None:
    desk = Desk(roles=(role,))
    case = make_draft(organisation=desk.organisation)
    assert [desk.get(case, page).status_code for page in READABLE] == [403, 403]
    assert desk.get().status_code == 403


def test_a_stranger_is_asked_to_sign_in() -> None:
    case = make_draft()
    response = Client().get(f"/desk/waterdam/cases/{case.pk}/")
    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize("page", FORMS)
def test_a_form_is_opened_or_sent_and_nothing_else(page: str) -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    assert desk.client.put(desk.address(case, page)).status_code == 405
