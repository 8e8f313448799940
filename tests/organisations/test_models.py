from collections.abc import Callable

import pytest
from django.db import IntegrityError, models, transaction
from tests.organisations.people import NOW, make_member, make_organisation

from spreekruimte.organisations.models import AuditEntry, Membership, Organisation, Role, User

pytestmark = pytest.mark.django_db


def refused(make: Callable[[], object]) -> bool:
    """Whether the database itself refuses."""
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "slug": "other"},
        {"name": "Other", "slug": ""},
        {"name": "Municipality of Waterdam", "slug": "other"},
        {"name": "Other", "slug": "waterdam"},
    ],
    ids=["no name", "no slug", "name in use", "slug in use"],
)
def test_the_database_refuses_an_organisation(fields: dict[str, str]) -> None:
    make_organisation()
    assert refused(lambda: Organisation.objects.create(**fields))


@pytest.mark.parametrize(
    "email", ["", "Someone@waterdam.example", "first@waterdam.example"], ids=str
)
def test_the_database_refuses_a_user(email: str) -> None:
    make_member(make_organisation())
    assert refused(lambda: User.objects.create(email=email))


def test_the_database_refuses_two_users_with_one_pseudonym() -> None:
    user = make_member(make_organisation())
    assert refused(lambda: User.objects.create(email="b@b.example", pseudonym=user.pseudonym))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, "mayor", ""], ids=["twice", "other", "none"])
def test_the_database_refuses_a_role(role: str) -> None:
    organisation = make_organisation()
    user = make_member(organisation)
    assert refused(
        lambda: Membership.objects.create(
            organisation=organisation, user=user, role=role, since=NOW
        )
    )


@pytest.mark.parametrize("absent", ["actor", "action", "kind", "identifier"])
def test_the_database_refuses_an_audit_entry_that_lacks(absent: str) -> None:
    fields = {"actor": "a", "action": "b", "kind": "c", "identifier": "d", absent: ""}
    assert refused(lambda: AuditEntry.objects.create(at=NOW, **fields))


def test_a_user_signs_in_whatever_the_capitals() -> None:
    user = make_member(make_organisation(), email=" First@Waterdam.Example ")
    assert user.email == "first@waterdam.example"
    assert User.objects.get_by_natural_key("FIRST@waterdam.example") == user


def test_a_user_is_printed_without_the_address() -> None:
    organisation = make_organisation()
    user = make_member(organisation)
    membership = Membership.objects.get(user=user)
    assert str(user) == user.actor == str(user.pseudonym)
    assert str(membership) == f"{user.pk} administrator of {organisation.pk}"
    assert str(organisation) == "Municipality of Waterdam"


def test_a_user_has_no_field_for_a_name() -> None:
    assert {field.name for field in User._meta.fields} == {
        "id",
        "email",
        "password",
        "pseudonym",
        "is_active",
        "last_login",
    }


def test_an_audit_entry_refers_to_nothing_by_foreign_key() -> None:
    fields = AuditEntry._meta.get_fields()
    assert not [field for field in fields if isinstance(field, models.ForeignKey)]
