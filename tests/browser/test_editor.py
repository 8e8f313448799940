"""Prepare a case as an editor: from nothing, past six gates, with a second editor."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.browser.site import Visitor
from tests.cases.stored import make_draft, prepare
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in_browser

from spreekruimte.cases.gates.ceiling import QUESTIONS
from spreekruimte.cases.gates.cooling_off import PROCEDURES
from spreekruimte.cases.models import Case
from spreekruimte.cases.views.subjects import SUBJECTS
from spreekruimte.organisations.models import Organisation, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STORE = "button:text-is('Sla op')"
# One sentence of each gate that stops a new case, and the link that mends it.
STOPPED_BY = [
    ("2 verschillende redacteuren moeten de lijst tekenen; 0 deed dat.", "Lijst en handtekeningen"),
    ("Nog geen antwoord, of niet zeker", "Plafond: kan dit strafbaar zijn?"),
    ("Zeg of het hele bericht een nuttige verbetering van feiten is.", "Rechtenvloer"),
    ("Zeg of er nog een onderzoek loopt.", "Afkoelen en lopende procedures"),
    ("Een afgesloten casus heeft een bron nodig", "Bronnen"),
    ("Bied de ambtenaar eerst een weerwoord aan.", "Toestemming en weerwoord"),
]


@pytest.fixture
def organisation(site: str) -> Organisation:  # noqa: ARG001 - with the database of the site
    return make_organisation()


@pytest.fixture
def editor(visitor: Visitor, organisation: Organisation) -> Visitor:
    """An editor who is signed in."""
    return sign_in(visitor, organisation, "first@waterdam.example")


def sign_in(visitor: Visitor, organisation: Organisation, email: str) -> Visitor:
    user = make_member(organisation, Role.EDITOR, email=email)
    sign_in_browser(visitor.context, visitor.site, user)
    return visitor


def desk_of(case: Case) -> str:
    return f"/desk/{case.organisation.slug}/cases/{case.pk}/"


def choose(page: Page, **answers: str) -> None:
    for name, value in answers.items():
        page.locator(f"input[name={name}][value={value}]").check()


def store(editor: Visitor) -> None:
    editor.check()
    editor.page.click(STORE)


def sign(editor: Visitor, case: Case) -> None:
    page = editor.go(f"{desk_of(case)}identification/")
    for box in page.locator("input[name=confirmed]").all():
        box.check()
    editor.check()
    page.click("button:text-is('Teken voor deze teksten')")


def test_a_case_is_prepared_from_nothing_and_stopped_by_each_gate_until_it_is_mended(
    editor: Visitor, organisation: Organisation
) -> None:
    page = editor.go(f"/desk/{organisation.slug}/cases/")
    editor.check()
    page.click("a:text-is('Maak een nieuwe casus')")
    choose(page, provenance="closed_case")
    page.fill(
        "[name=description_nl]", "Een ambtenaar schrijft dat een plan van de stad niet werkt."
    )
    page.fill("[name=description_en]", "A public servant writes that a plan of the city fails.")
    editor.check()
    page.click("button:text-is('Maak de casus')")
    case = Case.objects.get()

    page.click("button:text-is('Stuur naar de poorten')")
    assert "Deze casus is nu: gestopt." in page.inner_text("#messages")
    editor.check()
    for number, (reason, mend) in enumerate(STOPPED_BY):
        gate = page.locator(".gate").nth(number)
        assert reason in gate.inner_text()
        assert gate.locator(f"a:text-is('Los dit op: {mend}')").count() == 1

    mend_ceiling(editor)
    mend_rights_floor(editor)
    mend_cooling_off(editor)
    mend_sources(editor)
    mend_reply(editor, case)
    sign(editor, case)
    assert "2 verschillende redacteuren moeten de lijst tekenen; 1 deed dat." in page.inner_text(
        ".gates"
    )
    sign(sign_in(editor.another(), organisation, "second@waterdam.example"), case)

    page = editor.go(desk_of(case))
    assert page.locator(".gate--passes").count() == 6
    page.click("button:text-is('Stuur naar de poorten')")
    assert page.locator("h1 .state--ready").count() == 1
    assert page.locator("a:text-is('Open een ronde')").count() == 1
    editor.check()


def mend_ceiling(editor: Visitor) -> None:
    editor.page.click("a:text-is('Los dit op: Plafond: kan dit strafbaar zijn?')")
    choose(editor.page, **dict.fromkeys(QUESTIONS, "no"))
    store(editor)


def mend_rights_floor(editor: Visitor) -> None:
    editor.page.click("a:text-is('Los dit op: Rechtenvloer')")
    choose(editor.page, held_against="content", corrects_facts="no", has_direction="no")
    store(editor)


def mend_cooling_off(editor: Visitor) -> None:
    editor.page.click("a:text-is('Los dit op: Afkoelen en lopende procedures')")
    editor.page.fill("[name=latest_day]", "2020-12-31")
    choose(editor.page, **dict.fromkeys(PROCEDURES, "no"))
    store(editor)


def mend_sources(editor: Visitor) -> None:
    editor.page.click("a:text-is('Los dit op: Bronnen')")
    editor.page.fill("[name=sources]", "Een uitspraak van 2020")
    store(editor)


def mend_reply(editor: Visitor, case: Case) -> None:
    page = editor.page
    page.click("a:text-is('Los dit op: Toestemming en weerwoord')")
    page.click("button:text-is('Ik heb vandaag een weerwoord aangeboden')")
    editor.check()
    page.click("button:text-is('Het weerwoord is afgehandeld')")
    editor.check()
    editor.go(desk_of(case))


def test_a_case_on_the_rights_floor_is_protected_with_its_ground(
    editor: Visitor, organisation: Organisation
) -> None:
    case = prepare("synthetic", organisation)
    page = editor.go(f"{desk_of(case)}rights-floor/")
    page.locator("input[name=held_against][value=content]").uncheck()
    choose(page, held_against="membership")
    store(editor)
    page.click("button:text-is('Stuur naar de poorten')")
    assert page.locator("h1 .state--protected").count() == 1
    assert "Lid zijn van" in page.locator(".gate--protects").inner_text()
    assert page.locator("a:text-is('Open een ronde')").count() == 0
    editor.check()


def test_a_public_servant_agrees_with_a_code_and_takes_it_back(
    editor: Visitor, organisation: Organisation
) -> None:
    case = make_draft("own_case", organisation)
    page = editor.go(f"{desk_of(case)}agreement/")
    page.click("button:text-is('Maak een code')")
    editor.check()
    code = page.inner_text("#code")
    servant = editor.another()
    page = servant.go("/consent/")
    servant.check()
    page.fill("[name=code]", code.lower())
    page.click("button:text-is('Toon mijn casus')")
    assert case.description_nl in page.inner_text("main")
    servant.check()
    page.check("[name=is_mine]")
    page.click("button:text-is('Ik ga akkoord')")
    assert "U ging akkoord." in page.inner_text("#messages")
    page.fill("[name=code]", code)
    page.click("button:text-is('Toon mijn casus')")
    page.click("button:text-is('Trek mijn toestemming in')")
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_what_is_wrong_in_a_form_is_said_and_led_to(
    editor: Visitor, organisation: Organisation
) -> None:
    case = make_draft("own_case", organisation)
    page = editor.go(f"{desk_of(case)}description/")
    page.fill("[name=description_nl]", "woord " * 81)
    page.click(STORE)
    assert "Nu zijn het er 81." in page.inner_text(".errors")
    editor.check()
    page.click(".errors a")
    assert page.locator("[name=description_nl]").and_(page.locator(":focus")).count() == 1


def test_a_form_is_filled_in_by_keyboard_alone(editor: Visitor, organisation: Organisation) -> None:
    case = make_draft("own_case", organisation)
    page = editor.go(f"{desk_of(case)}ceiling/")
    for question in QUESTIONS:
        editor.tab_to(f"input[name={question}]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    editor.tab_to(STORE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{desk_of(case)}")
    case.refresh_from_db()
    assert case.ceiling == dict.fromkeys(QUESTIONS, "no")


def test_every_page_of_the_desk_is_accessible(editor: Visitor, organisation: Organisation) -> None:
    desk = desk_of(prepare("own_case", organisation))
    for key in (*SUBJECTS, "identification", "agreement", "preview", "withdraw"):
        editor.go(f"{desk}{key}/")
        editor.check()
