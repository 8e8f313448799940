"""Who may do what with the guidelines of an organisation."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.permissions import has_role


def may_edit_guidelines(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether someone may write, publish, revise and withdraw guidelines."""
    return has_role(user, organisation, Role.EDITOR)
