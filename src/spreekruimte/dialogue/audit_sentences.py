"""What the audit trail says of messages and their moderation, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "say_as_organisation": _("%(who)s wrote message %(what)s for the organisation."),
        "show_message": _("%(who)s let message %(what)s be shown."),
        "hide_message": _("%(who)s hid message %(what)s."),
        "restore_message": _("%(who)s showed message %(what)s again."),
        "uphold_message": _("%(who)s kept message %(what)s hidden after an appeal."),
        "turn_into_reason": _("%(who)s made reason %(reason)s of message %(what)s."),
    }
)
