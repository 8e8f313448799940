"""Every component together on one page."""

import pytest
from pytest_django import Settings
from tests.browser.site import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def gallery(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.look.gallery"


def test_the_components_are_accessible(visitor: Visitor) -> None:
    page = visitor.go("/")
    visitor.check()
    page.locator("summary").click()
    visitor.check()


def test_a_form_says_what_is_wrong_and_leads_there(visitor: Visitor) -> None:
    page = visitor.go("/")
    page.get_by_role("button", name="Verder").click()
    assert page.locator(".errors:focus").count() == 1
    visitor.check()
    page.locator(".errors a").first.click()
    assert page.locator(":focus").get_attribute("id") == "id_judgement_0"


def test_a_form_can_be_filled_in_by_keyboard(visitor: Visitor) -> None:
    page = visitor.go("/")
    visitor.tab_to("#id_judgement_0")
    page.keyboard.press("Space")
    visitor.tab_to("#id_name")
    page.keyboard.type("Leeuwarden")
    visitor.tab_to("#id_agree")
    page.keyboard.press("Space")
    visitor.tab_to("button:text('Verder')")
    page.keyboard.press("Enter")
    assert page.locator("#id_name").input_value() == "Leeuwarden"
    assert page.locator("#id_judgement_0").is_checked()


def test_a_reader_chooses_the_language(visitor: Visitor) -> None:
    page = visitor.go("/")
    assert page.locator("html").get_attribute("lang") == "nl"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("link", name="How it works").count() == 1


def test_a_part_of_a_page_changes_under_the_policy(visitor: Visitor) -> None:
    page = visitor.go("/")
    page.get_by_role("button", name="Ververs").click()
    if visitor.reader.scripts:
        page.locator("#swapped h1").wait_for()
        assert visitor.complaints == []


def test_a_refused_part_says_why_at_the_top(visitor: Visitor) -> None:
    page = visitor.go("/")
    if not visitor.reader.scripts:
        return
    page.get_by_role("button", name="Stem te laat").click()
    told = page.locator("#messages").get_by_text("De ronde is al gesloten.")
    told.wait_for()
    assert page.locator("#messages").bounding_box() is not None
    assert page.locator("#swapped").inner_text() == "leeg"
    visitor.check()


def test_a_part_that_does_not_come_is_told(visitor: Visitor) -> None:
    page = visitor.go("/")
    if not visitor.reader.scripts:
        return
    visitor.context.set_offline(True)
    page.get_by_role("button", name="Ververs").click()
    page.locator("#messages").get_by_text("Dit is niet aangekomen.").wait_for()
    assert page.locator("#swapped").inner_text() == "leeg"
