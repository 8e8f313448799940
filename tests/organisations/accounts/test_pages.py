"""Every page of allauth: which are open, and how they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth import urls as allauth_urls
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from pytest_django.fixtures import Settings
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.organisations.accounts import urls
from spreekruimte.organisations.models import Role, User

pytestmark = pytest.mark.django_db

CLOSED = [
    "signup/",
    "signup/passkey/",
    "email/",
    "confirm-email/",
    "confirm-email/abc/",
    "password/set/",
    "login/code/",
    "login/code/confirm/",
    "phone/verify/",
    "phone/change/",
    "2fa/trust/",
    "2fa/webauthn/signup/",
    "3rdparty/",
    "3rdparty/signup/",
    "3rdparty/login/error/",
    "social/login/cancelled/",
    "social/signup/",
    "sessions/",
    "closed/password/",
    "closed/elsewhere/",
    "oidc/unknown/login/",
    "oidc/unknown/login/callback/",
    "",
]
FOR_STRANGERS = [
    "login/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
    "password/done/",
    "oidc/cancelled/",
]
FOR_MEMBERS = [
    "logout/",
    "erase/",
    "2fa/",
    "2fa/reauthenticate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/passkeys/",
    "2fa/passkeys/add/",
]
WITHOUT_CODE = re.compile(r"<script(?![^>]*\b(src=|type=\"application/json\"))[^>]*>")


@pytest.fixture
def member() -> User:
    user = make_member(make_organisation(), Role.EDITOR)
    user.set_password("paars fietsbel mosterd raam")
    user.save()
    return user


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest, settings: Settings) -> Iterator[str]:
    settings.LANGUAGE_CODE = request.param
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize("page", CLOSED)
def test_what_is_not_used_here_is_closed(client: Client, member: User, page: str) -> None:
    address = f"/account/{page}"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    sign_in(client, member)
    assert client.get(address).status_code == 404


def test_every_address_of_allauth_is_open_or_closed_on_purpose() -> None:
    ours = {pattern.name for pattern in urls.urlpatterns}
    theirs = {name for name in names_in(allauth_urls.urlpatterns) if name}
    assert (
        theirs - ours
        == {
            "account_confirm_email",
            "account_confirm_login_code",
            "account_email",
            "account_email_verification_sent",
            "account_signup",
            "mfa_signup_webauthn",
            "socialaccount_login_error",
            "socialaccount_signup",
        }
        & theirs
    )
    assert "account_signup" not in get_resolver().reverse_dict


@pytest.mark.parametrize("page", FOR_STRANGERS)
def test_a_page_for_strangers_is_ours(client: Client, language: str, page: str) -> None:
    look_at(client.get(f"/account/{page}").content.decode(), language)


@pytest.mark.parametrize("page", FOR_MEMBERS)
def test_a_page_for_members_is_ours(client: Client, member: User, language: str, page: str) -> None:
    sign_in(client, member)
    Authenticator.objects.create(
        user=member, type="recovery_codes", data={"seed": codes_seed(), "used_mask": 0}
    )
    response = client.get(f"/account/{page}")
    assert response.status_code == 200
    look_at(response.content.decode(), language)


@pytest.mark.parametrize("page", ["reauthenticate/", "password/change/", "2fa/totp/activate/"])
def test_a_page_without_a_second_factor_is_ours(
    client: Client, member: User, language: str, page: str
) -> None:
    client.post(
        "/account/login/", {"login": member.email, "password": "paars fietsbel mosterd raam"}
    )
    response = client.get(f"/account/{page}")
    assert response.status_code == 200
    look_at(response.content.decode(), language)


@pytest.mark.parametrize("page", [*FOR_MEMBERS, "reauthenticate/", "password/change/"])
def test_a_stranger_sees_no_page_for_members(client: Client, page: str) -> None:
    response = client.get(f"/account/{page}")
    assert response.status_code == 302
    assert response["Location"].startswith(("/account/login/", "/"))


def look_at(text: str, language: str) -> None:
    assert f'<html lang="{language}">' in text
    assert '<main id="main"' in text
    assert text.count("<h1") == 1
    assert not WITHOUT_CODE.search(text)
    assert " style=" not in text
    assert not re.search(r"\bon\w+=", text)
    if language == "nl":
        main = re.sub(r"<[^>]*>", " ", text[text.index("<main") : text.index("</main>")])
        assert not re.search(r"\b(je|jij|jouw|jou)\b", main, re.IGNORECASE)
        assert not re.search(r"\b(your|the|password)\b", main, re.IGNORECASE)


def names_in(patterns: list[URLPattern | URLResolver]) -> Iterator[str | None]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_in(pattern.url_patterns)
        else:
            yield pattern.name


def codes_seed() -> str:
    from allauth.mfa.utils import encrypt

    return str(encrypt("ab" * 40))
