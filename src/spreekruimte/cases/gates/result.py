"""What a gate answers: passed or not, with every reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from spreekruimte.cases.sentences import Sentence

GateName = Literal[
    "identification", "ceiling", "rights_floor", "cooling_off", "provenance", "right_of_reply"
]
# What an editor answers to a question of a checklist.
Reply = Literal["yes", "no", "unknown"]
# "stops": the case cannot be asked. "protects": the post is admissible whatever the vote.
# "excludes": something held against the post does not count. "limits": no measure above a step of
# the ladder. "obliges": something that must be done before or beside a measure or a result.
Effect = Literal["stops", "protects", "excludes", "limits", "obliges"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a gate.

    Attributes
    ----------
    code
        For machines; unique within the gate, and stable.
    sentence
        For the editor. It may repeat what stands in a text that identifies somebody, so it is
        neither published nor kept in the audit trail; the code is.
    highest_measure
        For "limits": the highest step of the ladder of measures, 0 to 8.
    """

    code: str
    sentence: Sentence
    effect: Effect = "stops"
    highest_measure: int | None = None


@dataclass(frozen=True, slots=True)
class GateResult:
    """The answer of one gate. `passed` means that the case may be put to the vote."""

    gate: GateName
    passed: bool
    reasons: tuple[Reason, ...]

    @classmethod
    def of(cls, gate: GateName, reasons: Iterable[Reason]) -> GateResult:
        """Make a result: passed unless a reason stops or protects the case."""
        given = tuple(reasons)
        return cls(gate, not any(each.effect in {"stops", "protects"} for each in given), given)

    def with_effect(self, effect: Effect) -> tuple[Reason, ...]:
        """Give the reasons that have one effect."""
        return tuple(reason for reason in self.reasons if reason.effect == effect)
