"""The ballot inside a page of somebody else, in a frame that WordPress would let it have."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from tests.browser.site import SCHEMES, Scheme, assert_accessible
from tests.browser.test_citizen import asked

from spreekruimte.ballots.models import Ballot, LogEntry, Participation, Round
from spreekruimte.ballots.receipts import mark_of

# Pytest takes from here what it finds by name.
__all__ = ["asked"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What WordPress makes of an answer of oEmbed, and what its script does with what a frame tells.
BLOG = """<!DOCTYPE html><html lang="nl"><head><title>Een blog</title></head><body><main>
<h1>Een blog</h1>
<blockquote class="wp-embedded-content" data-secret="Ab12Cd34Ef"><a href="{site}/cases/{case}/">Wat
vindt u van dit bericht?</a></blockquote>
<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"
title="Wat vindt u van dit bericht?" src="{site}/embed/{case}/#?secret=Ab12Cd34Ef" width="{width}"
height="200" data-secret="Ab12Cd34Ef" frameborder="0" marginwidth="0" marginheight="0"></iframe>
</main><script>
window.told = [];
window.addEventListener("message", ({{ data }}) => {{
  if (!data.secret || !data.message || !data.value || /[^a-zA-Z0-9]/.test(data.secret)) return;
  window.told.push(data);
  if (data.message === "height")
    document.querySelector("iframe").height = Math.min(1000, Math.max(200, ~~data.value));
}});
</script></body></html>"""


class Blog(BaseHTTPRequestHandler):
    """A blog that shows one page."""

    page: ClassVar[bytes] = b""

    def do_GET(self) -> None:
        found = self.path == "/"
        self.send_response(200 if found else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page if found else b"")

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@dataclass(slots=True)
class Reading:
    """Somebody who reads the blog."""

    page: Page
    complaints: list[str]

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def told(self, message: str) -> list[object]:
        found = self.page.evaluate("window.told")
        return [each["value"] for each in found if each["message"] == message]


@pytest.fixture(params=[(320, "light"), (1280, "dark")], ids=["320-light", "1280-dark"])
def reading(
    request: pytest.FixtureRequest, site: str, asked: Round, chromium: Browser
) -> Iterator[Reading]:
    """A reader of a blog on another host than ours, with a frame of the width of the page."""
    width, scheme = request.param
    assert scheme in SCHEMES
    page = BLOG.format(site=site, case=asked.case_id, width=min(600, width - 20))
    handler = type("Handler", (Blog,), {"page": page.encode()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as blog:
        thread = threading.Thread(target=blog.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{blog.server_address[1]}/"
        yield from _read(chromium, address, width, scheme)
        blog.shutdown()
        thread.join()


def _read(chromium: Browser, address: str, width: int, scheme: Scheme) -> Iterator[Reading]:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="nl-NL"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield Reading(page, complaints)
    context.close()


def check(reading: Reading) -> None:
    """Fail unless page and frame are accessible, stay in their room and nothing complained."""
    assert not reading.complaints, reading.complaints
    assert_accessible(reading.page)
    assert_accessible(reading.page.frames[1])
    # In a sandbox, axe itself calls for the page around it in vain.
    reading.complaints[:] = [each for each in reading.complaints if "postMessage" not in each]
    assert not reading.complaints, reading.complaints


def test_a_reader_of_a_blog_votes_and_gets_a_receipt_without_a_cookie(
    reading: Reading,
) -> None:
    page, frame = reading.page, reading.frame
    before = Participation.objects.count()
    expect(frame.get_by_role("button", name="Toelaatbaar", exact=True)).to_be_visible()
    check(reading)
    frame.get_by_role("button", name="Toelaatbaar", exact=True).click()
    expect(frame.locator("#measure")).to_be_focused()
    check(reading)
    frame.locator("[data-step=measure] button").click()
    expect(frame.get_by_role("alert")).to_have_text("Kies een van de antwoorden.")
    frame.get_by_label("Een waarschuwing geven").check()
    frame.locator("[data-step=measure] button").click()
    expect(frame.locator("#receipt")).to_be_focused()
    check(reading)
    receipt = frame.locator(".receipt").inner_text()
    entry = LogEntry.objects.get(receipt=mark_of(receipt))
    mine = Participation.objects.order_by("-pk")[0]
    found = Ballot.objects.filter(participation=mine).order_by("entry__position")
    assert list(found.values_list("question", "answer")) == [("judgement", 1), ("measure", 2)]
    assert Ballot.objects.get(entry=entry).participation_id == mine.pk
    assert Participation.objects.count() == before + 1
    assert page.context.cookies() == []
    assert page.evaluate("document.cookie") == ""


def test_the_frame_has_an_origin_of_its_own_and_tells_its_height(reading: Reading) -> None:
    frame = reading.page.frames[1]
    reading.frame.get_by_role("button", name="Toelaatbaar", exact=True).wait_for()
    assert frame.evaluate("self.origin") == "null"
    told = reading.told("height")
    assert told
    assert told[-1] == frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_link_is_left_to_the_page_around_it(reading: Reading, asked: Round) -> None:
    reading.frame.locator("footer a").click()
    reading.page.wait_for_function("window.told.some(each => each.message === 'link')")
    (address,) = reading.told("link")
    assert re.fullmatch(rf"http://[^/]+/cases/{asked.case_id}/", str(address))


def test_it_is_used_by_keyboard_alone(reading: Reading) -> None:
    page, frame = reading.page, reading.frame
    first = frame.get_by_role("button", name="Toelaatbaar", exact=True)
    expect(first).to_be_visible()
    for _press in range(10):
        page.keyboard.press("Tab")
        if first.evaluate("each => each === document.activeElement"):
            break
    expect(first).to_be_focused()
    outline = first.evaluate("each => getComputedStyle(each).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    expect(frame.locator("#measure")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(frame.locator("#receipt")).to_be_focused()


def test_what_does_not_arrive_is_said_and_can_be_tried_again(reading: Reading) -> None:
    page, frame = reading.page, reading.frame
    page.route("**/ballots", lambda route: route.abort())
    button = frame.get_by_role("button", name="Toelaatbaar", exact=True)
    button.click()
    expect(frame.get_by_role("alert")).to_contain_text("niet aangekomen")
    page.unroute("**/ballots")
    button.click()
    expect(frame.locator("#measure")).to_be_focused()


def test_without_scripts_the_link_is_there(site: str, asked: Round, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site}/embed/{asked.case_id}/")
    expect(page.locator("footer a")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    context.close()
