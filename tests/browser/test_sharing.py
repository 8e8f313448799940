"""Passing a case on, in the ways that people read."""

import pytest
from tests.browser.site import Visitor
from tests.browser.test_citizen import asked

from spreekruimte.ballots.models import Round

# Pytest takes from here what it finds by name.
__all__ = ["asked"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_case_is_shared_and_its_poster_printed(visitor: Visitor, asked: Round) -> None:
    page = visitor.go(f"/cases/{asked.case_id}/share/")
    visitor.check()
    visitor.tab_to(f"a[href='/cases/{asked.case_id}/poster/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/poster/")
    visitor.check()
    page.emulate_media(media="print")
    assert page.locator(".site-header").is_hidden()
    assert page.locator(".poster img").is_visible()
    # One sheet of A4 within its margins, at 96 pixels to the inch.
    page.set_viewport_size({"width": 658, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") <= 986
