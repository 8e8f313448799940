"""Vignettes: what of a context changes the room there is to speak, and where that room is."""

from spreekruimte.analysis.vignettes.clustered import Estimates
from spreekruimte.analysis.vignettes.effects import estimate_effects, estimate_interactions
from spreekruimte.analysis.vignettes.means import compare_means, estimate_means
from spreekruimte.analysis.vignettes.study import (
    Answers,
    Attribute,
    find_restricted_pairs,
    make_answers,
)

__all__ = [
    "Answers",
    "Attribute",
    "Estimates",
    "compare_means",
    "estimate_effects",
    "estimate_interactions",
    "estimate_means",
    "find_restricted_pairs",
    "make_answers",
]
