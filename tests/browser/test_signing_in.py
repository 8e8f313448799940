"""Signing in, as people do it: with a password and an app, and with a passkey."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from tests.browser.site import READERS, Visitor
from tests.organisations.accounts.passing import PASSWORD, code_of
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in_browser

from spreekruimte.organisations.accounts.links import link_to_choose_password
from spreekruimte.organisations.models import Role, User

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("member"),
]
# A passkey needs them.
with_scripts = pytest.mark.parametrize(
    "visitor", [reader for reader in READERS if reader.scripts], indirect=True, ids=str
)


@pytest.fixture
def member(site: str) -> User:  # noqa: ARG001 - the rows are for that server
    return make_member(make_organisation(), Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def unhurried() -> Iterator[None]:
    """Nobody who signs in here is slowed down for who did so in the test before."""
    yield
    cache.clear()


def test_a_new_member_chooses_a_password_and_sets_up_an_app(visitor: Visitor, member: User) -> None:
    page = visitor.go(link_to_choose_password(member))
    visitor.check()
    fill(page, {"password1": PASSWORD, "password2": f"{PASSWORD}."}, "Wachtwoord opslaan")
    expect(page.locator(".utrecht-alert--error")).to_contain_text("niet gelijk")
    visitor.check()
    fill(page, {"password1": PASSWORD, "password2": PASSWORD}, "Wachtwoord opslaan")
    visitor.check()
    page.get_by_role("main").get_by_role("link", name="Inloggen").click()

    visitor.check()
    fill(page, {"login": member.email, "password": "verkeerd"}, "Inloggen")
    visitor.check()
    fill(page, {"login": member.email, "password": PASSWORD}, "Inloggen")
    expect(page.locator("h1")).to_have_text("Bureau")
    visitor.check()

    page.get_by_role("link", name="Medewerkers").click()
    expect(page.locator("h1")).to_have_text("Hoe u inlogt")
    visitor.check()
    page.get_by_role("link", name="Een app instellen").click()
    visitor.check()
    secret = page.locator("code").inner_text()
    fill(page, {"code": "000000"}, "Instellen")
    visitor.check()
    secret = page.locator("code").inner_text()
    fill(page, {"code": code_of(secret)}, "Instellen")
    expect(page.locator("h1")).to_have_text("Herstelcodes")
    visitor.check()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.locator("h1")).to_have_text(re.compile("Medewerkers van"))
    visitor.check()

    sign_out(page)
    cache.clear()
    visitor.go("/desk/waterdam/members/")
    fill(page, {"login": member.email, "password": PASSWORD}, "Inloggen")
    expect(page.locator("h1")).to_have_text("Tweede stap")
    visitor.check()
    fill(page, {"code": code_of(secret)}, "Inloggen")
    expect(page.locator("h1")).to_have_text(re.compile("Medewerkers van"))


@with_scripts
def test_a_member_signs_in_with_a_passkey_alone(visitor: Visitor, member: User) -> None:
    page = visitor.page
    plug_in_authenticator(page)
    sign_in_browser(visitor.context, visitor.site, member)
    visitor.go("/account/2fa/passkeys/add/")
    visitor.check()
    fill(page, {"name": "Telefoon"}, "Passkey toevoegen")
    expect(page.locator("h1")).to_have_text("Herstelcodes")
    visitor.go("/account/2fa/passkeys/")
    expect(page.get_by_role("rowheader", name="Telefoon")).to_be_visible()
    visitor.check()

    page.get_by_role("link", name="Hernoem Telefoon").click()
    visitor.check()
    fill(page, {"name": "Sleutel"}, "Opslaan")
    expect(page.get_by_role("rowheader", name="Sleutel")).to_be_visible()

    sign_out(page)
    visitor.go("/account/login/?next=/desk/waterdam/members/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.locator("h1")).to_have_text(re.compile("Medewerkers van"))

    visitor.go("/account/2fa/passkeys/reauthenticate/?next=/desk/")
    visitor.check()
    page.get_by_role("button", name="Een passkey gebruiken").click()
    expect(page.locator("h1")).to_have_text("Bureau")

    visitor.go("/account/2fa/passkeys/")
    page.get_by_role("link", name="Verwijder Sleutel").click()
    visitor.check()
    page.get_by_role("button", name="Passkey verwijderen").click()
    expect(page.get_by_role("main")).to_contain_text("U hebt nog geen passkey.")
    visitor.check()


@with_scripts
def test_a_passkey_is_a_second_step_after_a_password(visitor: Visitor, member: User) -> None:
    page = visitor.page
    plug_in_authenticator(page)
    member.set_password(PASSWORD)
    member.save()
    visitor.go("/account/login/?next=/account/2fa/passkeys/add/")
    fill(page, {"login": member.email, "password": PASSWORD}, "Inloggen")
    fill(page, {"name": ""}, "Passkey toevoegen")
    expect(page.locator("h1")).to_have_text("Herstelcodes")
    sign_out(page)
    visitor.go("/account/login/")
    fill(page, {"login": member.email, "password": PASSWORD}, "Inloggen")
    expect(page.locator("h1")).to_have_text("Tweede stap")
    page.get_by_role("button", name="Een passkey gebruiken").click()
    expect(page.locator("h1")).to_have_text("Bureau")


@with_scripts
def test_without_a_passkey_one_is_told_to_choose_another_way(visitor: Visitor) -> None:
    page = visitor.page
    plug_in_authenticator(page)
    visitor.go("/account/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("kies een andere manier")


def test_without_scripts_one_is_told_that_a_passkey_needs_them(visitor: Visitor) -> None:
    page = visitor.go("/account/login/")
    button = page.get_by_role("button", name="Inloggen met een passkey")
    told = page.get_by_text("alleen als uw browser JavaScript")
    expect(page.get_by_text("heeft geen passkey gegeven")).to_be_hidden()
    if visitor.reader.scripts:
        expect(button).to_be_enabled()
        expect(told).to_have_count(0)
    else:
        expect(button).to_be_disabled()
        expect(told).to_be_visible()


def test_signing_in_needs_no_mouse(visitor: Visitor, member: User) -> None:
    member.set_password(PASSWORD)
    member.save()
    page = visitor.go("/account/login/")
    visitor.tab_to("input[name=login]")
    page.keyboard.type(member.email)
    visitor.tab_to("input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Bureau")


def test_an_administrator_adds_a_member_and_an_auditor_reads_of_it(
    visitor: Visitor, member: User
) -> None:
    auditor = make_member(
        member.memberships.get().organisation, Role.AUDITOR, email="auditor@waterdam.example"
    )
    sign_in_browser(visitor.context, visitor.site, member)
    page = visitor.go("/desk/waterdam/members/")
    visitor.check()
    fill(page, {"email": "geen adres"}, "Toevoegen")
    visitor.check()
    page.get_by_label("redacteur").check()
    fill(page, {"email": "nieuw@waterdam.example"}, "Toevoegen")
    expect(page.locator("code")).to_contain_text("/account/password/")
    visitor.check()
    page.get_by_role("button", name="Geef de rol moderator").click()
    expect(page.get_by_role("status")).to_contain_text("veranderd")
    page.get_by_role("button", name="Neem de rol redacteur af").click()
    visitor.check()

    other = visitor.another()
    sign_in_browser(other.context, other.site, auditor)
    trail = other.go("/desk/waterdam/audit/")
    expect(trail.get_by_role("main")).to_contain_text(
        f"{member.email} heeft nieuw@waterdam.example toegevoegd, met deze rollen: redacteur."
    )
    other.check()
    trail.get_by_label("Wat er is gedaan").select_option("grant_role")
    trail.get_by_role("button", name="Tonen").click()
    expect(trail.locator("dl dd")).to_have_count(1)
    assert other.go("/desk/waterdam/members/").locator("h1").count() == 1
    assert other.response is not None
    assert other.response.status == 403
    other.check()


def test_a_member_leaves(visitor: Visitor, member: User) -> None:
    make_member(member.memberships.get().organisation, email="other@waterdam.example")
    sign_in_browser(visitor.context, visitor.site, member)
    page = visitor.go("/account/erase/")
    visitor.check()
    page.get_by_role("button", name="Wis mijn account").click()
    visitor.check()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Wis mijn account").click()
    expect(page.get_by_role("status")).to_contain_text("Uw account is gewist.")
    assert not User.objects.filter(pk=member.pk).exists()


def fill(page: Page, values: dict[str, str], button: str) -> None:
    """Fill in the first form that has these fields, and send it."""
    for name, value in values.items():
        page.locator(f"[name={name}]").first.fill(value)
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("status")).to_contain_text("U bent uitgelogd.")


def plug_in_authenticator(page: Page) -> None:
    """Give the browser a security key that answers at once, and knows who holds it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
