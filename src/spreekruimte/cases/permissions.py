"""Who may do what with the cases of an organisation."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.permissions import has_role


def may_edit_cases(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether someone may prepare, sign, open and close cases, and see their sources."""
    return has_role(user, organisation, Role.EDITOR)


def may_consent(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether someone with the code of a case may agree to it: nobody who edits the case.

    The code is the proof, not a role: a public servant needs no account here.
    """
    return not may_edit_cases(user, organisation)
