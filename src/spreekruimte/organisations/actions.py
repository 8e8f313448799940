"""Changes to organisations and their members; each leaves one entry in the audit trail.

The actions keep the rules that hold for everyone. Who may do what stands in `permissions`, and
whoever calls an action asks there first.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Membership, Organisation, Role, User
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def create_organisation(*, name: str, slug: str, actor: Actor, now: datetime) -> Organisation:
    """Add a public body, which has no members yet.

    Raises
    ------
    ValidationError
        If the name or the slug is missing, malformed or in use.
    """
    organisation = Organisation(name=" ".join(name.split()), slug=slug)
    organisation.full_clean()
    organisation.save()
    audit.record(
        actor=actor,
        action="create_organisation",
        kind="organisation",
        identifier=organisation.pk,
        organisation=organisation,
        now=now,
        details={"slug": slug},
    )
    return organisation


@transaction.atomic
def add_member(
    *, organisation: Organisation, email: str, roles: Collection[Role], actor: Actor, now: datetime
) -> User:
    """Let someone work for an organisation, in one or more roles.

    Who is not known yet becomes a user, without a password.

    Raises
    ------
    ValidationError
        If the address is none.
    RefusedError
        Without a role, or if the person is a member already.
    """
    if not roles:
        raise RefusedError(_("Choose at least one role."))
    _hold(organisation)
    user, is_new = _find_or_make_user(email)
    if Membership.objects.filter(organisation=organisation, user=user).exists():
        raise RefusedError(_("This person is a member already."))
    chosen = [role for role in Role if role in roles]
    Membership.objects.bulk_create(
        Membership(organisation=organisation, user=user, role=role, since=now) for role in chosen
    )
    _record("add_member", organisation, user, actor, now, roles=chosen, is_new_user=is_new)
    return user


@transaction.atomic
def grant_role(
    *, organisation: Organisation, user: User, role: Role, actor: Actor, now: datetime
) -> None:
    """Give a member one more role."""
    _hold(organisation)
    roles = _roles(organisation, user)
    if not roles:
        raise RefusedError(_("This person is not a member."))
    if role in roles:
        raise RefusedError(_("This person has this role already."))
    Membership.objects.create(organisation=organisation, user=user, role=role, since=now)
    _record("grant_role", organisation, user, actor, now, roles=[role])


@transaction.atomic
def withdraw_role(
    *, organisation: Organisation, user: User, role: Role, actor: Actor, now: datetime
) -> None:
    """Take a role from a member; who has none left is no member any more."""
    _hold(organisation)
    if role not in _roles(organisation, user):
        raise RefusedError(_("This person does not have this role."))
    if role == Role.ADMINISTRATOR:
        _keep_an_administrator(organisation, user)
    Membership.objects.filter(organisation=organisation, user=user, role=role).delete()
    _record("withdraw_role", organisation, user, actor, now, roles=[role])


@transaction.atomic
def remove_member(*, organisation: Organisation, user: User, actor: Actor, now: datetime) -> None:
    """Take all roles from a member. The user stays: there may be other organisations."""
    _hold(organisation)
    roles = _roles(organisation, user)
    if not roles:
        raise RefusedError(_("This person is not a member."))
    if Role.ADMINISTRATOR in roles:
        _keep_an_administrator(organisation, user)
    Membership.objects.filter(organisation=organisation, user=user).delete()
    _record("remove_member", organisation, user, actor, now, roles=roles)


@transaction.atomic
def renew_sign_in(*, organisation: Organisation, user: User, actor: Actor, now: datetime) -> None:
    """Forget how a member signs in: the password, the second factors, and accounts elsewhere.

    Whoever is signed in as this user no longer is.

    Raises
    ------
    RefusedError
        If the user works for another organisation too, whose administrator did not decide this.
    """
    _hold(organisation)
    if not _roles(organisation, user):
        raise RefusedError(_("This person is not a member."))
    if Membership.objects.filter(user=user).exclude(organisation=organisation).exists():
        raise RefusedError(
            _("This person works for another organisation too. Ask the operator of the system.")
        )
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    _end_sessions(user)
    _record("renew_sign_in", organisation, user, actor, now)


@transaction.atomic
def erase_user(*, user: User, actor: Actor, now: datetime) -> None:
    """Erase a user and all memberships. In the audit trail, only the pseudonym is left."""
    administered = Organisation.objects.filter(
        memberships__user=user, memberships__role=Role.ADMINISTRATOR
    )
    for organisation in administered.order_by("pk"):
        _hold(organisation)
        _keep_an_administrator(organisation, user)
    _end_sessions(user)
    user.delete()
    _record("erase_user", None, user, actor, now)


def _end_sessions(user: User) -> None:
    """Erase what browsers that are signed in left here: it names the user by e-mail address."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def _hold(organisation: Organisation) -> None:
    """Let no other action change the members before this one is done."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _find_or_make_user(email: str) -> tuple[User, bool]:
    email = User.objects.normalize_email(email)
    User(email=email).clean_fields(exclude={"password"})
    return User.objects.get_or_create(email=email, defaults={"password": make_password(None)})


def _roles(organisation: Organisation, user: User) -> list[Role]:
    """Return the roles of a user in the order in which the roles are declared."""
    held = set(
        Membership.objects.filter(organisation=organisation, user=user).values_list(
            "role", flat=True
        )
    )
    return [role for role in Role if role in held]


def _keep_an_administrator(organisation: Organisation, user: User) -> None:
    others = Membership.objects.filter(
        organisation=organisation, role=Role.ADMINISTRATOR, user__is_active=True
    ).exclude(user=user)
    if not others.exists():
        raise RefusedError(_("An organisation needs at least one administrator."))


def _record(
    action: str,
    organisation: Organisation | None,
    user: User,
    actor: Actor,
    now: datetime,
    *,
    roles: Collection[Role] | None = None,
    is_new_user: bool | None = None,
) -> None:
    details: dict[str, audit.Detail] = {}
    if roles is not None:
        details["roles"] = [role.value for role in roles]
    if is_new_user is not None:
        details["is_new_user"] = is_new_user
    audit.record(
        actor=actor,
        action=action,
        kind="user",
        identifier=user.pseudonym,
        organisation=organisation,
        now=now,
        details=details,
    )
