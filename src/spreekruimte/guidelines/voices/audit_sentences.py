"""What the audit trail says of questions about voices, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "ask_voices": _("%(who)s asked the public about several voices, question %(what)s."),
        "close_voices": _("%(who)s closed question %(what)s about several voices."),
    }
)
