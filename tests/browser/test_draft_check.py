"""Somebody asks on a phone or a large screen, by keyboard, how much room there is for a post."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.site import Visitor
from tests.guidelines.draft_check.ended import make_judged
from tests.guidelines.written import holds_where, make_line, make_version
from tests.organisations.people import make_organisation
from tests.studies.studied import make_published

from spreekruimte.organisations.models import Organisation

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("storage", "at_soon"),
]

SHARP = {"employer_type": "ministry", "topic_distance": "own_file", "tone": "sharp"}


@pytest.fixture
def waterdam() -> Organisation:
    """An organisation with a study, a guideline and a closed case."""
    case = make_judged(tone="sharp", topic_distance="own_file")
    organisation = case.organisation
    make_published(organisation)
    make_version(
        make_line("R1", predicate=holds_where(tone="sharp"), effect="caution"),
        make_line("R2", predicate=holds_where(act_type="like")),
        organisation=organisation,
    )
    return organisation


def fill_in(page: Page, whose: str, **answers: str) -> None:
    page.locator("#draft-whose").select_option(whose)
    for name, value in answers.items():
        page.locator(f"#draft-{name}").select_option(value)


def ask(page: Page) -> None:
    page.locator("#draft button[value=check]").click()
    expect(page.locator("#expected")).to_be_visible()


def test_how_much_room_there_is_by_keyboard(visitor: Visitor, waterdam: Organisation) -> None:
    page = visitor.go("/how-it-works/")
    page.locator("main a[href='/draft/nl/']").click()
    visitor.check()
    visitor.tab_to("#draft-whose")
    page.keyboard.type(waterdam.name)
    visitor.tab_to("#draft button[value=fill]")
    page.keyboard.press("Enter")
    expect(page.locator("#draft-act_type")).to_be_visible()
    assert page.locator("#draft-whose").input_value() == f"own:{waterdam.slug}"
    visitor.check()
    visitor.tab_to("#draft-tone")
    page.keyboard.type("scherp")
    visitor.tab_to("#draft-text")
    page.keyboard.type("Bel Jan Jansen op 06-12345678.")
    visitor.tab_to("#draft button[value=check]")
    page.keyboard.press("Enter")
    expect(page.locator("#expected")).to_be_visible()
    visitor.check()
    assert page.locator("svg.bars").count() == 1
    assert page.locator("section[aria-labelledby=rules] .card").count() == 1
    assert page.locator("section[aria-labelledby=near] .card").count() == 1
    assert "Jan Jansen" in page.locator("section[aria-labelledby=better]").inner_text()
    assert page.locator("#draft-text").input_value() == ""
    page.locator("summary").first.click()
    visitor.check()


def test_answers_stay_when_the_language_changes(visitor: Visitor, waterdam: Organisation) -> None:
    page = visitor.go("/draft/nl/")
    fill_in(page, f"own:{waterdam.slug}", **SHARP)
    ask(page)
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/draft/en/")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("p.lead", has_text="most people do not find this")).to_be_visible()
    assert page.locator("#draft-tone").input_value() == "sharp"
    visitor.check()
    assert visitor.context.cookies() == []


def test_without_a_study_it_can_be_read_as_well(visitor: Visitor) -> None:
    make_organisation()
    page = visitor.go("/draft/en/")
    visitor.check()
    page.locator("#draft-whose").select_option("pack:nl-rijk-2010")
    ask(page)
    expect(page.get_by_text("No study has been published yet")).to_be_visible()
    visitor.check()


def test_what_cannot_be_read_is_refused_on_the_page(visitor: Visitor) -> None:
    page = visitor.go("/draft/en/")
    page.locator("#draft-tone").evaluate("list => list.firstElementChild.value = 'loud'")
    page.locator("#draft button[value=check]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    visitor.check()
