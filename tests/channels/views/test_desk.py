from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from tests.channels.asking import order, round_now, send_all
from tests.channels.networks import InMemory, connect_in_memory, network
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in
from tests.peers.snac import Snac

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Round
from spreekruimte.channels.models import Account, Act, AppRegistration, Publication, Stop
from spreekruimte.organisations.models import OPERATOR, Role

__all__ = ["network"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return round_now()


@pytest.fixture
def editor(round_: Round) -> Client:
    return sign_in(
        Client(), make_member(round_.case.organisation, Role.EDITOR, email="e@x.example")
    )


def path(round_: Round, rest: str = "") -> str:
    return f"/desk/{round_.case.organisation.slug}/channels/{rest}"


def ask(round_: Round) -> str:
    return f"/desk/{round_.case.organisation.slug}/cases/{round_.case_id}/channels/"


def form(account: Account, text: str, **button: str) -> dict[str, Any]:
    return {"account": account.pk, "language": "nl", "text": text, **button}


def test_an_editor_sees_exactly_what_will_be_posted_and_posts_it(
    network: InMemory, round_: Round, editor: Client
) -> None:
    account = connect_in_memory(round_)
    shown = editor.get(ask(round_)).content.decode()
    assert "Een ambtenaar schrijft over een plan." in shown
    text = "Een ambtenaar schrijft over een plan. Mag dat?"
    preview = editor.post(ask(round_), form(account, text, preview="1"))
    assert preview.status_code == 200
    assert preview.context["preview"].length == len(text)
    assert Act.objects.count() == 0
    assert editor.post(ask(round_), form(account, text, order="1")).status_code == 302
    assert send_all() == 1
    assert network.posted["1"].text == text
    assert editor.post(ask(round_), form(account, text, order="1")).status_code == 409


def test_what_does_not_fit_or_leads_to_a_person_is_refused_before_it_is_sent(
    network: InMemory, round_: Round, editor: Client
) -> None:
    account = connect_in_memory(round_)
    for text in ("x" * 501, "Bel 06-12345678 of mail jan@voorbeeld.nl"):
        assert editor.post(ask(round_), form(account, text, order="1")).status_code == 409
    assert editor.post(ask(round_), form(account, "", order="1")).status_code == 400
    assert Act.objects.count() == 0
    assert network.posted == {}


def test_one_button_stops_everything_and_another_lets_it_go_on(
    network: InMemory, round_: Round, editor: Client
) -> None:
    order(round_, connect_in_memory(round_))
    assert editor.post(path(round_, "stop/")).status_code == 302
    assert Stop.objects.count() == 1
    assert send_all() == 0
    assert editor.get(path(round_)).status_code == 200
    assert editor.post(path(round_, "resume/")).status_code == 302
    assert send_all() == 1
    assert len(network.posted) == 1


def test_an_act_is_taken_back_sent_after_all_and_taken_away(
    network: InMemory, round_: Round, editor: Client
) -> None:
    order(round_, connect_in_memory(round_))
    act = Act.objects.get()
    for step, state in (("take-back", "stopped"), ("again", "waiting")):
        assert editor.post(path(round_, f"acts/{act.pk}/{step}/")).status_code == 302
        assert Act.objects.get().state == state
    send_all()
    assert editor.post(path(round_, f"acts/{act.pk}/withdraw/")).status_code == 302
    send_all()
    assert network.posted == {}
    account = Account.objects.get()
    assert editor.post(path(round_, f"accounts/{account.pk}/disconnect/")).status_code == 302
    assert Account.objects.get().credentials == ""


def test_others_may_not_change_anything(network: InMemory, round_: Round) -> None:
    connect_in_memory(round_)
    auditor = make_member(round_.case.organisation, Role.AUDITOR, email="a@x.example")
    client = sign_in(Client(), auditor)
    assert client.get(path(round_)).status_code == 200
    assert client.get(path(round_, "closed-networks/")).status_code == 200
    assert client.post(path(round_, "stop/")).status_code == 403
    assert client.post(ask(round_), {"order": "1"}).status_code == 200
    assert (Act.objects.count(), Stop.objects.count()) == (0, 0)
    assert network.posted == {}


def test_everybody_reads_what_our_accounts_do() -> None:
    page = Client().get("/bot/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Spreekruimte/" in page.content.decode()


def test_counts_of_polls_are_shown_apart_and_not_before_the_end(
    network: InMemory, round_: Round
) -> None:
    publication = order(round_, connect_in_memory(round_))
    send_all()
    Publication.objects.update(tally=[731, 25, 3])
    assert Client().get(f"/cases/{round_.case_id}/polls/").status_code == 302
    end_round(round=round_, step="close", actor=OPERATOR, now=timezone.now())
    page = Client().get(f"/cases/{round_.case_id}/polls/").content.decode()
    assert "731" in page
    assert publication.account.name in page
    assert len(network.posted) == 1


def test_an_account_is_connected_on_a_real_server(
    trusted: Snac, round_: Round, editor: Client
) -> None:
    page = editor.post(path(round_, "mastodon/"), {"server": trusted.origin})
    assert page.status_code == 200
    way = page.context["way"]
    asked = parse_qs(urlsplit(way).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = urlsplit(trusted.sign_in("gemeente", address=way))
    middle = editor.get(f"{back.path}?{back.query}")
    assert middle.status_code == 302
    assert editor.get(middle["location"]).status_code == 302
    account = Account.objects.get()
    assert (account.name, account.state) == (f"@gemeente@{trusted.host}", "connected")
    assert AppRegistration.objects.count() == 1
    # The way back is good once.
    assert editor.get(middle["location"]).status_code == 400


@pytest.mark.parametrize("typed", ["", "localhost", "http://social.example", "a b", "x@y:z"])
def test_what_is_no_server_is_not_asked(round_: Round, editor: Client, typed: str) -> None:
    assert editor.post(path(round_, "mastodon/"), {"server": typed}).status_code == 400


def test_a_server_on_a_private_network_is_not_asked(round_: Round, editor: Client) -> None:
    answer = editor.post(path(round_, "mastodon/"), {"server": "10.0.0.1"})
    assert answer.status_code == 502
    assert AppRegistration.objects.count() == 0


def test_nobody_comes_back_who_did_not_leave(editor: Client) -> None:
    assert editor.get("/channels/mastodon/back/?code=x&state=y").status_code == 400
