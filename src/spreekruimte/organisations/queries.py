"""What pages read about organisations, members and the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from spreekruimte.organisations.models import AuditEntry, Membership, Organisation, Role, User

PAGE = 100


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who works for an organisation, with all roles there."""

    user: User
    roles: tuple[Role, ...]


def members_of(organisation: Organisation) -> list[Member]:
    """Return the members by e-mail address, each with the roles in the order of `Role`."""
    memberships = (
        Membership.objects.filter(organisation=organisation)
        .select_related("user")
        .order_by("user__email", "user_id")
    )
    members = []
    for user, held in groupby(memberships, key=lambda membership: membership.user):
        names = {membership.role for membership in held}
        members.append(Member(user, tuple(role for role in Role if role in names)))
    return members


def organisations_of(user: User) -> list[Organisation]:
    """Return the organisations in which a user has any role, by name."""
    return list(Organisation.objects.filter(memberships__user=user).distinct().order_by("name"))


def audit_trail_of(
    organisation: Organisation, *, before: int | None = None, size: int = PAGE
) -> list[AuditEntry]:
    """Return one page of the audit trail of an organisation, the newest entry first.

    Parameters
    ----------
    before : int, optional
        The number of the last entry of the page that was shown before.
    size : int
        How many entries a page holds.
    """
    entries = AuditEntry.objects.filter(organisation_id=organisation.pk).order_by("-id")
    if before is not None:
        entries = entries.filter(id__lt=before)
    return list(entries[:size])
