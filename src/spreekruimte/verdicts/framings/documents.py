"""Lay out what framings and the mirror change as JSON holds it, and read it back."""

from __future__ import annotations

from spreekruimte.analysis.framings import Support
from spreekruimte.verdicts.documents import Document, round_number
from spreekruimte.verdicts.framings.results import EFFECTS, ArmResult, Figure, Figures, Framings

VERSION = 1
_MISSING = {
    Support.TOLD: None,
    Support.NO_OPINIONS: "no opinions",
    Support.TOO_FEW_OPINIONS: "too few opinions",
}
_SUPPORT = {word: support for support, word in _MISSING.items()}


def to_document(found: Framings) -> Document:
    """Lay out what was found; each key is explained in the schema of ``framings.json``."""
    return {
        "version": VERSION,
        "level": found.level,
        "groups": list(found.groups),
        "arms": [_lay_arm_out(arm) for arm in found.arms],
        "effects": {name: lay_figures_out(found.effects[name]) for name in EFFECTS},
        "mirror_gap": lay_figures_out(found.mirror_gap),
        "assignment": round_number(found.assignment),
    }


def from_document(document: Document) -> Framings:
    """Read back what `to_document` laid out."""
    return Framings(
        level=document["level"],
        groups=tuple(document["groups"]),
        arms=tuple(_read_arm(each) for each in document["arms"]),
        effects={name: read_figures(document["effects"][name]) for name in EFFECTS},
        mirror_gap=read_figures(document["mirror_gap"]),
        assignment=document["assignment"],
    )


def lay_figures_out(figures: Figures) -> list[Document]:
    """Lay out the figures of everybody and of each group."""
    return [
        {
            "group": place - 1 if place else None,
            "estimate": round_number(figure.estimate),
            "low": round_number(figure.low),
            "high": round_number(figure.high),
            "anytime": {
                "low": round_number(figure.anytime_low),
                "high": round_number(figure.anytime_high),
            },
            "missing": _MISSING[figure.support],
        }
        for place, figure in enumerate(figures)
    ]


def read_figures(stored: list[Document]) -> Figures:
    """Read back what `lay_figures_out` gave."""
    return tuple(
        Figure(
            estimate=each["estimate"],
            low=each["low"],
            high=each["high"],
            anytime_low=each["anytime"]["low"],
            anytime_high=each["anytime"]["high"],
            support=_SUPPORT[each["missing"]],
        )
        for each in stored
    )


def _lay_arm_out(arm: ArmResult) -> Document:
    return {
        "arm": arm.arm,
        "people": arm.people,
        "admissible": list(arm.admissible),
        "inadmissible": list(arm.inadmissible),
        "shares": lay_figures_out(arm.shares),
    }


def _read_arm(stored: Document) -> ArmResult:
    return ArmResult(
        arm=stored["arm"],
        people=stored["people"],
        admissible=tuple(stored["admissible"]),
        inadmissible=tuple(stored["inadmissible"]),
        shares=read_figures(stored["shares"]),
    )
