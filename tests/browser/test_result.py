"""The result of a case in a browser: for who may look, as editors publish it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.site import Visitor
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in_browser
from tests.verdicts.framed import publish_framed
from tests.verdicts.results import ended, judge, publish
from tests.verdicts.rounds import fill, finish, start_round

from spreekruimte.ballots.models import Participation
from spreekruimte.ballots.routing import forget_counts
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import Role
from spreekruimte.verdicts.actions.filing import make_files
from spreekruimte.verdicts.models import OfficialVerdict

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("at_soon", "storage"),
]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_counts()


def test_who_has_judged_sees_the_result_and_the_own_group(visitor: Visitor) -> None:
    round_ = start_round()
    fill(round_, 120)
    judge(round_)
    page = visitor.go(f"/cases/{round_.case_id}/result/")
    expect(page).to_have_url(re.compile(rf"/cases/{round_.case_id}/$"))
    assert "%" not in page.locator("main").inner_text()

    page.get_by_role("button", name=re.compile("Dit kan$|Toelaatbaar|Ja")).first.click()
    page = visitor.go(f"/cases/{round_.case_id}/result/")
    expect(page.locator("h1")).to_have_text("Wat het publiek vindt")
    assert visitor.response is not None
    assert visitor.response.headers["cache-control"] == "private, no-store"
    visitor.check()

    for title in ("Toelaatbaar of niet", "Wat de werkgever moet doen", "Argumenten"):
        summary = page.locator("summary", has_text=f"{title}: hetzelfde als tabel")
        summary.first.click()
    expect(page.locator("table").first).to_be_visible()
    visitor.check()

    page.get_by_role("link", name="In welke meningsgroep zit ik?").click()
    expect(page.locator("main")).to_contain_text("Alleen u ziet dit")
    visitor.check()


def test_a_result_can_be_read_by_keyboard_alone(visitor: Visitor) -> None:
    round_ = ended(people=120)
    page = visitor.go(f"/cases/{round_.case_id}/result/")
    visitor.tab_to("summary")
    page.keyboard.press("Enter")
    expect(page.locator("details[open]")).to_have_count(1)
    visitor.tab_to("a[download]")


def test_a_simulated_official_result_with_many_parts(visitor: Visitor) -> None:
    round_ = start_round()
    fill(round_, 240)
    people = Participation.objects.filter(round=round_).order_by("pk")
    for place, person in enumerate(people):
        person.about = {
            "gender": "man" if place % 3 else "woman",
            "region": ("utrecht", "zuid-holland", "drenthe")[place % 3],
            "age": "25-34",
        }
    Participation.objects.bulk_update(people, ["about"])
    Case.objects.filter(pk=round_.case_id).update(is_simulated=True)
    round_.case.refresh_from_db()
    finish(round_)
    judge(round_)
    make_files(verdict=publish(round_))
    page = visitor.go(f"/cases/{round_.case_id}/result/")
    expect(page.locator(".simulated")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Dit is de officiële uitslag")
    expect(page.locator("main")).to_contain_text("Wie er meededen")
    assert page.get_by_role("link", name="report.pdf").count() == 1
    visitor.check()
    with page.expect_download() as download:
        page.get_by_role("link", name="report.pdf").click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_what_context_changes_is_told_of_a_case_and_over_all(visitor: Visitor) -> None:
    verdict = publish_framed()
    page = visitor.go(f"/cases/{verdict.round.case_id}/result/")
    for name in ("framings", "effects", "mirror"):
        expect(page.locator(f"#{name}-open-1")).to_be_visible()
    visitor.check()
    page = visitor.go("/how-it-works/")
    page.locator("main a[href='/what-context-changes/']").click()
    expect(page.locator("h1")).to_be_visible()
    visitor.check()
    page.locator("summary").first.click()
    expect(page.locator("table").first).to_be_visible()
    visitor.check()
    visitor.tab_to("a[download]")


def test_an_editor_publishes_a_verdict(visitor: Visitor, site: str) -> None:
    round_ = ended(people=60)
    organisation = round_.case.organisation
    editor = make_member(organisation, Role.EDITOR, Role.AUDITOR, email="e@waterdam.example")
    sign_in_browser(visitor.context, site, editor)
    desk = f"/desk/{organisation.slug}/cases/{round_.case_id}/verdict/"
    page = visitor.go(desk)
    visitor.check()
    page.get_by_role("button", name="Alle stemmen openen en vergelijken").click()
    expect(page.locator("main")).to_contain_text("passen bij het logboek")
    visitor.check()
    page.get_by_role("button", name="Deze uitslag officieel maken").click()
    expect(page.locator("h1")).to_have_text("Werk op de achtergrond")
    expect(page.locator("main")).to_contain_text("wacht op zijn beurt")
    visitor.check()
    make_files(verdict=OfficialVerdict.objects.get())
    page = visitor.go(desk)
    expect(page.locator("main")).to_contain_text("Officieel sinds")
    expect(page.get_by_role("link", name="report.pdf")).to_be_visible()
    visitor.check()
