"""What the audit trail says of mandates, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "write_mandates": _("%(who)s changed the draft of the mandates."),
        "publish_mandates": _("%(who)s published version %(version)s of the mandates."),
    }
)
