"""Ask a case on a network as an editor: connect, preview, order, follow what goes out, stop it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from tests.browser.site import Visitor
from tests.channels.asking import order, round_now, send_all
from tests.channels.conftest import _unhurried, abroad, home, trusted
from tests.channels.networks import InMemory, connect_in_memory, network
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in_browser
from tests.peers.snac import Snac

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Round
from spreekruimte.channels.models import Account, Act, Publication, Stop
from spreekruimte.channels.network import NotTakenError, SignedOutError, TryLaterError
from spreekruimte.organisations.models import OPERATOR, Role

__all__ = ["_unhurried", "abroad", "home", "network", "trusted"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Een ambtenaar schrijft over een plan. Mag dat?"


@pytest.fixture
def round_(site: str) -> Round:  # noqa: ARG001 - with the database of the site
    return round_now()


@pytest.fixture
def editor(visitor: Visitor, round_: Round) -> Visitor:
    user = make_member(round_.case.organisation, Role.EDITOR, email="editor@waterdam.example")
    sign_in_browser(visitor.context, visitor.site, user)
    return visitor


def channels(round_: Round, rest: str = "") -> str:
    return f"/desk/{round_.case.organisation.slug}/channels/{rest}"


def ask(round_: Round) -> str:
    return f"/desk/{round_.case.organisation.slug}/cases/{round_.case_id}/channels/"


def test_an_editor_is_told_what_is_wrong_with_an_account_to_connect(
    editor: Visitor, round_: Round
) -> None:
    page = editor.go(channels(round_))
    editor.check()
    page.click("a:text-is('Koppel een account op Mastodon')")
    editor.check()
    editor.tab_to("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".errors")
    page.fill("[name=server]", "geen server")
    page.click("main form button[type=submit]")
    page.wait_for_selector(".errors")
    editor.check()
    page = editor.go(channels(round_, "bluesky/"))
    editor.check()
    editor.tab_to("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".errors")
    editor.check()
    editor.go(channels(round_, "closed-networks/"))
    editor.check()
    editor.go(ask(round_))
    editor.check()
    assert Account.objects.count() == 0


def test_an_account_is_connected_where_its_owner_says_yes(
    trusted: Snac, editor: Visitor, round_: Round
) -> None:
    page = editor.go(channels(round_, "mastodon/"))
    page.fill("[name=server]", trusted.origin)
    editor.tab_to("main button[type=submit]")
    page.keyboard.press("Enter")
    link = page.locator("a[rel=noreferrer][href*=oauth]")
    link.wait_for()
    editor.check()
    back = urlsplit(trusted.sign_in("gemeente", address=link.get_attribute("href") or ""))
    page = editor.go(f"{back.path}?{back.query}")
    page.wait_for_selector("#messages :text('Het account is gekoppeld.')")
    editor.check()
    assert Account.objects.get().server == trusted.origin


def test_an_editor_sees_what_will_be_posted_posts_it_and_takes_it_back(
    network: InMemory, editor: Visitor, round_: Round
) -> None:
    connect_in_memory(round_)
    page = editor.go(ask(round_))
    editor.check()
    page.fill("[name=text]", "x" * 501)
    editor.tab_to("button[name=preview]")
    page.keyboard.press("Enter")
    page.wait_for_selector("section[aria-labelledby=preview] strong")
    editor.check()
    assert page.locator("button[name=order]").count() == 0
    page.fill("[name=text]", TEXT)
    page.click("button[name=preview]")
    page.wait_for_selector(f"blockquote :text('{TEXT}')")
    editor.check()
    editor.tab_to("button[name=order]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#messages")
    editor.check()
    page = editor.go(channels(round_))
    editor.check()
    editor.tab_to("form[action$='/take-back/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action$='/again/']")
    editor.check()
    assert (Act.objects.get().state, network.posted) == ("stopped", {})


def test_one_button_stops_everything_and_another_lets_it_go_on(
    network: InMemory, editor: Visitor, round_: Round
) -> None:
    order(round_, connect_in_memory(round_))
    page = editor.go(channels(round_))
    editor.tab_to("form[action$='/stop/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action$='/resume/']")
    editor.check()
    assert (Stop.objects.count(), send_all(), network.posted) == (1, 0, {})
    editor.tab_to("form[action$='/resume/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action$='/stop/']")
    editor.check()
    assert (Stop.objects.count(), send_all()) == (0, 1)


def test_an_editor_reads_how_accounts_do_and_what_went_wrong(
    network: InMemory, editor: Visitor, round_: Round
) -> None:
    long = "https://sociaal.example/een-heel-lang-adres-zonder-spaties" * 3
    for number, problem in enumerate(
        (
            TryLaterError(f"503 {long}"),
            NotTakenError("422 Validation failed: Text is too long"),
            SignedOutError("401 The access token was revoked"),
        )
    ):
        network.before.append(problem)
        order(round_, connect_in_memory(round_, str(number)))
        send_all()
    order(round_, connect_in_memory(round_, "4"))
    send_all()
    page = editor.go(channels(round_))
    editor.check()
    assert "401" in page.inner_text("main")
    assert {act.state for act in Act.objects.all()} >= {"waiting", "failed", "sent"}
    Publication.objects.filter(posted_at__isnull=False).update(
        tally=[731, 25, 3], read_at=timezone.now()
    )
    editor.go(ask(round_))
    editor.check()
    end_round(round=round_, step="close", actor=OPERATOR, now=timezone.now())
    editor.go(f"/cases/{round_.case_id}/polls/")
    editor.check()
    editor.go("/bot/")
    editor.check()
