"""What the audit trail says of surveys of public servants, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "open_survey": _("%(who)s opened survey %(what)s among public servants."),
        "invite_to_survey": _("%(who)s made %(count)s invitations for survey %(what)s."),
        "close_survey": _("%(who)s closed survey %(what)s among public servants."),
        "publish_survey": _("%(who)s published survey %(what)s among public servants."),
    }
)
