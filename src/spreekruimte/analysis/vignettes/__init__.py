"""Vignettes: what of a context changes the room there is to speak, and where that room is."""

from spreekruimte.analysis.vignettes.clustered import Estimates
from spreekruimte.analysis.vignettes.design import Design, draw_design
from spreekruimte.analysis.vignettes.drafts import (
    Expected,
    Turn,
    find_nearest,
    find_turns,
    predict_context,
)
from spreekruimte.analysis.vignettes.draws import DrawnRoom, draw_room
from spreekruimte.analysis.vignettes.effects import estimate_effects, estimate_interactions
from spreekruimte.analysis.vignettes.hierarchical import ContextModel, fit_context_model
from spreekruimte.analysis.vignettes.means import compare_means, estimate_means
from spreekruimte.analysis.vignettes.pooling import pool_models
from spreekruimte.analysis.vignettes.room import Shares, map_room, predict_all
from spreekruimte.analysis.vignettes.study import (
    Answers,
    Attribute,
    find_restricted_pairs,
    make_answers,
)

__all__ = [
    "Answers",
    "Attribute",
    "ContextModel",
    "Design",
    "DrawnRoom",
    "Estimates",
    "Expected",
    "Shares",
    "Turn",
    "compare_means",
    "draw_design",
    "draw_room",
    "estimate_effects",
    "estimate_interactions",
    "estimate_means",
    "find_nearest",
    "find_restricted_pairs",
    "find_turns",
    "fit_context_model",
    "make_answers",
    "map_room",
    "pool_models",
    "predict_all",
    "predict_context",
]
