"""Open a round as an editor; have a reason of a citizen wait, shown and hidden by a moderator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.ballots.rounds import someone
from tests.browser.site import Visitor
from tests.cases.stored import in_state
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in_browser

from spreekruimte.ballots.actions.casting import Answer, cast_ballot
from spreekruimte.ballots.actions.reasons import give_reason
from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Question, Reason, Round
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import OPERATOR, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRITTEN = "Een ambtenaar is ook een burger."


@pytest.fixture
def case(site: str) -> Case:  # noqa: ARG001 - with the database of the site
    return in_state("ready")


@pytest.fixture
def member(visitor: Visitor, case: Case) -> Visitor:
    """Somebody who opens rounds and looks after reasons."""
    user = make_member(case.organisation, Role.EDITOR, Role.MODERATOR)
    sign_in_browser(visitor.context, visitor.site, user)
    return visitor


def open_round(member: Visitor, case: Case) -> Round:
    page = member.go(f"/desk/{case.organisation.slug}/cases/{case.pk}/")
    page.click("a:text-is('Open een ronde')")
    member.check()
    page.fill("[name=closes_on]", str(timezone.localdate() + timedelta(days=14)))
    page.fill("[name=seeds_nl]", "Iedereen mag een mening hebben.\nDit schaadt het vertrouwen.")
    member.tab_to("button:text-is('Open of plan de ronde')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#messages :text('De ronde is open.')")
    member.check()
    return Round.objects.get(case=case)


def give(round_: Round) -> Reason:
    """A reason of somebody who has judged."""
    author, now = someone(), timezone.now()
    for answer in (Answer(Question.JUDGEMENT, 1), Answer(Question.MEASURE, 0)):
        cast_ballot(round_id=round_.pk, respondent=author, answer=answer, now=now)
    return give_reason(
        round=round_, respondent=author, content=WRITTEN, language="nl", now=now
    ).reason


def test_an_editor_opens_a_round_and_closes_it(member: Visitor, case: Case) -> None:
    round_ = open_round(member, case)
    assert list(Reason.objects.values_list("state", flat=True)) == ["shown", "shown"]
    page = member.page
    page.fill("[name=count]", "0")
    page.click("button:text-is('Maak codes en download ze')")
    assert "Maak minstens één code." in page.inner_text(".errors")
    member.check()
    page.fill("[name=count]", "3")
    with page.expect_download() as waiting:
        page.click("button:text-is('Maak codes en download ze')")
    assert len(waiting.value.path().read_text().splitlines()) == 4
    page = member.go(f"/desk/{case.organisation.slug}/cases/{case.pk}/rounds/")
    page.click("a:text-is('Sluit deze ronde')")
    member.check()
    page.click("button:text-is('Sluit de ronde')")
    page.wait_for_selector("#messages :text('De ronde is gesloten.')")
    member.check()
    round_.refresh_from_db()
    assert round_.ended_at is not None


def test_a_reason_waits_is_shown_and_hidden_and_everybody_reads_that(
    member: Visitor, case: Case
) -> None:
    reason = give(open_round(member, case))
    assert reason.state == "waiting"
    page = member.go(f"/desk/{case.organisation.slug}/moderation/")
    member.check()
    assert WRITTEN in page.inner_text("section[aria-labelledby=part-waiting]")
    member.tab_to("button[value=show]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#messages :text('Argument {reason.pk}: getoond.')")
    reason.refresh_from_db()
    assert reason.state == "shown"

    hide = page.locator(f"article[aria-labelledby=reason-{reason.pk}]")
    hide.locator("button[value=hide]").click()
    assert "Kies waarom u dit argument verbergt." in page.inner_text("main [role=alert]")
    member.check()
    hide = page.locator(f"article[aria-labelledby=reason-{reason.pk}]")
    hide.locator("select[name=ground]").select_option("off_topic")
    hide.locator("button[value=hide]").click()
    page.wait_for_selector(f"#messages :text('Argument {reason.pk}: verborgen.')")
    page.click("nav a:has-text('Verborgen (1)')")
    member.check()
    assert WRITTEN in page.inner_text("section[aria-labelledby=part-hidden]")

    citizen = member.another()
    page = citizen.go(f"/cases/{case.pk}/moderation/")
    citizen.check()
    assert page.locator("tbody tr").count() == 0
    round_ = Round.objects.select_related("case").get(case=case)
    end_round(round=round_, step="close", actor=OPERATOR, now=timezone.now())
    page = citizen.go(f"/cases/{case.pk}/moderation/")
    citizen.check()
    lines = page.locator("tbody tr").all_inner_texts()
    assert len(lines) == 2
    assert "gaat over iets anders" in lines[0]
    assert WRITTEN not in page.content()
