"""An editor connects an account on Bluesky with an app password."""

from __future__ import annotations

import pytest
from tests.cases.views.desks import Desk, read
from tests.organisations.people import make_organisation
from tests.peers.pds import Network

from spreekruimte.channels.connections import connection_of, network_of
from spreekruimte.channels.models import Account

pytestmark = pytest.mark.django_db


def address_of(desk: Desk) -> str:
    return f"/desk/{desk.organisation.slug}/channels/bluesky/"


def test_an_account_is_connected_marked_and_can_be_asked_by(network: Network) -> None:
    desk, person = Desk(), network.newcomer()
    password = person.make_app_password()

    sent = desk.client.post(address_of(desk), {"name": person.name, "password": password})

    assert sent["Location"] == f"/desk/{desk.organisation.slug}/channels/"
    account = Account.objects.get()
    assert (account.network, account.server, account.identifier, account.name) == (
        "bluesky",
        network.server,
        person.did,
        f"@{person.name}",
    )
    assert password not in account.credentials
    [profile] = person.records("app.bsky.actor.profile")
    assert profile["value"]["labels"]["values"] == [{"val": "bot"}]
    said = person.say("Hallo.")
    assert not network_of(account).read(connection_of(account), said["uri"]).is_gone


def test_a_password_that_is_not_right_connects_nothing(network: Network) -> None:
    desk = Desk()
    given = {"name": network.person("burger").name, "password": "abcd-efgh-ijkl-mnop"}
    page = desk.client.post(address_of(desk), given)
    assert page.status_code == 502
    assert "This did not work" in read(page)
    assert "abcd-efgh" not in page.content.decode()
    assert not Account.objects.exists()


def test_an_account_of_another_organisation_is_not_taken_over(network: Network) -> None:
    desk, person = Desk(), network.newcomer()
    given = {"name": person.name, "password": person.make_app_password()}
    desk.client.post(address_of(desk), given)
    other = Desk(make_organisation("elders"), email="editor@elders.example")
    assert other.client.post(address_of(other), given).status_code == 409


def test_the_page_asks_for_both() -> None:
    desk = Desk()
    assert desk.client.get(address_of(desk)).status_code == 200
    assert desk.client.post(address_of(desk), {"name": "x"}).status_code == 400
