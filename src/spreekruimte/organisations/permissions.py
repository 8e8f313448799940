"""Who may do what in an organisation: small questions with yes or no as answer.

A role gives what is named here and nothing else; an administrator does not edit cases by being
one. The rooms above have their own questions and ask `has_role`.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from spreekruimte.organisations.models import Membership, Organisation, Role, User


def has_role(user: User | AnonymousUser, organisation: Organisation, *roles: Role) -> bool:
    """Tell whether someone has at least one of the roles. Who is blocked has none."""
    if not (isinstance(user, User) and user.is_active):
        return False
    return Membership.objects.filter(organisation=organisation, user=user, role__in=roles).exists()


def may_manage_members(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether someone may add members, and grant and withdraw roles."""
    return has_role(user, organisation, Role.ADMINISTRATOR)


def may_read_audit(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether someone may read the audit trail."""
    return has_role(user, organisation, Role.ADMINISTRATOR, Role.AUDITOR)
