import pytest
from django.contrib.auth.models import AnonymousUser
from tests.organisations.people import make_member, make_organisation

from spreekruimte.organisations.models import Role
from spreekruimte.organisations.permissions import has_role, may_manage_members, may_read_audit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_a_role_gives_what_belongs_to_it(role: Role) -> None:
    organisation = make_organisation()
    user = make_member(organisation, role)
    assert may_manage_members(user, organisation) == (role == Role.ADMINISTRATOR)
    assert may_read_audit(user, organisation) == (role in {Role.ADMINISTRATOR, Role.AUDITOR})
    assert [each for each in Role if has_role(user, organisation, each)] == [role]


def test_one_of_several_roles_is_enough() -> None:
    organisation = make_organisation()
    user = make_member(organisation, Role.EDITOR, Role.AUDITOR)
    assert has_role(user, organisation, Role.MODERATOR, Role.EDITOR)
    assert not has_role(user, organisation, Role.MODERATOR, Role.ADMINISTRATOR)
    assert not has_role(user, organisation)


def test_a_role_counts_in_its_own_organisation_only() -> None:
    user = make_member(make_organisation())
    assert not may_manage_members(user, make_organisation("elsewhere"))


def test_who_is_blocked_or_unknown_may_nothing() -> None:
    organisation = make_organisation()
    user = make_member(organisation, *Role)
    user.is_active = False
    assert not has_role(user, organisation, *Role)
    assert not has_role(AnonymousUser(), organisation, *Role)
