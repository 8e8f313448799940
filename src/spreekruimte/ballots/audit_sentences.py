"""What the audit trail says of rounds, invitations and moderation, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "plan_round": _("%(who)s planned a round for case %(what)s."),
        "cancel_plan": _("%(who)s cancelled the round planned for case %(what)s."),
        "drop_plan": _("%(who)s dropped the round planned for case %(what)s: it could not open."),
        "open_round": _("%(who)s opened round %(what)s."),
        "end_round": _("%(who)s ended round %(what)s."),
        "make_invitations": _("%(who)s made %(count)s invitations for round %(what)s."),
        "add_reason": _("%(who)s added reason %(what)s."),
        "show_reason": _("%(who)s let reason %(what)s be shown."),
        "hide_reason": _("%(who)s hid reason %(what)s."),
        "restore_reason": _("%(who)s showed reason %(what)s again."),
        "merge_reason": _("%(who)s took reason %(what)s together with reason %(into)s."),
        "separate_reason": _("%(who)s took reason %(what)s apart again."),
        "uphold_reason": _("%(who)s kept reason %(what)s hidden after an appeal."),
    }
)
