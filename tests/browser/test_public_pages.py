"""The pages that anyone may read, in the ways that people read them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.browser.site import Visitor
from tests.cases.stored import prepare, submit
from tests.organisations.people import make_organisation

from spreekruimte.cases import actions
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import OPERATOR

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a newcomer may have to load, in bytes as they travel.
HEAVIEST = 60_000


@pytest.fixture
def cases() -> list[Case]:
    """Two open cases, a closed and a simulated one."""
    now = timezone.now()
    organisation = make_organisation()
    made = [
        actions.open_case(
            case=submit(prepare(organisation=organisation)),
            closes_at=now + timedelta(days=2 + number),
            actor=OPERATOR,
            now=now,
            today=now.date(),
        )
        for number in range(4)
    ]
    actions.close_case(case=made[2], actor=OPERATOR, now=now)
    Case.objects.filter(pk=made[3].pk).update(is_simulated=True)
    return made


def test_a_citizen_finds_a_case_by_keyboard(visitor: Visitor, cases: list[Case]) -> None:
    page = visitor.go("/")
    visitor.check()
    assert page.locator(".card").count() == len(cases)
    assert page.get_by_text("Demonstratie.").is_visible()
    visitor.tab_to(f"a[href='/cases/{cases[0].pk}/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{cases[0].pk}/")


def test_home_without_cases(visitor: Visitor) -> None:
    page = visitor.go("/")
    visitor.check()
    assert page.get_by_text("Er is nu geen casus open.").is_visible()


@pytest.mark.parametrize(
    "path",
    ["/how-it-works/", "/method/", "/privacy/", "/accessibility/", "/rules/", "/open-data/"],
)
def test_a_page_that_explains(visitor: Visitor, path: str) -> None:
    page = visitor.go(path)
    visitor.check()
    page.get_by_role("button", name="English").click()
    assert page.url.endswith(path)
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_page_that_is_not_there(visitor: Visitor) -> None:
    page = visitor.go("/nowhere/")
    assert visitor.response is not None
    assert visitor.response.status == 404
    visitor.check()
    visitor.tab_to("main a")
    page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Hoeveel ruimte heeft een ambtenaar om te spreken?"


def test_the_content_can_be_reached_at_once(visitor: Visitor) -> None:
    page = visitor.go("/how-it-works/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box() is not None
    assert page.locator(".skip:focus").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main a:focus").count() == 1


def test_every_page_is_in_the_menu_or_the_footer(visitor: Visitor) -> None:
    page = visitor.go("/")
    for name in ("Hoe het werkt", "Privacy", "Toegankelijkheid", "Huisregels", "Open data"):
        page.get_by_role("link", name=name, exact=True).first.click()
        assert page.locator("h1").inner_text() == name
        assert page.locator("[aria-current=page]").count() <= 1


@pytest.mark.usefixtures("cases")
def test_text_can_be_twice_as_large(visitor: Visitor) -> None:
    page = visitor.go("/")
    page.set_viewport_size({"width": visitor.reader.width // 2, "height": 400})
    visitor.check()


def weigh(visitor: Visitor) -> list[int]:
    """The sizes, as they travel, of all that pages bring from now on; 0 of what is kept."""
    sizes: list[int] = []
    visitor.page.on(
        "requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"])
    )
    return sizes


@pytest.mark.usefixtures("cases")
def test_a_first_visit_weighs_little(visitor: Visitor) -> None:
    sizes = weigh(visitor)
    visitor.go("/")
    visitor.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 5
    assert sum(sizes) < HEAVIEST


def test_a_second_page_brings_only_itself(visitor: Visitor) -> None:
    visitor.go("/")
    visitor.page.wait_for_load_state("networkidle")
    sizes = weigh(visitor)
    visitor.page.get_by_role("link", name="Hoe het werkt", exact=True).first.click()
    # Until the next page begins, the one before is as quiet as it was.
    expect(visitor.page.locator("h1")).to_have_text("Hoe het werkt")
    visitor.page.wait_for_load_state("networkidle")
    assert len([size for size in sizes if size > 0]) == 1
