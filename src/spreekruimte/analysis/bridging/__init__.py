"""Agreement across groups, and a second opinion that needs no groups."""

from spreekruimte.analysis.bridging.across_groups import (
    GroupAgreement,
    agree_across_groups,
    chance_of_top,
    rank_statements,
)
from spreekruimte.analysis.bridging.factor_model import FactorModel, fit_factor_model
from spreekruimte.analysis.bridging.second_opinion import (
    SecondOpinion,
    ask_factor_model,
    fit_opinions,
)

__all__ = [
    "FactorModel",
    "GroupAgreement",
    "SecondOpinion",
    "agree_across_groups",
    "ask_factor_model",
    "chance_of_top",
    "fit_factor_model",
    "fit_opinions",
    "rank_statements",
]
