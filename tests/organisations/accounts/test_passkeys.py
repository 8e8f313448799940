"""What is no passkey is refused with a sentence, wherever one can be sent."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import Client
from pytest_django.fixtures import Settings
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.organisations.models import Role, User

pytestmark = pytest.mark.django_db

SAID = {
    "clientDataJSON": "e30",
    "authenticatorData": "AAAA",
    "attestationObject": "oA",
    "signature": "AAAA",
    "userHandle": "MQ",
}
ANSWER = {"type": "public-key", "id": "AAAA", "rawId": "AAAA", "response": SAID}
NO_PASSKEYS = {
    "nothing": "",
    "no JSON": "{",
    "null": "null",
    "a number": "7",
    "a list": "[]",
    "a text": json.dumps("x"),
    "empty": "{}",
    "wrong types": json.dumps({"id": 1, "rawId": [], "response": "x", "type": {}}),
    "empty answer": json.dumps({**ANSWER, "response": {}}),
    "answer null": json.dumps({**ANSWER, "response": None}),
    "no holder": json.dumps({**ANSWER, "response": {**SAID, "userHandle": None}}),
    "odd holder": json.dumps({**ANSWER, "response": {**SAID, "userHandle": "_w"}}),
    "huge holder": json.dumps(
        {**ANSWER, "response": {**SAID, "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}
    ),
    "no base64": json.dumps({**ANSWER, "id": "💥", "rawId": "💥"}),
    "invented": json.dumps(ANSWER),
    "deep": "[" * 5000 + "]" * 5000,
}


@pytest.fixture(autouse=True)
def english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(params=NO_PASSKEYS)
def invented(request: pytest.FixtureRequest) -> str:
    return NO_PASSKEYS[request.param]


@pytest.fixture
def member() -> User:
    return make_member(make_organisation(), Role.EDITOR)


@pytest.mark.usefixtures("member")
def test_nobody_signs_in_with_an_invented_passkey(client: Client, invented: str) -> None:
    client.get("/account/2fa/passkeys/login/", headers={"accept": "application/json"})
    page = client.post("/account/2fa/passkeys/login/", {"credential": invented})
    assert page.status_code == 400
    assert "This passkey did not work" in page.content.decode()
    assert client.get("/desk/").status_code == 302


def test_an_invented_passkey_is_not_stored(client: Client, member: User, invented: str) -> None:
    sign_in(client, member)
    client.get("/account/2fa/passkeys/add/")
    page = client.post("/account/2fa/passkeys/add/", {"name": "x", "credential": invented})
    assert page.status_code == 400
    assert "utrecht-alert--error" in page.content.decode()
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_an_invented_passkey_is_no_second_step(client: Client, member: User, invented: str) -> None:
    member.set_password("paars fietsbel mosterd raam")
    member.save()
    sign_in(Client(), member)
    client.post(
        "/account/login/", {"login": member.email, "password": "paars fietsbel mosterd raam"}
    )
    client.get("/account/2fa/authenticate/")
    page = client.post("/account/2fa/authenticate/", {"credential": invented})
    assert page.status_code == 400
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("name", ["", "x" * 101, "x" * 100_000])
def test_a_passkey_needs_a_name_that_fits(client: Client, member: User, name: str) -> None:
    sign_in(client, member)
    key = WebAuthn.add(member, "Phone", {}).instance
    page = client.post(f"/account/2fa/passkeys/{key.pk}/edit/", {"name": name})
    assert page.status_code == 400
    key.refresh_from_db()
    assert key.data["name"] == "Phone"


def test_the_passkey_of_another_is_not_found(client: Client, member: User) -> None:
    other = make_member(make_organisation("elsewhere"), email="other@elsewhere.example")
    key = WebAuthn.add(other, "Phone", {}).instance
    sign_in(client, member)
    for change in ("edit", "remove"):
        address = f"/account/2fa/passkeys/{key.pk}/{change}/"
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
