"""Talk about a case in a browser: ask, answer, agree, moderate, reply by code, by keyboard too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.browser.site import Visitor
from tests.cases.stored import TODAY, code_of, in_state
from tests.dialogue.messages import receive, say
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in_browser
from tests.verdicts.results import ended, judge

from spreekruimte.ballots.actions.rounds import open_round
from spreekruimte.ballots.models import Moderation, Round
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.organisations.models import OPERATOR, Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("at_soon", "storage"),
]

LONG = "Eenheellangwoordzonderspaties" * 8


@pytest.fixture
def round_(site: str) -> Round:  # noqa: ARG001 - with the database of the site
    round_ = ended(people=60)
    judge(round_)
    return round_


def test_a_citizen_asks_answers_and_agrees(visitor: Visitor, round_: Round) -> None:
    message = say(round_.case)
    for number in range(4):
        message = say(round_.case, f"{LONG} {number}", parent=message)
    page = visitor.go(f"/cases/{round_.case_id}/dialogue/")
    visitor.check()
    visitor.tab_to(f"#message-{message.pk} button[value='1']")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#message-{message.pk} [aria-pressed=true]")
    assert MessageVote.objects.get().answer == 1
    page = visitor.go(f"/cases/{round_.case_id}/dialogue/new/")
    visitor.tab_to("main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("main [role=alert]")
    visitor.check()
    page.fill("[name=content]", "Hoe denkt de organisatie hierover?")
    page.click("main form button[type=submit]")
    page.wait_for_selector("section[aria-labelledby=own]")
    visitor.check()
    assert Message.objects.filter(content__startswith="Hoe denkt").exists()
    visitor.go(f"/organisations/{round_.case.organisation.slug}/dialogue/")
    visitor.check()


@pytest.fixture
def asked(site: str) -> Case:  # noqa: ARG001 - with the database of the site
    case = in_state("ready", "own_case")
    now = timezone.now()
    open_round(
        case=case,
        closes_at=now + timedelta(days=7),
        moderation=Moderation.BEFORE,
        seeds=[],
        new_key=b"k" * 32,
        actor=OPERATOR,
        today=TODAY,
        now=now,
    )
    return Case.objects.get(pk=case.pk)


def test_a_message_is_shown_turned_and_answered(visitor: Visitor, asked: Case) -> None:
    message = receive(asked)
    slug = asked.organisation.slug
    user = make_member(asked.organisation, Role.MODERATOR, email="moderator@waterdam.example")
    sign_in_browser(visitor.context, visitor.site, user)
    page = visitor.go(f"/desk/{slug}/messages/")
    visitor.check()
    visitor.tab_to("button[value=show]")
    page.keyboard.press("Enter")
    page.wait_for_selector("section[aria-labelledby=part-shown] article")
    visitor.check()
    page.click("section[aria-labelledby=part-shown] article a")
    visitor.check()
    servant = visitor.another()
    page = servant.go("/reply/")
    servant.check()
    page.fill("[name=code]", code_of(asked))
    page.click("main form button[type=submit]")
    page.wait_for_selector("[name=parent]")
    servant.check()
    page.select_option("[name=parent]", str(message.pk))
    page.fill("[name=content]", "Ik heb het zo bedoeld.")
    page.click("main form:has([name=content]) button[type=submit]")
    page.wait_for_selector("main li q:text('Ik heb het zo bedoeld.')")
    servant.check()
    assert Message.objects.get(speaker="servant").parent == message
