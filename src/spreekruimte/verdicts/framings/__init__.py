"""What framings and the mirror change in how a post is judged."""

from spreekruimte.verdicts.framings.documents import from_document, to_document
from spreekruimte.verdicts.framings.measuring import group_by_reasons, measure_framings
from spreekruimte.verdicts.framings.results import EFFECTS, ArmResult, Figure, Figures, Framings

__all__ = [
    "EFFECTS",
    "ArmResult",
    "Figure",
    "Figures",
    "Framings",
    "from_document",
    "group_by_reasons",
    "measure_framings",
    "to_document",
]
