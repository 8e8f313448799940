"""What the audit trail says of proposals, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {"ask_for_lists": _("%(who)s asked for proposals of rules.")}
)
