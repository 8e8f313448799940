"""Visit the running site in a browser, as any of the readers that it has to serve.

What a test can ask for::

    def test_the_home_page_can_be_read(visitor: Visitor) -> None:
        page = visitor.go("/")
        assert page.locator("h1").inner_text() == "Casussen"
        visitor.check()

`visitor`
    Somebody with a browser of their own. A test that asks for it runs with scripts and without,
    320 and 1280 wide, light and dark: once on SQLite and once on PostgreSQL, or with
    `--every-reader` four times on each (see `is_read_on`). Further people: `visitor.another()`.
`visitor.check()`, or `assert_accessible(page)` for a page alone (where scripts run)
    axe finds nothing against WCAG 2.2 AA; nothing scrolls sideways, but a table within its frame,
    of which the caption is seen whole; the browser complained of nothing, the security policy
    included; nothing was asked from another origin.
`visitor.tab_to(selector)`
    Reach something by keyboard alone, as somebody does who has no mouse; fails if Tab never
    comes there, or if the focus cannot be seen there. Then `page.keyboard.press("Enter")`.
`site`
    The address of the server; rows that a test makes in the database are seen there.

Rows are made with the actions or the helpers of the other tests. The clock is the real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

AXE = Axe()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# How often Tab may be pressed before something counts as out of reach.
FAR = 120
# A refusal is an answer that a test may ask for; Chromium and htmx log each as an error.
REFUSED = ("the server responded with a status of 4", "Response Status Error Code 4")


Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads the pages."""

    scripts: bool
    width: int
    scheme: Scheme

    def __str__(self) -> str:
        return f"{'scripts' if self.scripts else 'plain'}-{self.width}-{self.scheme}"


READERS = [
    Reader(scripts=scripts, width=width, scheme=scheme)
    for scripts in (True, False)
    for width in (320, 1280)
    for scheme in SCHEMES
]


def is_read_on(database: str, reader: Reader, *, every: bool) -> bool:
    """Deal the readers out to the databases: four to each, or one to each that differ in all.

    Of four, each pair of choices occurs on each database. Of one, each choice occurs on one of
    them; which widths go with which colours is left to the eight.
    """
    is_small, is_light = reader.width == 320, reader.scheme == "light"
    if every:
        return (reader.scripts + is_small + is_light) % 2 == (database == "sqlite")
    return reader.scripts == is_light == is_small == (database == "sqlite")


@dataclass(slots=True)
class Visitor:
    """Somebody who visits the site, with what their browser met on the way."""

    browser: Browser
    site: str
    reader: Reader
    language: str = "nl-NL"
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    response: Response | None = field(init=False, default=None)
    others: list[Visitor] = field(default_factory=list)
    copy: Page | None = None

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(
            viewport={"width": self.reader.width, "height": 800},
            color_scheme=self.reader.scheme,
            java_script_enabled=self.reader.scripts,
            locale=self.language,
            base_url=self.site,
        )
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._follow(request.url))
        self.page.on("response", lambda response: self._weigh(response))

    def go(self, path: str) -> Page:
        """Open a page of the site; what the server answered is in `response`."""
        self.response = self.page.goto(path)
        return self.page

    def check(self) -> None:
        """Fail unless the page is accessible, stays in its frame and asks nothing of others."""
        # The next page may have begun, and hold nothing yet.
        self.page.wait_for_load_state()
        if self.reader.scripts:
            # What htmx asked for has to have come.
            expect(self.page.locator(".htmx-request")).to_have_count(0)
            assert_accessible(self.page)
        else:
            self._check_copy()
        assert not self.complaints, self.complaints
        assert not self.elsewhere, self.elsewhere

    def tab_to(self, selector: str) -> None:
        """Press Tab until something that matches has the focus, and can be seen to have it."""
        for _press in range(FAR):
            self.page.keyboard.press("Tab")
            if self.page.locator(selector).and_(self.page.locator(":focus")).count():
                assert_focus_can_be_seen(self.page)
                return
        pytest.fail(f"Tab never reaches {selector} on {self.page.url}")

    def another(self, language: str = "nl-NL") -> Visitor:
        """Somebody else, who reads in the same way."""
        other = Visitor(self.browser, self.site, self.reader, language)
        self.others.append(other)
        return other

    def leave(self) -> None:
        """Close the browsers of all."""
        for other in self.others:
            other.leave()
        self.context.close()
        if self.copy is not None:
            self.copy.close()

    def _check_copy(self) -> None:
        """Check the page where axe can run: the same bytes at the same address."""
        if self.copy is None:
            self.copy = self.browser.new_page(
                viewport={"width": self.reader.width, "height": 800},
                color_scheme=self.reader.scheme,
            )
        # A test can make the window of the visitor smaller.
        self.copy.set_viewport_size(self.page.viewport_size or {"width": 0, "height": 0})
        address, content = self.page.url, self.page.content()
        self.copy.route(
            address,
            lambda route: route.fulfill(body=content, content_type="text/html"),
            times=1,
        )
        self.copy.goto(address)
        assert_accessible(self.copy)

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(told in text for told in REFUSED):
            self.complaints.append(text)

    def _weigh(self, response: Response) -> None:
        # What a page brings along has to be there, whatever the page itself answers.
        kind = response.request.resource_type
        if response.status >= 400 and kind not in ("document", "xhr", "fetch"):
            self.complaints.append(f"{response.status} for {response.url}")

    def _follow(self, address: str) -> None:
        if not address.startswith((self.site, "data:")):
            self.elsewhere.append(address)


# A table may be wider than the page, but what it is about has to be read without scrolling.
CAPTIONS_CUT_OFF = """() => [...document.querySelectorAll('caption')]
    .filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.innerText)"""


def assert_accessible(page: Page | Frame) -> None:
    """Fail if axe finds a fault in a page or in a frame of one, or if it scrolls sideways."""
    # Of what passes, an example of each rule is enough, and takes a fraction of the time.
    found = AXE.run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
    faults = [
        (fault["id"], [node["html"] for node in fault["nodes"]][:3])
        for fault in found.response["violations"]
    ]
    assert not faults, faults
    assert len(found.response["passes"]) > 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.locator("h1").count() == 1, page.url
    assert page.evaluate(CAPTIONS_CUT_OFF) == [], page.url


def assert_focus_can_be_seen(page: Page) -> None:
    """Fail unless what has the focus, or what stands around it, has a line around it."""
    widths = page.evaluate(
        """() => [document.activeElement, document.activeElement.closest('label')]
            .filter(Boolean).map(element => getComputedStyle(element))
            .map(style => style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth))"""
    )
    assert max(widths) >= 2, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


@pytest.fixture
def site(database: str, live_server: LiveServer) -> str:  # noqa: ARG001 - runs on each of them
    """The address of a running server on each database."""
    return str(live_server.url)


@pytest.fixture(params=READERS, ids=str)
def visitor(request: pytest.FixtureRequest, site: str, chromium: Browser) -> Iterator[Visitor]:
    """Somebody with a browser, in each way of reading."""
    somebody = Visitor(chromium, site, request.param)
    yield somebody
    somebody.leave()
