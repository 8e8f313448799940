"""What goes wrong on the way to a provider of OpenID Connect, and back."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from spreekruimte.config.single_sign_on import Provider, list_apps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    """A provider that does not answer."""
    settings.LANGUAGE_CODE = "en"
    settings.OPENID_CONNECT = Provider(
        "http://127.0.0.1:1", "us", "secret", "City", asks_second_factor=True, checks_addresses=True
    )
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": list_apps(settings.OPENID_CONNECT)}
    }


@pytest.mark.parametrize(
    "query",
    ["", "?code=x", "?code=x&state=y", "?error=access_denied", "?state=%00&code=%F0%9F%92%A5"],
)
def test_an_answer_that_was_not_asked_for_is_refused(client: Client, query: str) -> None:
    page = client.get(f"/account/oidc/sso/login/callback/{query}")
    assert page.status_code == 401
    assert "Signing in did not work" in page.content.decode()
    assert client.get("/desk/").status_code == 302


def test_a_provider_that_is_down_is_told_so(client: Client) -> None:
    page = client.get("/account/oidc/sso/login/")
    assert page.status_code == 502
    assert "Signing in did not work" in page.content.decode()


def test_another_provider_is_not_found(client: Client) -> None:
    assert client.get("/account/oidc/other/login/").status_code == 404
    assert client.get("/account/oidc/other/login/callback/").status_code == 404
