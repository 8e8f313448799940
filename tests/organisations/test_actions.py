import inspect
import threading
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import translation
from tests.organisations.people import NOW, make_member, make_organisation

from spreekruimte.organisations import actions
from spreekruimte.organisations.models import (
    OPERATOR,
    AuditEntry,
    Membership,
    Organisation,
    Role,
    User,
)
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db
SECOND = "second@waterdam.example"


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def roles(user: User) -> set[str]:
    return set(Membership.objects.filter(user=user).values_list("role", flat=True))


# Each action, done once where it is possible


def create(_: Organisation, __: User) -> None:
    make_organisation("elsewhere")


def add(organisation: Organisation, _: User) -> None:
    make_member(organisation, Role.AUDITOR, Role.EDITOR, email="third@waterdam.example")


def grant(organisation: Organisation, user: User) -> None:
    actions.grant_role(
        organisation=organisation, user=user, role=Role.AUDITOR, actor=OPERATOR, now=NOW
    )


def withdraw(organisation: Organisation, user: User) -> None:
    actions.withdraw_role(
        organisation=organisation, user=user, role=Role.MODERATOR, actor=OPERATOR, now=NOW
    )


def remove(organisation: Organisation, user: User) -> None:
    actions.remove_member(organisation=organisation, user=user, actor=OPERATOR, now=NOW)


def erase(_: Organisation, user: User) -> None:
    actions.erase_user(user=user, actor=OPERATOR, now=NOW)


def renew(organisation: Organisation, user: User) -> None:
    actions.renew_sign_in(organisation=organisation, user=user, actor=OPERATOR, now=NOW)


DONE: dict[str, tuple[Callable[[Organisation, User], None], dict[str, object]]] = {
    "create_organisation": (create, {"slug": "elsewhere"}),
    "add_member": (add, {"roles": ["editor", "auditor"], "is_new_user": True}),
    "grant_role": (grant, {"roles": ["auditor"]}),
    "withdraw_role": (withdraw, {"roles": ["moderator"]}),
    "remove_member": (remove, {"roles": ["editor", "moderator"]}),
    "renew_sign_in": (renew, {}),
    "erase_user": (erase, {}),
}


def test_the_actions_tried_here_are_all_there_are() -> None:
    functions = inspect.getmembers(actions, inspect.isfunction)
    public = {
        name
        for name, function in functions
        if not name.startswith("_") and function.__module__ == actions.__name__
    }
    assert public == set(DONE)


@pytest.mark.parametrize("name", DONE)
def test_an_action_leaves_one_entry_that_says_what_was_done(name: str) -> None:
    organisation = make_organisation()
    make_member(organisation)
    user = make_member(organisation, Role.EDITOR, Role.MODERATOR, email=SECOND)
    before = AuditEntry.objects.latest("id").pk

    act, details = DONE[name]
    act(organisation, user)

    entry = AuditEntry.objects.get(pk__gt=before)
    assert (entry.action, entry.actor, entry.at, entry.details) == (name, OPERATOR, NOW, details)
    if name in {"grant_role", "withdraw_role", "remove_member", "renew_sign_in", "erase_user"}:
        assert (entry.kind, entry.identifier) == ("user", str(user.pseudonym))
    if name in {"add_member", "grant_role", "withdraw_role", "remove_member", "renew_sign_in"}:
        assert entry.organisation_id == organisation.pk


def test_no_entry_holds_an_address() -> None:
    organisation = make_organisation()
    make_member(organisation)
    for name in ("add_member", "grant_role", "withdraw_role", "remove_member", "erase_user"):
        user = make_member(organisation, Role.EDITOR, Role.MODERATOR, email=f"{name}@b.example")
        DONE[name][0](organisation, user)
    assert AuditEntry.objects.count() == 12
    assert "@" not in str(list(AuditEntry.objects.values()))


# Organisations


def test_an_organisation_is_created_without_members() -> None:
    organisation = actions.create_organisation(
        name=" Municipality  of Waterdam ", slug="waterdam", actor=OPERATOR, now=NOW
    )
    assert organisation.name == "Municipality of Waterdam"
    assert not organisation.memberships.exists()


@pytest.mark.parametrize(
    ("name", "slug", "field"),
    [
        (" ", "other", "name"),
        ("x" * 201, "other", "name"),
        ("Municipality of Waterdam", "other", "name"),
        ("Other", "waterdam", "slug"),
        ("Other", "two words", "slug"),
        ("Other", "", "slug"),
    ],
)
def test_an_organisation_needs_a_name_and_a_slug_of_its_own(
    name: str, slug: str, field: str
) -> None:
    make_organisation()
    with pytest.raises(ValidationError) as refusal:
        actions.create_organisation(name=name, slug=slug, actor=OPERATOR, now=NOW)
    assert field in refusal.value.message_dict
    assert Organisation.objects.count() == AuditEntry.objects.count() == 1


# Members


def test_a_member_who_is_new_becomes_a_user_without_a_password() -> None:
    organisation = make_organisation()
    user = make_member(organisation, Role.AUDITOR, Role.EDITOR)
    assert roles(user) == {"auditor", "editor"}
    assert not user.has_usable_password()
    assert set(user.memberships.values_list("since", flat=True)) == {NOW}


def test_a_user_can_be_a_member_of_two_organisations() -> None:
    user = make_member(make_organisation())
    again = make_member(make_organisation("elsewhere"), email=user.email.upper())
    assert again == user
    assert User.objects.count() == 1
    assert AuditEntry.objects.latest("id").details["is_new_user"] is False


@pytest.mark.parametrize("email", ["", "nobody", "a b@c.example", f"{'x' * 250}@b.example"])
def test_a_member_needs_an_address(email: str) -> None:
    organisation = make_organisation()
    with pytest.raises(ValidationError):
        make_member(organisation, email=email)
    assert not User.objects.exists()


def refused(act: Callable[[], object], reason: str) -> None:
    before = AuditEntry.objects.count(), set(Membership.objects.values_list("id", flat=True))
    with pytest.raises(RefusedError, match=reason):
        act()
    assert before == (
        AuditEntry.objects.count(),
        set(Membership.objects.values_list("id", flat=True)),
    )


def test_a_member_has_at_least_one_role() -> None:
    organisation = make_organisation()
    refused(
        lambda: actions.add_member(
            organisation=organisation, email=SECOND, roles=[], actor=OPERATOR, now=NOW
        ),
        "at least one role",
    )
    assert not User.objects.exists()


def test_a_member_cannot_be_added_again() -> None:
    organisation = make_organisation()
    make_member(organisation)
    refused(lambda: make_member(organisation, Role.EDITOR), "member already")


def test_a_role_is_granted_beside_those_that_are_there() -> None:
    organisation = make_organisation()
    user = make_member(organisation, Role.EDITOR)
    grant(organisation, user)
    assert roles(user) == {"editor", "auditor"}


def test_a_role_is_granted_once_and_to_members() -> None:
    organisation, elsewhere = make_organisation(), make_organisation("elsewhere")
    user = make_member(organisation, Role.AUDITOR)
    refused(lambda: grant(organisation, user), "this role already")
    refused(lambda: grant(elsewhere, user), "not a member")


def test_a_role_is_withdrawn_in_one_organisation_only() -> None:
    organisation, elsewhere = make_organisation(), make_organisation("elsewhere")
    user = make_member(organisation, Role.EDITOR, Role.MODERATOR)
    make_member(elsewhere, Role.MODERATOR)
    withdraw(organisation, user)
    assert set(user.memberships.values_list("organisation", "role")) == {
        (organisation.pk, "editor"),
        (elsewhere.pk, "moderator"),
    }


def test_only_a_role_that_is_there_is_withdrawn() -> None:
    organisation = make_organisation()
    user = make_member(organisation)
    refused(lambda: withdraw(organisation, user), "does not have this role")


def test_only_a_member_is_removed() -> None:
    organisation, elsewhere = make_organisation(), make_organisation("elsewhere")
    user = make_member(organisation, Role.EDITOR)
    refused(lambda: remove(elsewhere, user), "not a member")
    remove(organisation, user)
    assert not roles(user)
    assert User.objects.filter(pk=user.pk).exists()


def dismiss(organisation: Organisation, user: User) -> None:
    actions.withdraw_role(
        organisation=organisation, user=user, role=Role.ADMINISTRATOR, actor=OPERATOR, now=NOW
    )


@pytest.mark.parametrize("act", [dismiss, remove, erase])
def test_the_last_administrator_stays(act: Callable[[Organisation, User], None]) -> None:
    organisation = make_organisation()
    user = make_member(organisation)
    blocked = make_member(organisation, email=SECOND)
    User.objects.filter(pk=blocked.pk).update(is_active=False)
    refused(lambda: act(organisation, user), "at least one administrator")


@pytest.mark.parametrize("act", [dismiss, remove, erase])
def test_another_administrator_can_go(act: Callable[[Organisation, User], None]) -> None:
    organisation = make_organisation()
    user = make_member(organisation)
    other = make_member(organisation, email=SECOND)
    act(organisation, user)
    assert list(organisation.memberships.values_list("user", flat=True)) == [other.pk]


def test_of_an_erased_user_only_the_pseudonym_is_left() -> None:
    organisation = make_organisation()
    make_member(organisation, email=SECOND)
    user = make_member(organisation, Role.EDITOR)
    pseudonym = str(user.pseudonym)
    erase(organisation, user)
    assert not User.objects.filter(email="first@waterdam.example").exists()
    entries = AuditEntry.objects.filter(identifier=pseudonym).order_by("id")
    assert [entry.action for entry in entries] == ["add_member", "erase_user"]


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_leave_at_once_one_stays() -> None:
    organisation = make_organisation()
    users = [make_member(organisation), make_member(organisation, email=SECOND)]
    start = threading.Barrier(len(users))
    outcomes: list[str] = []

    def leave(user: User) -> None:
        start.wait()
        try:
            remove(organisation, user)
        except RefusedError:
            outcomes.append("refused")
        else:
            outcomes.append("left")
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["left", "refused"]
    assert organisation.memberships.count() == 1


def test_a_refusal_is_in_the_language_of_the_user() -> None:
    organisation = make_organisation()
    user = make_member(organisation)
    with translation.override("nl"), pytest.raises(RefusedError, match="minstens één beheerder"):
        remove(organisation, user)


# Beginning anew


def test_who_begins_anew_has_nothing_left_to_sign_in_with(client: Client) -> None:
    user = make_member(make_organisation())
    user.set_password("paars fietsbel mosterd raam")
    user.save()
    TOTP.activate(user, "A" * 32)
    SocialAccount.objects.create(user=user, provider="openid_connect", uid="1")
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    actions.renew_sign_in(
        organisation=Organisation.objects.get(), user=user, actor=OPERATOR, now=NOW
    )
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    assert client.get("/desk/").status_code == 302


def test_who_works_elsewhere_too_does_not_begin_anew_by_one_of_both() -> None:
    organisation = make_organisation()
    user = make_member(organisation)
    make_member(make_organisation("elsewhere"), email=user.email)
    with pytest.raises(RefusedError, match="another organisation too"):
        actions.renew_sign_in(organisation=organisation, user=user, actor=OPERATOR, now=NOW)


def test_who_is_no_member_does_not_begin_anew() -> None:
    user = make_member(make_organisation())
    with pytest.raises(RefusedError, match="not a member"):
        actions.renew_sign_in(
            organisation=make_organisation("elsewhere"), user=user, actor=OPERATOR, now=NOW
        )


# Erasing


def test_an_erased_user_leaves_no_session_behind() -> None:
    organisation = make_organisation()
    make_member(organisation)
    user = make_member(organisation, email=SECOND)
    other = make_member(organisation, email="third@waterdam.example")
    for each in (user, other):
        Client().force_login(each, "allauth.account.auth_backends.AuthenticationBackend")
    actions.erase_user(user=user, actor=OPERATOR, now=NOW)
    left = [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()]
    assert left == [str(other.pk)]
