from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from pytest_django.fixtures import Settings
from tests.organisations.accounts.passing import (
    PASSWORD,
    choose_password,
    code_of,
    give_password,
    set_up_app,
)
from tests.organisations.people import make_member, make_organisation

from spreekruimte.organisations.accounts.links import link_to_choose_password
from spreekruimte.organisations.models import Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings: Settings) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def member() -> User:
    return make_member(make_organisation(), Role.EDITOR)


def is_signed_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


# The first time


def test_who_was_added_chooses_a_password_and_sets_up_an_app(client: Client, member: User) -> None:
    done = choose_password(client, member)
    assert done["Location"] == "/account/password/done/"
    assert not is_signed_in(client)

    assert give_password(client, member, next="/desk/")["Location"] == "/desk/"
    client.get("/account/2fa/?next=/desk/waterdam/members/")
    set_up_app(client)
    codes = client.get("/account/2fa/recovery-codes/").content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    assert 'href="/desk/waterdam/members/"' in codes


def test_a_link_works_once(client: Client, member: User) -> None:
    link = link_to_choose_password(member)
    choose_password(client, member)
    page = client.get(link)
    assert page.status_code == 410
    assert "This link does not work any more" in page.content.decode()


def test_a_link_works_for_three_days(client: Client, member: User, settings: Settings) -> None:
    link = link_to_choose_password(member)
    assert timedelta(days=3).total_seconds() == settings.PASSWORD_RESET_TIMEOUT
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    "part",
    ["3-x/", "zzzzzzzz-abc-def/", "1-set-password/", "%00-a/", "💥-a/", "1-" + "a" * 5000 + "/"],
)
def test_a_link_that_nobody_gave_opens_nothing(client: Client, part: str) -> None:
    response = client.get(f"/account/password/{part}")
    assert response.status_code in (404, 410)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        ("short", "short"),
        ("password1234", "password1234"),
        (PASSWORD, "another long password"),
        (PASSWORD, ""),
    ],
)
def test_a_bad_password_is_not_stored(
    client: Client, member: User, first: str, second: str
) -> None:
    page = client.get(link_to_choose_password(member), follow=True)
    address = page.redirect_chain[-1][0]
    response = client.post(address, {"password1": first, "password2": second})
    assert response.status_code == 400
    assert "utrecht-alert--error" in response.content.decode()
    member.refresh_from_db()
    assert not member.has_usable_password()


def test_no_address_is_kept_a_second_time(client: Client, member: User) -> None:
    choose_password(client, member)
    give_password(client, member)
    set_up_app(client)
    assert not EmailAddress.objects.exists()


# Every time


def test_the_password_alone_lets_nobody_in_who_has_an_app(client: Client, member: User) -> None:
    secret = prepare(member)
    response = give_password(client, member)
    assert response["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(client)
    forget_used_codes()
    done = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert done["Location"] == "/desk/"
    assert is_signed_in(client)


@pytest.mark.parametrize(("steps_ago", "is_taken"), [(1, True), (3, False)])
def test_who_types_while_the_code_changes_comes_in(
    client: Client, member: User, steps_ago: int, is_taken: bool
) -> None:
    secret = prepare(member)
    give_password(client, member)
    forget_used_codes()
    client.post("/account/2fa/authenticate/", {"code": code_of(secret, steps_ago=steps_ago)})
    assert is_signed_in(client) is is_taken


def test_a_code_works_once(client: Client, member: User) -> None:
    secret = prepare(member)
    forget_used_codes()
    code = code_of(secret)
    give_password(client, member)
    client.post("/account/2fa/authenticate/", {"code": code})
    other = Client()
    give_password(other, member)
    refused = other.post("/account/2fa/authenticate/", {"code": code})
    assert refused.status_code == 400
    assert not is_signed_in(other)


def test_a_recovery_code_works_once(client: Client, member: User) -> None:
    prepare(member)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[3]
    give_password(client, member)
    assert client.post("/account/2fa/authenticate/", {"code": code})["Location"] == "/desk/"
    other = Client()
    give_password(other, member)
    assert other.post("/account/2fa/authenticate/", {"code": code}).status_code == 400


@pytest.mark.parametrize("code", ["", "000000", "abc", "１２３４５６", "1" * 5000, "<script>"])
def test_a_wrong_code_is_refused_with_a_sentence(client: Client, member: User, code: str) -> None:
    prepare(member)
    give_password(client, member)
    refused = client.post("/account/2fa/authenticate/", {"code": code})
    assert refused.status_code == 400
    assert "utrecht-alert--error" in refused.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("", ""),
        ("first@waterdam.example", "wrong"),
        ("nobody@waterdam.example", PASSWORD),
        ("no address", PASSWORD),
        ("first@waterdam.example", "x" * 10_000),
        ("x" * 10_000 + "@waterdam.example", PASSWORD),
        ("<script>alert(1)</script>@x.example", PASSWORD),
        ("фест@вода.example", "пароль"),
        ("a\x00b@waterdam.example", "\x00"),
    ],
)
def test_a_wrong_address_or_password_is_refused(
    client: Client, member: User, login: str, password: str
) -> None:
    choose_password(client, member)
    refused = client.post("/account/login/", {"login": login, "password": password})
    assert refused.status_code == 400
    text = refused.content.decode()
    assert "utrecht-alert--error" in text
    assert "<script>alert" not in text
    assert not is_signed_in(client)


def test_an_unknown_address_is_refused_in_the_same_words(client: Client, member: User) -> None:
    choose_password(client, member)
    sentence = "The e-mail address or the password is not right."
    for address in (member.email, "nobody@waterdam.example"):
        page = client.post("/account/login/", {"login": address, "password": "wrong password"})
        assert sentence in page.content.decode()


def test_guessing_is_slowed_down(client: Client, member: User) -> None:
    choose_password(client, member)
    for _ in range(5):
        give_password(client, member, "wrong password")
    refused = give_password(client, member)
    assert refused.status_code == 400
    assert "You tried too often." in refused.content.decode()


def test_guessing_a_code_is_slowed_down(client: Client, member: User) -> None:
    secret = prepare(member)
    forget_used_codes()
    give_password(client, member)
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "12"})
    refused = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert "You tried too often." in refused.content.decode()
    assert not is_signed_in(client)


def test_who_is_blocked_does_not_get_in(client: Client, member: User) -> None:
    choose_password(client, member)
    User.objects.update(is_active=False)
    give_password(client, member)
    assert not is_signed_in(client)


def test_nobody_is_led_to_another_site(client: Client, member: User) -> None:
    choose_password(client, member)
    response = give_password(client, member, next="https://elsewhere.example/")
    assert response["Location"] == "/desk/"


def test_signing_out_asks_first(client: Client, member: User) -> None:
    client.force_login(member, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/account/logout/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/account/logout/")["Location"] == "/"
    assert not is_signed_in(client)


# A new password


def test_a_link_for_a_new_password_is_mailed(
    client: Client, member: User, settings: Settings
) -> None:
    settings.MAIL_IS_SENT = True
    choose_password(client, member)
    response = client.post("/account/password/reset/", {"email": member.email.upper()})
    assert response["Location"] == "/account/password/reset/done/"
    assert [message.to for message in mail.outbox] == [[member.email]]
    link = re.search(r"http://testserver(/account/password/\S+)", str(mail.outbox[0].body))
    assert link
    assert client.get(link[1]).status_code == 302


def test_an_unknown_address_gets_no_mail_and_the_same_answer(
    client: Client, member: User, settings: Settings
) -> None:
    settings.MAIL_IS_SENT = True
    response = client.post("/account/password/reset/", {"email": f"x{member.email}"})
    assert response["Location"] == "/account/password/reset/done/"
    assert mail.outbox == []


def test_without_mail_one_is_told_whom_to_ask(client: Client, member: User) -> None:
    page = client.post("/account/password/reset/", {"email": member.email})
    assert "Ask an administrator of your organisation" in page.content.decode()
    assert mail.outbox == []


def test_another_password_needs_the_old_one_and_ends_other_sessions(
    client: Client, member: User
) -> None:
    choose_password(client, member)
    give_password(client, member)
    other = Client()
    give_password(other, member)
    new = "groen gordijn klok water"
    wrong = client.post(
        "/account/password/change/", {"oldpassword": new, "password1": new, "password2": new}
    )
    assert wrong.status_code == 400
    client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    member.refresh_from_db()
    assert member.check_password(new)
    assert is_signed_in(client)
    assert not is_signed_in(other)


# Showing it once more


def test_long_after_signing_in_one_shows_it_once_more(client: Client, member: User) -> None:
    choose_password(client, member)
    give_password(client, member)
    let_time_pass(client)
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    refused = client.post(asked["Location"], {"password": "wrong password"})
    assert refused.status_code == 400
    back = client.post(asked["Location"], {"password": PASSWORD})
    assert back["Location"] == "/account/2fa/totp/activate/"
    assert client.get("/account/2fa/totp/activate/").status_code == 200


def test_who_has_an_app_shows_that_and_not_the_password(client: Client, member: User) -> None:
    choose_password(client, member)
    give_password(client, member)
    secret = set_up_app(client)
    let_time_pass(client)
    forget_used_codes()
    asked = client.get("/account/2fa/totp/deactivate/")
    assert asked["Location"].startswith("/account/2fa/reauthenticate/?next=")
    turned = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert turned["Location"].startswith("/account/2fa/reauthenticate/")
    assert client.get("/account/2fa/totp/deactivate/").status_code == 302
    back = client.post(asked["Location"], {"code": code_of(secret)})
    assert back["Location"] == "/account/2fa/totp/deactivate/"
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()


# What is kept


def test_a_copy_of_the_database_gives_no_codes(client: Client, member: User) -> None:
    choose_password(client, member)
    give_password(client, member)
    secret = set_up_app(client)
    kept = [str(each.data) for each in Authenticator.objects.all()]
    assert len(kept) == 2
    assert not any(secret in each for each in kept)


def test_recovery_codes_can_be_kept_as_a_file_and_made_anew(client: Client, member: User) -> None:
    choose_password(client, member)
    give_password(client, member)
    set_up_app(client)
    before = client.get("/account/2fa/recovery-codes/download/")
    assert before["Content-Type"].startswith("text/plain")
    codes = before.content.decode().split()
    assert len(codes) == 10
    client.post("/account/2fa/recovery-codes/generate/")
    after = client.get("/account/2fa/recovery-codes/download/").content.decode().split()
    assert not set(codes) & set(after)


def prepare(member: User) -> str:
    """Give the member a password and an app, in another browser."""
    browser = Client()
    choose_password(browser, member)
    give_password(browser, member)
    return set_up_app(browser)


def forget_used_codes() -> None:
    """Let the code that set the app up be used again, as half a minute later."""
    from django.core.cache import cache

    cache.clear()


def let_time_pass(client: Client) -> None:
    session = client.session
    moment = (timezone.now() - timedelta(minutes=10)).timestamp()
    key = "account_authentication_methods"
    session[key] = [{**record, "at": moment} for record in session[key]]
    session.save()
