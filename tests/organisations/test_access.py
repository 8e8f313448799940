from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import translation
from pytest_django.fixtures import Settings
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in, sign_in_elsewhere, sign_in_weakly

from spreekruimte.config.single_sign_on import Provider
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@require_role(Role.EDITOR, Role.AUDITOR)
def show_room(_request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    return HttpResponse(f"{organisation.slug} {number}")


urlpatterns = [
    path("rooms/<slug:slug>/<int:number>/", show_room),
    path("", include("spreekruimte.config.urls")),
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def editor(organisation: Organisation) -> User:
    return make_member(organisation, Role.EDITOR)


def test_who_holds_a_role_and_showed_a_second_factor_sees_the_page(
    client: Client, editor: User
) -> None:
    response = sign_in(client, editor).get("/rooms/waterdam/7/")
    assert response.content == b"waterdam 7"
    assert "no-store" in response["Cache-Control"]


def test_a_stranger_is_asked_to_sign_in_and_comes_back(
    client: Client, organisation: Organisation
) -> None:
    response = client.get(f"/rooms/{organisation.slug}/7/?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/rooms/waterdam/7/%3Fpage%3D2"


def test_what_a_stranger_sends_does_not_come_back(
    client: Client, organisation: Organisation
) -> None:
    response = client.post(f"/rooms/{organisation.slug}/7/")
    assert response["Location"] == "/account/login/?next=/desk/"


def test_without_a_second_factor_one_has_to_be_set_up(client: Client, editor: User) -> None:
    response = sign_in_weakly(client, editor).get("/rooms/waterdam/7/")
    assert response.status_code == 302
    assert response["Location"] == "/account/2fa/?next=/rooms/waterdam/7/"


def test_a_session_from_before_the_second_factor_has_to_show_it(
    client: Client, editor: User
) -> None:
    sign_in(Client(), editor)
    response = sign_in_weakly(client, editor).get("/rooms/waterdam/7/")
    assert response["Location"] == "/account/2fa/reauthenticate/?next=/rooms/waterdam/7/"


def test_who_took_the_second_factor_away_has_to_set_up_another(
    client: Client, editor: User
) -> None:
    sign_in(client, editor)
    Authenticator.objects.filter(user=editor).delete()
    response = client.get("/rooms/waterdam/7/")
    assert response["Location"] == "/account/2fa/?next=/rooms/waterdam/7/"


@pytest.mark.parametrize("asks", [True, False])
def test_signing_in_elsewhere_counts_only_if_that_asks_a_second_factor(
    client: Client, editor: User, settings: Settings, asks: bool
) -> None:
    settings.OPENID_CONNECT = Provider(
        "https://sso.example", "us", "secret", "SSO", asks, checks_addresses=False
    )
    response = sign_in_elsewhere(client, editor).get("/rooms/waterdam/7/")
    assert (response.status_code == 200) is asks


def test_another_role_does_not_open_the_page(client: Client, organisation: Organisation) -> None:
    administrator = make_member(organisation, Role.ADMINISTRATOR)
    response = sign_in(client, administrator).get("/rooms/waterdam/7/")
    assert response.status_code == 403


def test_a_role_in_another_organisation_does_not_open_the_page(
    client: Client, editor: User
) -> None:
    make_organisation("elsewhere")
    assert sign_in(client, editor).get("/rooms/elsewhere/7/").status_code == 403


def test_an_unknown_organisation_is_not_found(client: Client, editor: User) -> None:
    assert sign_in(client, editor).get("/rooms/nowhere/7/").status_code == 404


def test_who_is_blocked_is_a_stranger(client: Client, editor: User) -> None:
    sign_in(client, editor)
    User.objects.update(is_active=False)
    response = client.get("/rooms/waterdam/7/")
    assert response["Location"] == "/account/login/?next=/rooms/waterdam/7/"
