"""Who may do what with the channels of an organisation."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.permissions import has_role


def may_use_channels(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether someone may connect accounts, have questions asked, and stop everything."""
    return has_role(user, organisation, Role.EDITOR)
