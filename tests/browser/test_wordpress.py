"""A case on a blog of WordPress itself: shown by oEmbed, voted on, and told of by pingback."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings
from tests.browser.test_citizen import asked
from tests.peers.wordpress import find_missing, running_wordpress

from spreekruimte.ballots.models import LogEntry, Round
from spreekruimte.ballots.receipts import mark_of
from spreekruimte.channels.webmention.verifying import verify_next
from spreekruimte.dialogue.models import Message

# Pytest takes from here what it finds by name.
__all__ = ["asked"]

missing = find_missing()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(missing is not None, reason=str(missing)),
]


def test_readers_of_a_blog_vote_there_and_its_post_joins_the_dialogue(
    site: str, asked: Round, chromium: Browser, settings: Settings
) -> None:
    # In a host without a dot it sees no link.
    site = site.replace("localhost", "127.0.0.1")
    port = urlsplit(site).port
    assert port is not None
    with running_wordpress(asks=port) as blog:
        settings.TRUSTED_SERVERS = frozenset({blog.host})
        page = chromium.new_page(locale="nl-NL")
        page.set_default_timeout(60_000)
        case = f"{site}/cases/{asked.case_id}/"
        page.goto(blog.publish(f"Dit moet een ambtenaar kunnen zeggen.\n\n{case}\n\nToch?"))
        frame = page.locator("iframe.wp-embedded-content")
        expect(frame).to_have_attribute("sandbox", "allow-scripts")
        within = page.frame_locator("iframe.wp-embedded-content")
        within.get_by_role("button", name="Toelaatbaar", exact=True).click()
        within.get_by_label("Een waarschuwing geven").check()
        within.locator("[data-step=measure] button").click()
        receipt = within.locator(".receipt").inner_text()
        assert LogEntry.objects.filter(receipt=mark_of(receipt)).exists()
        assert page.context.cookies(site) == []
        # Its script lets the frame be as high as it tells.
        height = page.frames[-1].evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
        expect(frame).to_have_attribute("height", str(max(200, min(1000, height))))
        page.close()
        blog.tell()
        assert verify_next(now=timezone.now())
    message = Message.objects.get()
    assert (message.case_id, message.source, message.state) == (
        asked.case_id,
        "webmention",
        "waiting",
    )
    assert "Dit moet een ambtenaar kunnen zeggen." in message.content
