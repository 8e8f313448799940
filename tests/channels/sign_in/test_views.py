"""Citizens come in with an account elsewhere, and nothing of it is kept."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from tests.ballots.views.citizen import Citizen, read, stored
from tests.channels.sign_in.visiting import ask_now, come_back, leave, link_in
from tests.peers.pds import Network
from tests.peers.snac import Snac

from spreekruimte.ballots.models import Participation
from spreekruimte.channels.sign_in.views import MOST_SIGN_INS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_tried() -> None:
    cache.clear()


def tiers() -> list[tuple[str, str]]:
    return list(Participation.objects.order_by("pk").values_list("tier", "channel"))


def enter_with_mastodon(citizen: Citizen, snac: Snac, name: str) -> str:
    page = leave(citizen, "mastodon", f"{snac.origin}/{name}")
    back = urlsplit(snac.sign_in(name, address=link_in(page)))
    brought = {key: values[0] for key, values in parse_qs(back.query).items()}
    sent = come_back(citizen, "mastodon", brought)
    assert sent.status_code == 302, sent.content.decode()
    return str(citizen.client.get(sent["Location"])["Location"])


def enter_with_bluesky(citizen: Citizen, network: Network, name: str) -> str:
    citizen.client.defaults["HTTP_HOST"] = "127.0.0.1:8000"
    person = network.person(name)
    page = leave(citizen, "bluesky", f"@{person.name}")
    sent = come_back(citizen, "bluesky", network.sign_in(person, link_in(page)))
    assert sent.status_code == 302, sent.content.decode()
    return str(citizen.client.get(sent["Location"])["Location"])


def test_an_account_on_mastodon_tells_people_apart_and_is_not_kept(snac: Snac) -> None:
    round_ = ask_now()
    for name, answer in (("alice", 1), ("alice", -1), ("bob", 1)):
        citizen = Citizen(round_.case_id)
        entered = enter_with_mastodon(citizen, snac, name)
        assert entered == citizen.address("case") + "?note=entered"
        citizen.judge(answer)

    assert tiers() == [("mastodon", "open"), ("mastodon", "open")]
    assert not Session.objects.exists()
    assert not [each for each in ("alice", "bob", snac.host) if each in stored()]


def test_an_account_on_bluesky_tells_people_apart_and_is_not_kept(network: Network) -> None:
    round_ = ask_now()
    for answer in (1, -1):
        citizen = Citizen(round_.case_id)
        entered = enter_with_bluesky(citizen, network, "burger")
        assert entered == citizen.address("case") + "?note=entered"
        citizen.judge(answer)

    assert tiers() == [("bluesky", "open")]
    assert not Session.objects.exists()
    assert network.person("burger").did not in stored()


def test_what_the_browser_carries_tells_nobody_who_it_is(network: Network) -> None:
    citizen = Citizen(ask_now().case_id)
    citizen.client.defaults["HTTP_HOST"] = "127.0.0.1:8000"
    leave(citizen, "bluesky", network.person("burger").name)
    carried = citizen.client.cookies["sign-in"]
    assert network.person("burger").did not in carried.value
    assert (carried["httponly"], carried["samesite"], carried["path"]) == (True, "Lax", "/sign-in/")


def test_who_has_voted_in_this_browser_does_not_come_in_as_another(snac: Snac) -> None:
    citizen = Citizen(ask_now().case_id)
    citizen.judge()
    page = leave(citizen, "mastodon", f"{snac.origin}/alice")
    back = urlsplit(snac.sign_in("alice", address=link_in(page)))
    brought = {key: values[0] for key, values in parse_qs(back.query).items()}
    refused = citizen.client.get(come_back(citizen, "mastodon", brought)["Location"])
    assert refused.status_code == 409
    assert tiers() == [("browser", "open")]


def test_who_comes_back_with_the_code_of_another_sign_in_is_not_let_in(snac: Snac) -> None:
    round_ = ask_now()
    victim, attacker = Citizen(round_.case_id), Citizen(round_.case_id)
    page = leave(attacker, "mastodon", f"{snac.origin}/alice")
    back = urlsplit(snac.sign_in("alice", address=link_in(page)))
    brought = {key: values[0] for key, values in parse_qs(back.query).items()}
    leave(victim, "mastodon", f"{snac.origin}/bob")

    answer = come_back(victim, "mastodon", brought)

    assert answer.status_code == 400
    assert "shown" not in victim.client.cookies


def test_the_token_is_given_up_at_once(snac: Snac) -> None:
    before = set((snac.folder / "token").iterdir())
    enter_with_mastodon(Citizen(ask_now().case_id), snac, "alice")
    assert set((snac.folder / "token").iterdir()) <= before


@pytest.mark.parametrize("way", ["mastodon", "bluesky"])
def test_who_comes_back_without_having_left_is_told_so(way: str) -> None:
    answer = come_back(Citizen(ask_now().case_id), way, {"code": "c", "state": "s"})
    assert answer.status_code == 410
    assert "andere browser" in read(answer) or "another browser" in read(answer)


@pytest.mark.parametrize(
    ("way", "account"),
    [
        ("mastodon", "nobody"),
        ("mastodon", "@alice@localhost"),
        ("mastodon", "http://127.0.0.1:9/@alice"),
        ("mastodon", "@alice@10.0.0.1"),
        ("mastodon", "https://social.example:99999/@alice"),
        ("bluesky", "nobody"),
        ("bluesky", "did:web:127.0.0.1"),
        ("bluesky", "x" * 253),
        ("bluesky", ""),
    ],
)
def test_what_is_no_account_is_said_beside_it(way: str, account: str) -> None:
    answer = leave(Citizen(ask_now().case_id), way, account)
    assert answer.status_code == 400
    assert "sign-in" not in answer.cookies


def test_nobody_tries_without_end() -> None:
    citizen = Citizen(ask_now().case_id)
    statuses = [
        leave(citizen, "mastodon", "nobody").status_code for _try in range(MOST_SIGN_INS + 1)
    ]
    assert statuses == [400] * MOST_SIGN_INS + [429]


def test_a_way_that_does_not_exist_is_not_found() -> None:
    citizen = Citizen(ask_now().case_id)
    assert citizen.client.get(f"/cases/{citizen.case_id}/sign-in/myspace/").status_code == 404
    assert citizen.client.get("/sign-in/myspace/").status_code == 404


def test_the_case_offers_both_ways() -> None:
    page = Citizen(ask_now().case_id).go().content.decode()
    for way in ("mastodon", "bluesky"):
        assert f'/sign-in/{way}/"' in page


def test_servers_of_bluesky_can_read_who_asks() -> None:
    told = Citizen(ask_now().case_id).client.get("/sign-in/bluesky/client.json", secure=True).json()
    assert told["client_id"] == "https://testserver/sign-in/bluesky/client.json"
    assert told["redirect_uris"] == ["https://testserver/sign-in/bluesky/"]
    assert (told["scope"], told["dpop_bound_access_tokens"]) == ("atproto", True)
