import pytest
from django.core.exceptions import ImproperlyConfigured

from spreekruimte.config.single_sign_on import Provider, choose_provider, list_apps

ISSUER = {
    "SPREEKRUIMTE_OIDC_ISSUER": "https://sso.example/city/",
    "SPREEKRUIMTE_OIDC_CLIENT_ID": "room",
    "SPREEKRUIMTE_OIDC_CLIENT_SECRET": "secret",
}


def test_without_an_address_there_is_none() -> None:
    assert choose_provider({}) is None
    assert list_apps(None) == []


def test_a_provider_is_called_by_its_host_and_trusted_with_nothing_else() -> None:
    assert choose_provider(ISSUER) == Provider(
        issuer="https://sso.example/city",
        client_id="room",
        client_secret="secret",  # noqa: S106
        name="sso.example",
        asks_second_factor=False,
        checks_addresses=False,
    )


def test_a_provider_can_have_a_name_and_be_trusted() -> None:
    provider = choose_provider(
        {
            **ISSUER,
            "SPREEKRUIMTE_OIDC_NAME": "City account",
            "SPREEKRUIMTE_OIDC_SECOND_FACTOR": "yes",
            "SPREEKRUIMTE_OIDC_CHECKED_ADDRESSES": "yes",
        }
    )
    assert provider is not None
    assert (provider.name, provider.asks_second_factor, provider.checks_addresses) == (
        "City account",
        True,
        True,
    )
    assert list_apps(provider)[0]["settings"] == {
        "server_url": "https://sso.example/city",
        "oauth_pkce_enabled": True,
        "verified_email": True,
    }


def test_a_provider_on_this_machine_needs_no_encryption() -> None:
    assert choose_provider({**ISSUER, "SPREEKRUIMTE_OIDC_ISSUER": "http://127.0.0.1:9000"})


@pytest.mark.parametrize("issuer", ["http://sso.example", "sso.example", "ftp://localhost"])
def test_a_provider_that_keeps_no_secrets_is_refused(issuer: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="https"):
        choose_provider({**ISSUER, "SPREEKRUIMTE_OIDC_ISSUER": issuer})


@pytest.mark.parametrize("part", ["CLIENT_ID", "CLIENT_SECRET"])
def test_half_a_provider_is_refused(part: str) -> None:
    name = f"SPREEKRUIMTE_OIDC_{part}"
    with pytest.raises(ImproperlyConfigured, match=name):
        choose_provider({**ISSUER, name: ""})


@pytest.mark.parametrize("part", ["SECOND_FACTOR", "CHECKED_ADDRESSES"])
def test_trust_is_yes_or_no(part: str) -> None:
    name = f"SPREEKRUIMTE_OIDC_{part}"
    with pytest.raises(ImproperlyConfigured, match=name):
        choose_provider({**ISSUER, name: "probably"})
