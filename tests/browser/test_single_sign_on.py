"""Signing in through OpenID Connect, at a provider in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from tests.browser.site import READERS, Visitor
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in_browser
from tests.peers.openid import (
    ADDRESS,
    CLIENT_ID,
    CLIENT_SECRET,
    PASSWORD,
    STRANGER,
    UNCHECKED,
    running_provider,
)

from spreekruimte.config.single_sign_on import Provider, list_apps
from spreekruimte.organisations.models import Role, User

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("editor"),
    pytest.mark.parametrize("visitor", READERS[1:3], indirect=True, ids=str),
]


@pytest.fixture
def provider(site: str, tmp_path: Path) -> Iterator[str]:
    """The address of the provider."""
    with running_provider(tmp_path, f"{site}/account/oidc/sso/login/callback/") as address:
        yield address
    cache.clear()


@pytest.fixture
def editor(site: str) -> User:  # noqa: ARG001 - the rows are for that server
    organisation = make_organisation()
    make_member(organisation, Role.EDITOR, email=UNCHECKED)
    return make_member(organisation, Role.EDITOR, email=ADDRESS)


def trust(settings: Settings, address: str, *, second_factor: bool, addresses: bool) -> None:
    """Configure the provider as an operator would."""
    chosen = Provider(
        address, CLIENT_ID, CLIENT_SECRET, "Gemeenteaccount", second_factor, addresses
    )
    settings.OPENID_CONNECT = chosen
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": list_apps(chosen)}}


def sign_in_there(visitor: Visitor, email: str) -> Page:
    page = visitor.go("/account/login/?next=/desk/waterdam/cases/")
    visitor.check()
    page.get_by_role("link", name="Inloggen met Gemeenteaccount").click()
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"{visitor.site}/**")
    visitor.elsewhere.clear()
    visitor.complaints.clear()
    return page


def test_a_member_comes_in_and_nothing_told_there_is_kept(
    visitor: Visitor, editor: User, provider: str, settings: Settings
) -> None:
    trust(settings, provider, second_factor=True, addresses=False)
    page = sign_in_there(visitor, ADDRESS)
    assert page.url == f"{visitor.site}/desk/waterdam/cases/"
    account = SocialAccount.objects.get()
    assert (account.user, account.extra_data) == (editor, {})
    assert not SocialToken.objects.exists()

    again = visitor.another()
    page = sign_in_there(again, ADDRESS)
    assert page.url == f"{visitor.site}/desk/waterdam/cases/"
    assert SocialAccount.objects.get().extra_data == {}


def test_a_provider_that_asks_no_second_factor_is_not_enough(
    visitor: Visitor, provider: str, settings: Settings
) -> None:
    trust(settings, provider, second_factor=False, addresses=False)
    page = sign_in_there(visitor, ADDRESS)
    assert page.url == f"{visitor.site}/account/2fa/?next=/desk/waterdam/cases/"
    assert not Authenticator.objects.exists()


def test_nobody_comes_in_who_was_not_added(
    visitor: Visitor, provider: str, settings: Settings
) -> None:
    trust(settings, provider, second_factor=True, addresses=True)
    page = sign_in_there(visitor, STRANGER)
    expect(page.locator("h1")).to_have_text("U werkt hier nog niet")
    visitor.check()
    assert not SocialAccount.objects.exists()
    assert not User.objects.filter(email=STRANGER).exists()


@pytest.mark.parametrize("are_trusted", [True, False])
def test_an_address_that_was_not_checked_counts_only_if_the_operator_says_so(
    visitor: Visitor, provider: str, settings: Settings, are_trusted: bool
) -> None:
    trust(settings, provider, second_factor=True, addresses=are_trusted)
    sign_in_there(visitor, UNCHECKED)
    assert SocialAccount.objects.exists() is are_trusted


def test_nobody_connects_an_account_elsewhere_to_that_of_another(
    visitor: Visitor, provider: str, settings: Settings
) -> None:
    trust(settings, provider, second_factor=True, addresses=True)
    administrator = make_member(make_organisation("elsewhere"), email="admin@elsewhere.example")
    sign_in_browser(visitor.context, visitor.site, administrator)
    page = visitor.go("/account/oidc/sso/login/?process=connect")
    page.locator("[name=login]").fill(STRANGER)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("h1")).to_have_text("U werkt hier nog niet")
    assert not SocialAccount.objects.exists()
