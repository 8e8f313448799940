"""Changes to cases; each is one transaction and leaves one entry in the audit trail.

The actions keep the rules that hold for everyone. Who may do what stands in
`spreekruimte.cases.permissions`, and whoever calls an action asks there first. Each action returns
the case as it is afterwards; the one that was passed in stays as it was read.
"""

from spreekruimte.cases.actions.agreeing import (
    CODE_HOLDER,
    give_consent,
    offer_reply,
    set_consent_code,
    settle_reply,
    withdraw_consent,
)
from spreekruimte.cases.actions.asking import (
    close_case,
    open_case,
    stop_case,
    submit_for_check,
    withdraw_case,
)
from spreekruimte.cases.actions.bank import load_case_bank
from spreekruimte.cases.actions.preparing import (
    answer_context,
    answer_gates,
    choose_public_facts,
    cite_sources,
    create_case,
    edit_texts,
    set_shares,
)
from spreekruimte.cases.actions.signing import sign_checklist

__all__ = [
    "CODE_HOLDER",
    "answer_context",
    "answer_gates",
    "choose_public_facts",
    "cite_sources",
    "close_case",
    "create_case",
    "edit_texts",
    "give_consent",
    "load_case_bank",
    "offer_reply",
    "open_case",
    "set_consent_code",
    "set_shares",
    "settle_reply",
    "sign_checklist",
    "stop_case",
    "submit_for_check",
    "withdraw_case",
    "withdraw_consent",
]
