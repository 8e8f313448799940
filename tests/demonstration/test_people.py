from datetime import UTC, datetime

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from spreekruimte.demonstration.people import SLUG, SignIn, make_people, renew_sign_ins
from spreekruimte.organisations.models import Membership, Role, User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def sign_ins() -> dict[str, SignIn]:
    make_people(now=NOW)
    return {each.email: each for each in renew_sign_ins()}


def sign_in(client: Client, given: SignIn) -> int:
    """Sign in on the pages, as anybody does; give the status of the desk."""
    client.post(reverse("account_login"), {"login": given.email, "password": given.password})
    client.post(reverse("mfa_authenticate"), {"code": given.code})
    return client.get(f"/desk/{SLUG}/cases/").status_code


def test_there_is_somebody_for_each_role_and_two_editors() -> None:
    make_people(now=NOW)
    make_people(now=NOW)
    roles = list(Membership.objects.values_list("role", flat=True))
    assert sorted(roles) == sorted([*Role.values, Role.EDITOR])


def test_who_is_printed_can_sign_in_as_an_editor(
    client: Client, sign_ins: dict[str, SignIn]
) -> None:
    assert sign_in(client, sign_ins["redactie@demonstratie.example"]) == 200


def test_a_code_works_once(client: Client, sign_ins: dict[str, SignIn]) -> None:
    given = sign_ins["redactie@demonstratie.example"]
    assert sign_in(client, given) == 200
    other = Client()
    assert sign_in(other, given) == 302


def test_what_was_printed_before_does_not_work_any_more(
    client: Client, sign_ins: dict[str, SignIn]
) -> None:
    renewed = {each.email: each for each in renew_sign_ins()}
    email = "redactie@demonstratie.example"
    assert renewed[email].password != sign_ins[email].password
    assert sign_in(client, sign_ins[email]) == 302
    assert sign_in(Client(), renewed[email]) == 200


def test_there_are_always_codes(sign_ins: dict[str, SignIn]) -> None:
    used = set()
    for _time in range(12):
        email, given = next(iter(sign_ins.items()))
        assert given.code not in used
        used.add(given.code)
        codes = RecoveryCodes.activate(User.objects.get(email=email))
        assert codes.validate_code(given.code)
        sign_ins = {each.email: each for each in renew_sign_ins()}
