"""What the audit trail says of the register of fuss, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "open_incident": _("%(who)s opened incident %(what)s."),
        "change_incident": _("%(who)s changed what incident %(what)s is about."),
        "link_case": _("%(who)s said which case incident %(what)s is about."),
        "close_incident": _("%(who)s closed incident %(what)s."),
        "reopen_incident": _("%(who)s opened incident %(what)s again."),
        "record_signal": _("%(who)s added signal %(what)s to incident %(incident)s."),
        "withdraw_signal": _("%(who)s withdrew signal %(what)s of incident %(incident)s."),
        "record_act": _("%(who)s recorded what the employer did in incident %(what)s."),
        "withdraw_act": _("%(who)s withdrew an act of the employer in incident %(what)s."),
        "import_signals": _(
            "%(who)s imported a file into incident %(incident)s: %(added)s added, %(known)s "
            "known already, %(refused)s refused."
        ),
        "withdraw_import": _("%(who)s withdrew the %(count)s signals of an import."),
        "add_feed": _("%(who)s had news feed %(what)s asked for."),
        "pause_feed": _("%(who)s paused news feed %(what)s."),
        "resume_feed": _("%(who)s had news feed %(what)s asked for again."),
        "accept_item": _("%(who)s said that news item %(what)s is about incident %(incident)s."),
        "refuse_item": _(
            "%(who)s said that news item %(what)s is not about incident %(incident)s."
        ),
        "undo_decision": _(
            "%(who)s took back what was said of news item %(what)s and incident %(incident)s."
        ),
        "issue_token": _("%(who)s gave out a link or key: %(purpose)s."),
        "revoke_token": _("%(who)s withdrew a link or key: %(purpose)s."),
    }
)
