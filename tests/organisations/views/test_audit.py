from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings
from tests.organisations.people import NOW, make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.organisations.actions import grant_role, remove_member
from spreekruimte.organisations.models import OPERATOR, Organisation, Role, User

pytestmark = pytest.mark.django_db

PAGE = "/desk/waterdam/audit/"


@pytest.fixture(autouse=True)
def english(settings: Settings) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def auditor(organisation: Organisation) -> User:
    return make_member(organisation, Role.AUDITOR)


@pytest.fixture
def desk(client: Client, auditor: User) -> Client:
    return sign_in(client, auditor)


def test_the_trail_is_told_in_sentences(
    desk: Client, organisation: Organisation, auditor: User
) -> None:
    other = make_member(organisation, Role.EDITOR, email="other@waterdam.example")
    grant_role(
        organisation=organisation, user=other, role=Role.AUDITOR, actor=auditor.actor, now=NOW
    )
    text = desk.get(PAGE).content.decode()
    assert f"{auditor.email} gave {other.email} this role: auditor." in text
    assert f"The operator added {other.email}, with these roles: editor." in text
    assert "The operator made this organisation." in text


def test_the_trail_is_told_in_dutch(desk: Client, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "nl"
    assert "De operator heeft deze organisatie gemaakt." in desk.get(PAGE).content.decode()


def test_the_trail_of_another_organisation_is_not_told(desk: Client) -> None:
    make_member(make_organisation("elsewhere"), email="other@elsewhere.example")
    assert "other@elsewhere.example" not in desk.get(PAGE).content.decode()
    assert desk.get("/desk/elsewhere/audit/").status_code == 403
    assert desk.get("/desk/elsewhere/audit/entries.csv").status_code == 403


def test_one_action_can_be_chosen(desk: Client) -> None:
    text = desk.get(PAGE, {"action": "add_member"}).content.decode()
    assert "with these roles" in text
    assert "made this organisation" not in text


def test_what_is_older_stands_on_other_pages(desk: Client, organisation: Organisation) -> None:
    for number in range(100):
        user = make_member(organisation, Role.EDITOR, email=f"m{number}@waterdam.example")
        remove_member(organisation=organisation, user=user, actor=OPERATOR, now=NOW)
    first = desk.get(PAGE)
    assert first.content.decode().count("<time") == 100
    second = desk.get(f"{PAGE}{first.context['older']}")
    third = desk.get(f"{PAGE}{second.context['older']}")
    assert third.content.decode().count("<time") == 2
    assert third.context["older"] == ""
    assert third.context["newest"]


@pytest.mark.parametrize(
    "query",
    [
        {"action": "no_such_action"},
        {"action": "<script>alert(1)</script>"},
        {"action": "x" * 5000},
        {"action": "дело\x00"},
        {"before": "0"},
        {"before": "-1"},
        {"before": "many"},
        {"before": "9" * 40},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(desk: Client, query: dict[str, str]) -> None:
    page = desk.get(PAGE, query)
    assert page.status_code == 400
    assert "utrecht-alert--error" in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_the_whole_trail_can_be_downloaded_without_addresses(desk: Client, auditor: User) -> None:
    response = desk.get(f"{PAGE}entries.csv")
    text = response.getvalue().decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["action"] for row in rows] == ["create_organisation", "add_member"]
    assert rows[1]["identifier"] == str(auditor.pseudonym)
    assert "@" not in text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.PUBLIC_SERVANT])
def test_other_roles_do_not_see_the_trail(
    client: Client, organisation: Organisation, role: Role
) -> None:
    member = make_member(organisation, role)
    sign_in(client, member)
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}entries.csv").status_code == 403


def test_nothing_is_changed_here(desk: Client) -> None:
    assert desk.post(PAGE).status_code == 405
    assert desk.delete(PAGE).status_code == 405
