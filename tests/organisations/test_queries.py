import pytest
from allauth.socialaccount.models import SocialAccount
from pytest_django import DjangoAssertNumQueries
from tests.organisations.people import make_member, make_organisation

from spreekruimte.organisations.models import Role
from spreekruimte.organisations.queries import (
    Member,
    Workplace,
    actions_of,
    audit_trail_of,
    members_of,
    needs_link,
    whole_audit_trail_of,
    workplaces_of,
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


def test_workplaces_come_once_each_by_name_with_their_roles() -> None:
    waterdam, elsewhere = make_organisation(), make_organisation("elsewhere")
    make_organisation("nowhere")
    user = make_member(waterdam, Role.EDITOR, Role.AUDITOR)
    make_member(elsewhere, email=user.email)
    assert workplaces_of(user) == [
        Workplace(elsewhere, (Role.ADMINISTRATOR,)),
        Workplace(waterdam, (Role.EDITOR, Role.AUDITOR)),
    ]


def test_a_link_is_for_who_cannot_sign_in_and_works_nowhere_else() -> None:
    waterdam = make_organisation()
    user = make_member(waterdam)
    assert needs_link(waterdam, user)
    SocialAccount.objects.create(user=user, provider="openid_connect", uid="1")
    assert not needs_link(waterdam, user)
    SocialAccount.objects.all().delete()
    make_member(make_organisation("elsewhere"), email=user.email)
    assert not needs_link(waterdam, user)


def test_a_link_is_not_for_who_has_a_password() -> None:
    waterdam = make_organisation()
    user = make_member(waterdam)
    user.set_password("paars fietsbel mosterd raam")
    assert not needs_link(waterdam, user)


def test_the_audit_trail_comes_in_pages_from_new_to_old() -> None:
    organisation = make_organisation()
    make_member(make_organisation("elsewhere"))
    for number in range(3):
        make_member(organisation, email=f"{number}@waterdam.example")
    newest, has_more = audit_trail_of(organisation, size=3)
    oldest, has_yet_more = audit_trail_of(organisation, size=3, before=newest[-1].pk)
    assert (has_more, has_yet_more) == (True, False)
    assert [entry.action for entry in newest] == ["add_member"] * 3
    assert [entry.action for entry in oldest] == ["create_organisation"]
    assert newest[0].pk > newest[1].pk > newest[2].pk > oldest[0].pk
    assert list(whole_audit_trail_of(organisation)) == [*oldest, *reversed(newest)]


def test_the_audit_trail_can_be_of_one_action() -> None:
    organisation = make_organisation()
    make_member(organisation)
    entries, _ = audit_trail_of(organisation, action="create_organisation")
    assert [entry.action for entry in entries] == ["create_organisation"]
    assert actions_of(organisation) == ["add_member", "create_organisation"]
