import pytest
from pytest_django import DjangoAssertNumQueries
from tests.organisations.people import make_member, make_organisation

from spreekruimte.organisations.models import Role
from spreekruimte.organisations.queries import (
    Member,
    audit_trail_of,
    members_of,
    organisations_of,
)

pytestmark = pytest.mark.django_db


def test_members_come_by_address_with_their_roles_in_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    organisation = make_organisation()
    second = make_member(organisation, email="b@waterdam.example")
    first = make_member(organisation, Role.AUDITOR, Role.EDITOR, email="a@waterdam.example")
    make_member(make_organisation("elsewhere"), email="c@elsewhere.example")
    with django_assert_num_queries(1):
        assert members_of(organisation) == [
            Member(first, (Role.EDITOR, Role.AUDITOR)),
            Member(second, (Role.ADMINISTRATOR,)),
        ]


def test_organisations_come_once_each_and_by_name() -> None:
    waterdam, elsewhere = make_organisation(), make_organisation("elsewhere")
    make_organisation("nowhere")
    user = make_member(waterdam, Role.EDITOR, Role.AUDITOR)
    make_member(elsewhere, email=user.email)
    assert organisations_of(user) == [elsewhere, waterdam]


def test_the_audit_trail_comes_in_pages_from_new_to_old() -> None:
    organisation = make_organisation()
    make_member(make_organisation("elsewhere"))
    for number in range(3):
        make_member(organisation, email=f"{number}@waterdam.example")
    newest = audit_trail_of(organisation, size=3)
    oldest = audit_trail_of(organisation, size=3, before=newest[-1].pk)
    assert [entry.action for entry in newest] == ["add_member"] * 3
    assert [entry.action for entry in oldest] == ["create_organisation"]
    assert newest[0].pk > newest[1].pk > newest[2].pk > oldest[0].pk
    assert {entry.organisation_id for entry in newest + oldest} == {organisation.pk}
