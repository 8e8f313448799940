from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import confirm_who_it_is, sign_in, sign_in_elsewhere

from spreekruimte.config.single_sign_on import Provider, list_apps
from spreekruimte.organisations.models import AuditEntry, Membership, Organisation, Role, User

pytestmark = pytest.mark.django_db

NEW = "new@waterdam.example"


@pytest.fixture(autouse=True)
def english(settings: Settings) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def administrator(organisation: Organisation) -> User:
    return make_member(organisation)


@pytest.fixture
def editor(organisation: Organisation) -> User:
    return make_member(organisation, Role.EDITOR, email="editor@waterdam.example")


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    """The browser of the administrator, who has just signed in."""
    return sign_in(client, administrator)


def roles(email: str) -> set[str]:
    return set(Membership.objects.filter(user__email=email).values_list("role", flat=True))


def member_page(user: User) -> str:
    return f"/desk/waterdam/members/{user.pseudonym}/"


# Seeing


def test_members_are_listed_with_their_roles(desk: Client, editor: User) -> None:
    make_member(make_organisation("elsewhere"), email="stranger@elsewhere.example")
    text = desk.get("/desk/waterdam/members/").content.decode()
    assert editor.email in text
    assert "stranger@elsewhere.example" not in text


def test_a_member_of_another_organisation_is_not_shown(desk: Client) -> None:
    stranger = make_member(make_organisation("elsewhere"), email="stranger@elsewhere.example")
    assert desk.get(member_page(stranger)).status_code == 404
    for change in ("grant", "withdraw", "remove", "sign-in"):
        response = desk.post(f"{member_page(stranger)}{change}/", {"role": "editor"})
        assert response.status_code == 404
    assert roles(stranger.email) == {"administrator"}


# Adding


def test_who_is_added_gets_a_link_that_is_shown_once(desk: Client) -> None:
    page = desk.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor", "auditor"]})
    assert roles(NEW) == {"editor", "auditor"}
    link = re.search(r"<code>http://testserver(/account/password/[^<]+)</code>", str(page.content))
    assert link
    assert Client().get(link[1]).status_code == 302
    again = desk.get(member_page(User.objects.get(email=NEW)))
    assert "/account/password/" not in again.content.decode()
    assert mail.outbox == []


def test_the_link_is_mailed_where_mail_is_sent(desk: Client, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    page = desk.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    assert [message.to for message in mail.outbox] == [[NEW]]
    link = re.search(r"http://testserver/account/password/\S+", str(mail.outbox[0].body))
    assert link
    assert link[0] in page.content.decode()


def test_the_link_is_shown_where_the_mail_server_fails(desk: Client, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = desk.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    assert "We could not mail the link" in page.content.decode()
    assert "/account/password/" in page.content.decode()


def test_no_link_for_who_works_elsewhere_too(desk: Client) -> None:
    make_member(make_organisation("elsewhere"), email=NEW)
    page = desk.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    assert page.status_code == 200
    assert "/account/password/" not in page.content.decode()


@pytest.mark.parametrize(
    ("email", "chosen"),
    [
        ("", ["editor"]),
        ("no address", ["editor"]),
        (NEW, []),
        (NEW, ["king"]),
        (NEW, ["editor", "king"]),
        (f"{'x' * 300}@waterdam.example", ["editor"]),
        ("<script>alert(1)</script>@x.example", ["editor"]),
        ("a\x00@waterdam.example", ["editor"]),
        ("первый@вода.example\r\nBcc: x@y.example", ["editor"]),
    ],
)
def test_what_is_no_member_is_refused_and_not_stored(
    desk: Client, email: str, chosen: list[str]
) -> None:
    before = AuditEntry.objects.count()
    page = desk.post("/desk/waterdam/members/", {"email": email, "roles": chosen})
    assert page.status_code == 400
    assert "utrecht-alert--error" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert User.objects.count() == 1
    assert AuditEntry.objects.count() == before


def test_who_is_a_member_already_is_not_added_again(desk: Client) -> None:
    desk.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    page = desk.post("/desk/waterdam/members/", {"email": NEW.upper(), "roles": ["auditor"]})
    assert page.status_code == 409
    assert "This person is a member already." in page.content.decode()
    assert roles(NEW) == {"editor"}


# Roles


def test_a_role_is_given_and_taken(desk: Client, editor: User) -> None:
    desk.post(f"{member_page(editor)}grant/", {"role": "auditor"})
    assert roles(editor.email) == {"editor", "auditor"}
    gone = desk.post(f"{member_page(editor)}withdraw/", {"role": "editor"})
    assert gone["Location"] == member_page(editor)
    assert roles(editor.email) == {"auditor"}


def test_who_has_no_role_left_is_no_member(desk: Client, editor: User) -> None:
    gone = desk.post(f"{member_page(editor)}withdraw/", {"role": "editor"})
    assert gone["Location"] == "/desk/waterdam/members/"
    assert desk.get(member_page(editor)).status_code == 404


def test_a_member_is_removed(desk: Client, editor: User) -> None:
    gone = desk.post(f"{member_page(editor)}remove/")
    assert gone["Location"] == "/desk/waterdam/members/"
    assert roles(editor.email) == set()


@pytest.mark.parametrize(
    ("change", "role", "sentence"),
    [
        ("grant", "editor", "has this role already"),
        ("withdraw", "auditor", "does not have this role"),
        ("grant", "king", "There is no such role"),
        ("grant", "", "There is no such role"),
        ("withdraw", "<script>", "There is no such role"),
        ("grant", "x" * 10_000, "There is no such role"),
        ("grant", "редактор\x00", "There is no such role"),
    ],
)
def test_what_is_not_possible_is_refused(
    desk: Client, editor: User, change: str, role: str, sentence: str
) -> None:
    page = desk.post(f"{member_page(editor)}{change}/", {"role": role})
    assert page.status_code == 409
    assert sentence in page.content.decode()
    assert roles(editor.email) == {"editor"}


def test_the_last_administrator_stays(desk: Client, administrator: User) -> None:
    for change in ("withdraw", "remove"):
        page = desk.post(f"{member_page(administrator)}{change}/", {"role": "administrator"})
        assert page.status_code == 409
        assert "needs at least one administrator" in page.content.decode()
    assert roles(administrator.email) == {"administrator"}


@pytest.mark.parametrize("who", ["x", "0", str(uuid.UUID(int=0)), "%00", "💥"])
def test_nobody_is_found_under_what_is_no_member(desk: Client, who: str) -> None:
    assert desk.get(f"/desk/waterdam/members/{who}/").status_code == 404


# Beginning anew


def test_who_lost_everything_begins_anew(desk: Client, editor: User) -> None:
    editor.set_password("paars fietsbel mosterd raam")
    editor.save()
    page = desk.post(f"{member_page(editor)}sign-in/")
    assert "/account/password/" in page.content.decode()
    editor.refresh_from_db()
    assert not editor.has_usable_password()
    assert not EmailAddress.objects.exists()


# Who may, and showing who it is


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_see_and_change_no_members(
    client: Client, administrator: User, role: Role
) -> None:
    member = make_member(Organisation.objects.get(), role, email="other@waterdam.example")
    sign_in(client, member)
    assert client.get("/desk/waterdam/members/").status_code == 403
    assert client.get(member_page(administrator)).status_code == 403
    for change in ("grant", "withdraw", "remove", "sign-in"):
        page = client.post(f"{member_page(administrator)}{change}/", {"role": "editor"})
        assert page.status_code == 403
    added = client.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    assert added.status_code == 403
    assert roles(administrator.email) == {"administrator"}
    assert roles(NEW) == set()


def test_long_after_signing_in_members_can_be_seen_but_not_changed(
    desk: Client,
) -> None:
    confirm_long_ago(desk)
    assert desk.get("/desk/waterdam/members/").status_code == 200
    asked = desk.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    assert asked["Location"].startswith("/account/2fa/reauthenticate/?next=")
    assert roles(NEW) == set()


def test_what_was_sent_is_done_once_it_is_shown_who_it_is(
    desk: Client, administrator: User
) -> None:
    confirm_long_ago(desk)
    asked = desk.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    code = make_recovery_code(administrator)
    done = desk.post(asked["Location"], {"code": code})
    assert "/account/password/" in done.content.decode()
    assert roles(NEW) == {"editor"}


def test_who_signed_in_elsewhere_shows_it_there_again(
    client: Client, administrator: User, settings: Settings
) -> None:
    provider = Provider("https://sso.example", "us", "secret", "SSO", True, True)
    settings.OPENID_CONNECT = provider
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": list_apps(provider)}}
    sign_in_elsewhere(client, administrator)
    confirm_long_ago(client)
    asked = client.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    assert asked["Location"].startswith("/account/oidc/sso/login/?next=")


def test_showing_the_password_is_not_enough_where_there_is_an_app(
    desk: Client, administrator: User
) -> None:
    confirm_long_ago(desk)
    confirm_who_it_is(desk, administrator)
    asked = desk.post("/desk/waterdam/members/", {"email": NEW, "roles": ["editor"]})
    assert asked.status_code == 302
    assert roles(NEW) == set()


def confirm_long_ago(client: Client) -> None:
    session = client.session
    key = "account_authentication_methods"
    session[key] = [{**record, "at": record["at"] - 600} for record in session[key]]
    session.save()


def make_recovery_code(user: User) -> str:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    return str(RecoveryCodes.activate(user).generate_codes()[0])
