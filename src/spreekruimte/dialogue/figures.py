"""What is counted of a dialogue: as pages show it, and as it is stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from spreekruimte.analysis.conversation import ChangeCounts
from spreekruimte.analysis.ophef.estimates import Estimate

METHOD = "dialogue-1"
"""Names the way of counting: what was counted in another way is counted again."""
HALF = 0.5
NOBODY = ChangeCounts()

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree with something.

    Attributes
    ----------
    agree, disagree, passed
        How many did, in a group or not.
    group
        The opinion group that agrees least; None where there are no groups.
    least
        The share of that group that agrees, or of everybody without groups, with an interval that
        holds however often one looks; None where nobody of it gave an opinion.
    """

    agree: int
    disagree: int
    passed: int
    group: int | None
    least: Estimate | None

    @property
    def is_shared(self) -> bool:
        """Whether most of every group agrees, as far as the intervals tell."""
        return self.low > HALF

    @property
    def low(self) -> float:
        """The low end of the interval, by which messages are ordered; 0 where nothing is known."""
        return self.least.low if self.least else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of a dialogue.

    Attributes
    ----------
    groups
        How many opinion groups the verdict has; 0 for none.
    agreements
        By message.
    diversity
        How evenly the opinion groups write, 0 to 1; None without groups.
    changes
        How many judged otherwise after they saw the results and the dialogue.
    """

    groups: int = 0
    agreements: Mapping[int, Agreement] = field(default_factory=dict)
    diversity: Estimate | None = None
    changes: ChangeCounts = NOBODY

    def without(self, messages: Collection[int]) -> Figures:
        """Leave out what is of these messages, and what is of many among which they may be."""
        left = {
            message: each for message, each in self.agreements.items() if message not in messages
        }
        return replace(self, agreements=left, diversity=None, changes=NOBODY)

    def to_document(self) -> Document:
        """Give plain values to store."""
        return {
            "groups": self.groups,
            "agreements": {str(message): asdict(each) for message, each in self.agreements.items()},
            "diversity": asdict(self.diversity) if self.diversity else None,
            "changes": asdict(self.changes),
        }


def read_figures(document: Document) -> Figures:
    """Read back what `Figures.to_document` gave."""
    return Figures(
        groups=document["groups"],
        agreements={
            int(message): Agreement(**each | {"least": _read_estimate(each["least"])})
            for message, each in document["agreements"].items()
        },
        diversity=_read_estimate(document["diversity"]),
        changes=ChangeCounts(**document["changes"]),
    )


def _read_estimate(stored: Document | None) -> Estimate | None:
    return Estimate(**stored) if stored else None
