from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.site import AXE, WCAG, Scheme

pytestmark = pytest.mark.browser

Open = Callable[[Path], Page]


@pytest.fixture(params=[(320, "light"), (1280, "dark")], ids=["320-light", "1280-dark"])
def look(request: pytest.FixtureRequest) -> tuple[int, Scheme]:
    """How wide the window is, and in which colours: each choice once."""
    chosen: tuple[int, Scheme] = request.param
    return chosen


@pytest.fixture
def width(look: tuple[int, Scheme]) -> int:
    return look[0]


@pytest.fixture
def scheme(look: tuple[int, Scheme]) -> Scheme:
    return look[1]


@pytest.fixture
def visit(chromium: Browser, width: int, scheme: Scheme) -> Iterator[Open]:
    """Open a file as a reader would who lets no page run scripts; every fold stays closed."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=False
    )
    yield lambda path: _go(context.new_page(), path)
    context.close()


@pytest.fixture
def inspect(chromium: Browser, width: int, scheme: Scheme) -> Iterator[Open]:
    """Open a file with every fold opened, where a test can run its own scripts."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )

    def open_all(path: Path) -> Page:
        page = _go(context.new_page(), path)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        return page

    yield open_all
    context.close()


def _go(page: Page, path: Path) -> Page:
    page.goto(path.as_uri())
    return page


def test_axe_finds_nothing_against_wcag(inspect: Open, report: Path) -> None:
    found = AXE.run(
        inspect(report),
        options={"runOnly": WCAG, "resultTypes": ["violations"]},
    )
    faults = [
        (fault["id"], [node["html"] for node in fault["nodes"]][:3])
        for fault in found.response["violations"]
    ]
    assert faults == []
    assert len(found.response["passes"]) > 20


def test_nothing_scrolls_sideways_but_tables(inspect: Open, report: Path, width: int) -> None:
    page = inspect(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(element =>
            !element.closest('.scroll, svg')
            && element.getBoundingClientRect().right > innerWidth + 1
        ).map(element => element.outerHTML.slice(0, 80))"""
    )
    assert outside == []


def test_text_in_pictures_can_be_read(inspect: Open, report: Path) -> None:
    heights = inspect(report).evaluate(
        """() => [...document.querySelectorAll('svg text')]
            .filter(text => text.getClientRects().length)
            .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    )
    assert len(heights) > 50
    assert min(heights) >= 11.5
    assert max(heights) <= 24


def test_text_in_pictures_stays_inside_and_apart(inspect: Open, report: Path) -> None:
    clashes = inspect(report).evaluate(
        """() => [...document.querySelectorAll('svg')].flatMap(picture => {
            const frame = picture.getBoundingClientRect();
            const boxes = [...picture.querySelectorAll('text')]
                .map(text => text.getBoundingClientRect()).filter(box => box.width);
            const covers = (one, other) =>
                one.left < other.right && other.left < one.right
                && one.top + 4 < other.bottom && other.top + 4 < one.bottom;
            return boxes.filter((box, place) =>
                box.left < frame.left - 1 || box.right > frame.right + 1
                || boxes.slice(place + 1).some(other => covers(box, other))
            ).map(() => picture.outerHTML.slice(0, 120));
        })"""
    )
    assert clashes == []


def test_the_page_asks_for_nothing(
    chromium: Browser, report: Path, width: int, scheme: Scheme
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    _go(page, report)
    page.wait_for_load_state("networkidle")
    assert asked == [report.as_uri()]
    assert complaints == []
    context.close()


def test_it_works_without_scripts(visit: Open, report: Path, width: int) -> None:
    page = visit(report)
    assert page.locator("h1").is_visible()
    assert page.locator(".bars").count() == 31
    fold = page.locator("details.fold").last
    assert not fold.locator("table").is_visible()
    fold.locator("summary").click()
    assert fold.locator("table").is_visible()
    shown = page.locator(".swarm:visible")
    assert shown.count() == 1
    assert ("narrow" in (shown.get_attribute("class") or "")) is (width == 320)


def test_the_keyboard_reaches_the_content_the_folds_and_the_tables(
    visit: Open, report: Path
) -> None:
    page = visit(report)
    page.keyboard.press("Tab")
    assert page.locator(".skip").is_visible()
    assert page.locator(".skip:focus").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main summary:focus").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main .scroll:focus").count() == 1


def test_focus_can_be_seen(inspect: Open, report: Path) -> None:
    page = inspect(report)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate(
        "(style => [style.outlineStyle, parseFloat(style.outlineWidth)])"
        "(getComputedStyle(document.activeElement))"
    )
    assert outline[0] == "solid"
    assert outline[1] >= 2
