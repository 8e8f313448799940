"""What context and fuss do to what people find admissible, by random framings and the mirror."""

from spreekruimte.analysis.framings.assignment import SampleRatio, check_assignment
from spreekruimte.analysis.framings.effects import (
    FramingEffects,
    measure_framing_effects,
    measure_mirror_gap,
)
from spreekruimte.analysis.framings.intervals import FEWEST_OPINIONS, Estimates, Support
from spreekruimte.analysis.framings.pooling import Pooled, pool_effects
from spreekruimte.analysis.framings.respondents import (
    NO_GROUP,
    Cells,
    Framing,
    Respondents,
    Side,
    count_cells,
    make_respondents,
)
from spreekruimte.analysis.framings.revisions import Revisions, compare_ballots
from spreekruimte.analysis.framings.shares import measure_shares

__all__ = [
    "FEWEST_OPINIONS",
    "NO_GROUP",
    "Cells",
    "Estimates",
    "Framing",
    "FramingEffects",
    "Pooled",
    "Respondents",
    "Revisions",
    "SampleRatio",
    "Side",
    "Support",
    "check_assignment",
    "compare_ballots",
    "count_cells",
    "make_respondents",
    "measure_framing_effects",
    "measure_mirror_gap",
    "measure_shares",
    "pool_effects",
]
