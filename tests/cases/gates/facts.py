"""Facts that pass every gate, from which each test takes something away."""

from datetime import date

from spreekruimte.cases.context import Context
from spreekruimte.cases.gates import CaseFacts
from spreekruimte.cases.gates.ceiling import QUESTIONS, CeilingFacts
from spreekruimte.cases.gates.cooling_off import PROCEDURES, CoolingOffFacts
from spreekruimte.cases.gates.identification import CHECKLIST, IdentificationFacts, Signature
from spreekruimte.cases.gates.provenance import Provenance
from spreekruimte.cases.gates.result import GateResult
from spreekruimte.cases.gates.right_of_reply import ReplyFacts
from spreekruimte.cases.gates.rights_floor import FloorFacts
from spreekruimte.cases.gates.texts import CaseText, digest_texts

TODAY = date(2026, 11, 23)
TEXTS = (
    CaseText("description", "nl", "Een ambtenaar schrijft over een plan."),
    CaseText("description", "en", "A public servant writes about a plan."),
    CaseText("mirror", "nl", "Een ambtenaar schrijft tegen een plan."),
    CaseText("mirror", "en", "A public servant writes against a plan."),
)


def signature(editor: int, **changes: frozenset[str]) -> Signature:
    """What an editor signs for `TEXTS`; `cleared` adds words that are about nobody."""
    cleared = changes.get("cleared", frozenset())
    return Signature(editor, digest_texts(TEXTS), frozenset(CHECKLIST), cleared)


FACTS = CaseFacts(
    context=Context.of({"employer_type": "municipality", "tone": "critical"}),
    provenance=Provenance("closed_case", sources=("A newspaper of 2 May 2020",)),
    identification=IdentificationFacts(TEXTS, (signature(1), signature(2))),
    ceiling=CeilingFacts(dict.fromkeys(QUESTIONS, "no")),
    rights_floor=FloorFacts(frozenset({"content"}), corrects_facts="no", has_direction="yes"),
    cooling_off=CoolingOffFacts(date(2020, 5, 1), dict.fromkeys(PROCEDURES, "no")),
    right_of_reply=ReplyFacts(date(2026, 10, 1)),
)


def codes(result: GateResult) -> list[str]:
    """The codes of the reasons of a gate."""
    return [reason.code for reason in result.reasons]
