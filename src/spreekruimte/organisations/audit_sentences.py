"""What the audit trail says of each action of this app, as a sentence.

``%(who)s`` did it, ``%(what)s`` it was done to; other names are details of the entry. Every app can
have a module of this name: `spreekruimte.organisations.telling` finds it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "create_organisation": _("%(who)s made this organisation."),
        "add_member": _("%(who)s added %(what)s, with these roles: %(roles)s."),
        "grant_role": _("%(who)s gave %(what)s this role: %(roles)s."),
        "withdraw_role": _("%(who)s took this role from %(what)s: %(roles)s."),
        "remove_member": _("%(who)s removed %(what)s, who had these roles: %(roles)s."),
        "renew_sign_in": _("%(who)s let %(what)s begin anew with signing in."),
        "erase_user": _("%(who)s erased the account of %(what)s."),
    }
)
