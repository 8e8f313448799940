"""The gates that a case passes before it may be asked: each a pure function of facts.

They are checked in the order in which an editor should mend what they find, and all of them are
checked always, so that an editor sees every reason at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from spreekruimte.cases.context import Context
from spreekruimte.cases.gates.ceiling import CeilingFacts, check_ceiling
from spreekruimte.cases.gates.cooling_off import CoolingOffFacts, check_cooling_off
from spreekruimte.cases.gates.identification import IdentificationFacts, check_identification
from spreekruimte.cases.gates.provenance import Provenance, check_provenance
from spreekruimte.cases.gates.result import GateResult
from spreekruimte.cases.gates.right_of_reply import ReplyFacts, check_right_of_reply
from spreekruimte.cases.gates.rights_floor import FloorFacts, check_rights_floor
from spreekruimte.cases.gates.texts import is_mirror
from spreekruimte.cases.sentences import LANGUAGES

__all__ = ["CaseFacts", "GateResult", "check_gates", "choose_move"]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What all gates have to know about a case."""

    context: Context
    provenance: Provenance
    identification: IdentificationFacts
    ceiling: CeilingFacts
    rights_floor: FloorFacts
    cooling_off: CoolingOffFacts
    right_of_reply: ReplyFacts


def check_gates(facts: CaseFacts, *, today: date) -> tuple[GateResult, ...]:
    """Check every gate, in order."""
    context, is_synthetic = facts.context, facts.provenance.is_synthetic
    mirrored = {each.language for each in facts.identification.texts if is_mirror(each)}
    return (
        check_identification(facts.identification, is_synthetic=is_synthetic),
        check_ceiling(facts.ceiling, context=context),
        check_rights_floor(
            facts.rights_floor, context=context, has_mirror=mirrored.issuperset(LANGUAGES)
        ),
        check_cooling_off(facts.cooling_off, is_synthetic=is_synthetic, today=today),
        check_provenance(facts.provenance, today=today),
        check_right_of_reply(facts.right_of_reply, is_synthetic=is_synthetic, today=today),
    )


def choose_move(results: tuple[GateResult, ...]) -> Literal["stop", "protect", "clear"]:
    """Say which move out of the state "in check" follows from the gates.

    Whatever stops goes first: a protected case is published too, so it must harm nobody.
    """
    if any(result.with_effect("stops") for result in results):
        return "stop"
    if any(result.with_effect("protects") for result in results):
        return "protect"
    return "clear"
