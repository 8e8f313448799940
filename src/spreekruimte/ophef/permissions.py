"""Who may do what with the register of an organisation."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.permissions import has_role


def may_keep_register(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether someone may open incidents, add and withdraw signals and acts, and import."""
    return has_role(user, organisation, Role.EDITOR)


def may_read_register(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether someone may see the register."""
    return has_role(user, organisation, Role.EDITOR, Role.AUDITOR)
