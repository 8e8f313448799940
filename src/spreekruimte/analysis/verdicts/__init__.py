"""What is found about each statement, with how much certainty, and what it takes to change it."""

from spreekruimte.analysis.verdicts.cost_to_flip import (
    count_cost_to_flip,
    count_cost_to_flip_bounded,
)
from spreekruimte.analysis.verdicts.influence import bound_influence
from spreekruimte.analysis.verdicts.intervals import bound_share, bound_share_anytime
from spreekruimte.analysis.verdicts.outcomes import (
    OUTCOMES,
    Outcome,
    Rules,
    Thresholds,
    decide_outcomes,
    make_thresholds,
)

__all__ = [
    "OUTCOMES",
    "Outcome",
    "Rules",
    "Thresholds",
    "bound_influence",
    "bound_share",
    "bound_share_anytime",
    "count_cost_to_flip",
    "count_cost_to_flip_bounded",
    "decide_outcomes",
    "make_thresholds",
]
