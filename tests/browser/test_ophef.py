"""The fuss beside the verdict in a browser, and the page of an organisation."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.site import Visitor
from tests.ophef.views.test_public import address, make_fuss, organisation_with
from tests.organisations.people import NOW
from tests.verdicts.results import ended

from spreekruimte.ophef.actions.measuring import measure_incident, refresh_comparison

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("at_soon", "storage"),
]


def test_the_fuss_stands_beside_the_verdict(visitor: Visitor) -> None:
    round_ = ended()
    incident = make_fuss(round_)
    page = visitor.go(address(round_))
    expect(page.locator("main")).to_contain_text("nog niet gemeten")
    visitor.check()
    measure_incident(incident=incident, now=NOW)
    refresh_comparison(organisation=None, now=NOW)
    page = visitor.go(f"/cases/{round_.case_id}/result/")
    page.get_by_role("link", name="De ophef over deze casus").click()
    expect(page.locator("h1")).to_have_text("De ophef naast de uitslag")
    expect(page.locator("svg.timeline")).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    expect(page.locator("table").first).to_be_visible()
    visitor.check()


def test_the_page_of_an_organisation_shows_each_picture_with_its_table(visitor: Visitor) -> None:
    page = visitor.go(organisation_with(ended(), 40))
    expect(page.locator("h1")).to_have_text("Onze ophef en wat het publiek vond")
    assert page.locator(".picture").count() == 3
    for summary in page.locator("summary").all():
        summary.click()
    visitor.check()
