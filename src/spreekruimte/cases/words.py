"""What the desk calls things."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.gates.result import GateName
from spreekruimte.cases.sentences import Phrase
from spreekruimte.cases.sentences import mark as _
from spreekruimte.cases.states import State

KIND_NAMES: Mapping[Kind, Phrase] = MappingProxyType(
    {
        "closed_case": Phrase(_("closed case")),
        "own_case": Phrase(_("own case")),
        "synthetic": Phrase(_("made-up case")),
    }
)
GATE_NAMES: Mapping[GateName, Phrase] = MappingProxyType(
    {
        "identification": Phrase(_("Nothing leads to a person")),
        "ceiling": Phrase(_("Ceiling: not possibly a crime")),
        "rights_floor": Phrase(_("Rights floor: what no vote can take away")),
        "cooling_off": Phrase(_("Cooling-off, and no open procedure")),
        "provenance": Phrase(_("A source, or consent")),
        "right_of_reply": Phrase(_("Right of reply")),
    }
)
NEXT_STEPS: Mapping[State, Phrase] = MappingProxyType(
    {
        "draft": Phrase(_("Fill in the parts below, then send the case to the gates.")),
        "in_check": Phrase(_("The gates are looking at this case.")),
        "stopped": Phrase(_("Mend what the gates name below, then send the case again.")),
        "ready": Phrase(_("Every gate lets this case through. You can open a round.")),
        "open": Phrase(_("Citizens can vote now. Look after the reasons that they write.")),
        "closed": Phrase(_("The round is over. Publish the verdict, or ask again.")),
        "protected": Phrase(
            _("This post is admissible whatever the vote. Citizens see on what ground.")
        ),
        "withdrawn": Phrase(_("This case was taken back. Nothing can be done with it any more.")),
    }
)
# By the name of the action that the audit trail keeps.
DEED_NAMES: Mapping[str, Phrase] = MappingProxyType(
    {
        "create_case": Phrase(_("case made")),
        "edit_texts": Phrase(_("texts changed")),
        "set_shares": Phrase(_("shares of the framings set")),
        "answer_context": Phrase(_("context changed")),
        "answer_gates": Phrase(_("questions of the gates answered")),
        "choose_public_facts": Phrase(_("facts for citizens chosen")),
        "cite_sources": Phrase(_("sources changed")),
        "sign_checklist": Phrase(_("checklist signed")),
        "set_consent_code": Phrase(_("code for consent made")),
        "give_consent": Phrase(_("consent given")),
        "withdraw_consent": Phrase(_("consent taken back")),
        "offer_reply": Phrase(_("reply offered")),
        "settle_reply": Phrase(_("reply settled")),
        "submit_for_check": Phrase(_("sent to the gates")),
        "open_case": Phrase(_("opened")),
        "close_case": Phrase(_("closed")),
        "stop_case": Phrase(_("stopped")),
        "withdraw_case": Phrase(_("withdrawn")),
    }
)
