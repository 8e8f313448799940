"""What pages read about organisations, members and the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from spreekruimte.organisations.models import AuditEntry, Membership, Organisation, Role, User

PAGE = 100


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who works for an organisation, with all roles there."""

    user: User
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Workplace:
    """An organisation for which a user works, with the roles there."""

    organisation: Organisation
    roles: tuple[Role, ...]


def members_of(organisation: Organisation) -> list[Member]:
    """Return the members by e-mail address, each with the roles in the order of `Role`."""
    return _collect(Membership.objects.filter(organisation=organisation))


def member_of(organisation: Organisation, pseudonym: UUID) -> Member | None:
    """Return one member, if that user is one."""
    held = Membership.objects.filter(organisation=organisation, user__pseudonym=pseudonym)
    return next(iter(_collect(held)), None)


def _collect(held: QuerySet[Membership]) -> list[Member]:
    memberships = held.select_related("user").order_by("user__email", "user_id")
    members = []
    for user, roles in groupby(memberships, key=lambda membership: membership.user):
        names = {membership.role for membership in roles}
        members.append(Member(user, tuple(role for role in Role if role in names)))
    return members


def workplaces_of(user: User) -> list[Workplace]:
    """Return where a user works, by name, each with the roles in the order of `Role`."""
    memberships = (
        Membership.objects.filter(user=user)
        .select_related("organisation")
        .order_by("organisation__name", "organisation_id")
    )
    places = []
    for organisation, roles in groupby(memberships, key=lambda held: held.organisation):
        names = {membership.role for membership in roles}
        places.append(Workplace(organisation, tuple(role for role in Role if role in names)))
    return places


def needs_link(organisation: Organisation, user: User) -> bool:
    """Tell whether a member can choose a password with a link from an administrator here.

    Not who can sign in already, and not who works elsewhere too: the link would open that as well.
    """
    return not (
        user.has_usable_password()
        or SocialAccount.objects.filter(user=user).exists()
        or Membership.objects.filter(user=user).exclude(organisation=organisation).exists()
    )


def audit_trail_of(
    organisation: Organisation, *, action: str = "", before: int | None = None, size: int = PAGE
) -> tuple[list[AuditEntry], bool]:
    """Return one page of the audit trail of an organisation, and whether there are older entries.

    Parameters
    ----------
    action : str, optional
        Of which action the entries are.
    before : int, optional
        The number of the last entry of the page that was shown before.
    size : int
        How many entries a page holds; the newest comes first.
    """
    entries = AuditEntry.objects.filter(organisation_id=organisation.pk).order_by("-id")
    if action:
        entries = entries.filter(action=action)
    if before is not None:
        entries = entries.filter(id__lt=before)
    found = list(entries[: size + 1])
    return found[:size], len(found) > size


def whole_audit_trail_of(organisation: Organisation) -> Iterator[AuditEntry]:
    """Return all entries of the audit trail of an organisation, the oldest first."""
    return AuditEntry.objects.filter(organisation_id=organisation.pk).order_by("id").iterator()


def actions_of(organisation: Organisation) -> list[str]:
    """Return the names of all actions in the audit trail of an organisation."""
    entries = AuditEntry.objects.filter(organisation_id=organisation.pk)
    return list(entries.order_by("action").values_list("action", flat=True).distinct())
