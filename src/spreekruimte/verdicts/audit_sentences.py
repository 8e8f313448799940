"""What the audit trail says of verdicts, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "publish_verdict": _("%(who)s made the result of round %(what)s official."),
    }
)
