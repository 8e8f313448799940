from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in, sign_in_weakly

from spreekruimte.organisations.models import AuditEntry, Role, User

pytestmark = pytest.mark.django_db

DOORS = {
    Role.ADMINISTRATOR: {"members", "audit"},
    Role.EDITOR: {"cases"},
    Role.MODERATOR: {"moderation", "messages"},
    Role.PUBLIC_SERVANT: set(),
    Role.AUDITOR: {"cases", "audit"},
}
PAGES = {"members", "audit", "cases", "moderation", "messages"}


@pytest.fixture(autouse=True)
def english(settings: Settings) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_own_pages_and_no_others(client: Client, role: Role) -> None:
    member = make_member(make_organisation(), role)
    desk = sign_in(client, member).get("/desk/").content.decode()
    for page in PAGES:
        address = f"/desk/waterdam/{page}/"
        is_open = page in DOORS[role]
        assert (f'href="{address}"' in desk) is is_open
        assert client.get(address).status_code == (200 if is_open else 403)


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get("/desk/")["Location"] == "/account/login/?next=/desk/"


def test_who_works_nowhere_is_told_whom_to_ask(client: Client) -> None:
    user = User.objects.create(email="a@b.example")
    text = sign_in_weakly(client, user).get("/desk/").content.decode()
    assert "Ask an administrator to add you." in text


# Leaving


def test_an_account_is_erased_by_its_owner(client: Client) -> None:
    organisation = make_organisation()
    make_member(organisation)
    member = make_member(organisation, Role.EDITOR, email="second@waterdam.example")
    gone = sign_in(client, member).post("/account/erase/", {"is_sure": "on"})
    assert gone["Location"] == "/"
    assert not User.objects.filter(email=member.email).exists()
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.actor) == ("erase_user", str(member.pseudonym))
    assert client.get("/desk/").status_code == 302


def test_who_is_not_sure_stays(client: Client) -> None:
    member = make_member(make_organisation(), Role.EDITOR)
    page = sign_in(client, member).post("/account/erase/", {})
    assert page.status_code == 400
    assert User.objects.filter(pk=member.pk).exists()


def test_the_last_administrator_cannot_leave(client: Client) -> None:
    member = make_member(make_organisation())
    page = sign_in(client, member).post("/account/erase/", {"is_sure": "on"})
    assert page.status_code == 409
    assert "needs at least one administrator" in page.content.decode()
    assert User.objects.filter(pk=member.pk).exists()
