"""A citizen from the home page to the receipt, in the ways that people read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.site import Visitor
from tests.cases.stored import prepare, submit
from tests.verdicts.rounds import REASONS, citizen, reasons_of

from spreekruimte.ballots.actions.casting import Answer, GivenBallot, append_ballots
from spreekruimte.ballots.actions.rounds import Seed, end_round, open_round
from spreekruimte.ballots.models import (
    Ballot,
    Channel,
    LogEntry,
    Moderation,
    Participation,
    Question,
    Reason,
    Round,
)
from spreekruimte.ballots.receipts import mark_of
from spreekruimte.ballots.routing import forget_counts
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.verdicts.actions.judging import judge_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN = "Kritiek houdt de overheid scherp."


@pytest.fixture
def asked() -> Round:
    """A round that is open today, in which forty others have answered."""
    forget_counts()
    now = timezone.now()
    round_ = open_round(
        case=submit(prepare()),
        closes_at=now + timedelta(days=7),
        moderation=Moderation.AFTER,
        seeds=[Seed(content, "nl") for content in REASONS],
        new_key=b"k" * 32,
        actor=OPERATOR,
        today=now.date(),
        now=now,
    )
    ballots = []
    for number in range(40):
        answers = [Answer(Question.JUDGEMENT, 1 if number % 4 else -1)]
        answers += [Answer(Question.MEASURE, number % 3)]
        answers += [Answer(Question.REASON, 1, pk) for pk in reasons_of(round_)]
        ballots += [GivenBallot(citizen(number), answer) for answer in answers]
    append_ballots(round_id=round_.pk, ballots=ballots, now=now)
    return round_


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def judge(visitor: Visitor, round_: Round, answer: str = "Toelaatbaar") -> Page:
    """Come as far as the reasons."""
    page = visitor.go(f"/cases/{round_.case_id}/")
    press(page, answer)
    page.get_by_label("Een waarschuwing geven").check()
    press(page, "Verder")
    # A browser that is still on its way cannot be sent back.
    expect(page).to_have_url(re.compile(r"/reasons/"))
    return page


def own_answers() -> list[tuple[str, int, bool]]:
    mine = Participation.objects.order_by("-pk")[0]
    found = Ballot.objects.filter(participation=mine).order_by("entry__position")
    return list(found.values_list("question", "answer", "is_latest"))


def test_a_citizen_votes_looks_revises_and_checks_the_receipt(
    visitor: Visitor, asked: Round
) -> None:
    page = visitor.go("/")
    page.locator(f"a[href='/cases/{asked.case_id}/']").click()
    visitor.check()

    press(page, "Toelaatbaar")
    visitor.check()
    page.get_by_label("Een waarschuwing geven").check()
    press(page, "Verder")
    visitor.check()

    shown = page.locator("blockquote").inner_text()
    assert shown in REASONS
    press(page, "Eens")
    assert page.locator("blockquote").inner_text() in set(REASONS) - {shown}
    press(page, "Oneens")
    follow(page, "Zelf een argument geven")
    visitor.check()
    press(page, "Dit argument geven")
    visitor.check()
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("Uw argument").fill(OWN)
    press(page, "Dit argument geven")
    assert page.get_by_text("Uw argument is opgeslagen.").is_visible()
    assert Reason.objects.filter(content=OWN, state="shown").exists()

    follow(page, "Klaar met argumenten")
    visitor.check()
    page.get_by_label("Hoe oud bent u?").select_option("45-54")
    press(page, "Opslaan en afronden")
    visitor.check()
    receipt = page.locator("#receipt-code").inner_text()
    assert LogEntry.objects.filter(receipt=mark_of(receipt)).exists()

    judge_round(round=asked, channel=Channel.OPEN, now=timezone.now())
    follow(page, "Bekijk wat anderen vinden")
    visitor.check()
    assert page.url.endswith(f"/cases/{asked.case_id}/result/")
    assert page.get_by_text(re.compile("van de 41|41 mensen|41")).first.is_visible()

    page.goto(f"/cases/{asked.case_id}/")
    visitor.check()
    follow(page, "Uw oordeel wijzigen")
    press(page, "Niet toelaatbaar")
    assert own_answers() == [
        ("judgement", 1, False),
        ("measure", 2, True),
        ("reason", 1, True),
        ("reason", -1, True),
        ("reason", 1, True),
        ("judgement", -1, True),
    ]
    assert Ballot.objects.order_by("entry__position").last().after_results  # type: ignore[union-attr]

    visitor.go("/receipt/")
    page.get_by_label("Uw stembewijs").fill(receipt.lower().replace("-", " "))
    press(page, "Controleren")
    visitor.check()
    assert page.get_by_text("Uw stem staat in het logboek").is_visible()


def test_a_citizen_votes_by_keyboard_alone(visitor: Visitor, asked: Round) -> None:
    page = visitor.go(f"/cases/{asked.case_id}/")
    visitor.tab_to("button[name=answer][value='-1']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/measure/**")
    visitor.tab_to("input[name=answer]")
    page.keyboard.press("ArrowDown")
    visitor.tab_to("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reasons/**")
    visitor.tab_to("button[name=answer][value='0']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reasons/")
    visitor.tab_to(f"a[href='/cases/{asked.case_id}/reasons/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reasons/new/")
    visitor.tab_to("textarea")
    page.keyboard.type(OWN)
    visitor.tab_to("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reasons/?note=reason")
    visitor.tab_to(f"a[href='/cases/{asked.case_id}/about/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/about/")
    visitor.tab_to(f"a[href='/cases/{asked.case_id}/thanks/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/")
    assert page.locator("#receipt-code").is_visible()
    assert own_answers() == [
        ("judgement", -1, True),
        ("measure", 1, True),
        ("reason", 0, True),
        ("reason", 1, True),
    ]


def test_a_second_click_and_a_second_tab_add_no_ballot(visitor: Visitor, asked: Round) -> None:
    address = f"/cases/{asked.case_id}/"
    before = Participation.objects.count()
    page = visitor.go(address)
    tab = visitor.context.new_page()
    tab.goto(visitor.site + address)
    page.get_by_role("button", name="Toelaatbaar", exact=True).dblclick(no_wait_after=True)
    # The second click breaks off the way there, which a browser may call an error.
    expect(page).to_have_url(re.compile(r"/measure/"))
    tab.get_by_role("button", name="Toelaatbaar", exact=True).click()
    tab.wait_for_url("**/measure/**")
    assert Participation.objects.count() == before + 1
    assert own_answers() == [("judgement", 1, True)]


def test_the_back_button_shows_the_question_again(visitor: Visitor, asked: Round) -> None:
    page = judge(visitor, asked)
    page.go_back()
    assert page.get_by_label("Een waarschuwing geven").is_checked()
    page.get_by_label("Direct ontslaan").check()
    press(page, "Verder")
    assert page.locator("blockquote").is_visible()
    assert own_answers() == [("judgement", 1, True), ("measure", 2, False), ("measure", 8, True)]


def test_nothing_is_seen_before_judging_and_looking_costs_the_ballot(
    visitor: Visitor, asked: Round
) -> None:
    judge_round(round=asked, channel=Channel.OPEN, now=timezone.now())
    page = visitor.go(f"/cases/{asked.case_id}/result/")
    assert page.url.endswith(f"/cases/{asked.case_id}/")
    page.get_by_text("Andere manieren om mee te doen").click()
    follow(page, "De uitslag bekijken zonder te stemmen")
    visitor.check()
    press(page, "Ja, ik geef mijn stem op en kijk")
    visitor.check()
    follow(page, "Bekijk wat anderen vinden")
    assert page.url.endswith("/result/")
    visitor.go(f"/cases/{asked.case_id}/judgement/")
    visitor.check()
    assert page.get_by_text("U kunt in deze ronde niet meer stemmen").is_visible()


@pytest.mark.parametrize(
    ("step", "title"),
    [("close", "gesloten"), ("stop", "gestopt"), ("withdraw", "ingetrokken")],
)
def test_a_case_that_is_not_asked_says_so(
    visitor: Visitor, asked: Round, step: str, title: str
) -> None:
    now = timezone.now()
    end_round(round=asked, step=step, actor=OPERATOR, now=now)  # type: ignore[arg-type]
    page = visitor.go(f"/cases/{asked.case_id}/")
    visitor.check()
    assert title in page.locator("h1").inner_text()


def test_every_page_on_the_way_can_be_read(visitor: Visitor, asked: Round) -> None:
    for path in ("invitation/", "email/", "email/x/", "judgement/?note=order"):
        visitor.go(f"/cases/{asked.case_id}/{path}")
        visitor.check()


def test_what_is_no_receipt_is_told_with_what_to_do(visitor: Visitor) -> None:
    page = visitor.go("/receipt/")
    visitor.check()
    page.get_by_label("Uw stembewijs").fill("7K3D")
    press(page, "Controleren")
    visitor.check()
    assert page.get_by_text("Kijk of ze er allemaal staan.").first.is_visible()


def test_a_citizen_erases_what_they_gave(visitor: Visitor, asked: Round) -> None:
    judge(visitor, asked)
    page = visitor.go(f"/cases/{asked.case_id}/thanks/")
    receipt = page.locator("#receipt-code").inner_text()
    visitor.go(f"/cases/{asked.case_id}/")
    follow(page, "Mijn stemmen wissen")
    visitor.check()
    press(page, "Ja, wis alles")
    visitor.check()
    assert own_answers() == []
    page.locator("main").get_by_role("link", name="Uw stembewijs controleren").click()
    page.get_by_label("Uw stembewijs").fill(receipt)
    press(page, "Controleren")
    visitor.check()
    assert page.get_by_role("heading", name="Uw stem is gewist").is_visible()
