"""What the audit trail says of each change to a case, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "create_case": _("%(who)s made case %(what)s."),
        "edit_texts": _("%(who)s changed the texts of case %(what)s."),
        "set_shares": _("%(who)s set who sees which framing of case %(what)s."),
        "answer_context": _("%(who)s changed the context of case %(what)s."),
        "answer_gates": _("%(who)s answered the questions of the gates for case %(what)s."),
        "choose_public_facts": _("%(who)s chose what citizens are told about case %(what)s."),
        "cite_sources": _("%(who)s changed the sources of case %(what)s."),
        "sign_checklist": _("%(who)s signed the checklist of case %(what)s."),
        "set_consent_code": _("%(who)s made a code for consent to case %(what)s."),
        "give_consent": _("%(who)s gave consent to case %(what)s."),
        "withdraw_consent": _("%(who)s took back the consent to case %(what)s."),
        "offer_reply": _("%(who)s offered the right of reply to case %(what)s."),
        "settle_reply": _("%(who)s settled the right of reply to case %(what)s."),
        "submit_for_check": _("%(who)s sent case %(what)s to the gates."),
        "open_case": _("%(who)s opened case %(what)s."),
        "close_case": _("%(who)s closed case %(what)s."),
        "stop_case": _("%(who)s stopped case %(what)s."),
        "withdraw_case": _("%(who)s withdrew case %(what)s."),
        "load_case_bank": _("%(who)s took over cases from the case bank."),
    }
)
