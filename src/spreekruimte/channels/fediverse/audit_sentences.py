"""What the audit trail says of our actors, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "ensure_actor": _("%(who)s gave the organisation an account of its own in the fediverse."),
    }
)
