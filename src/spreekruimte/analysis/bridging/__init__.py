"""Agreement across groups, and a second opinion that needs no groups."""

from spreekruimte.analysis.bridging.across_groups import (
    GroupAgreement,
    agree_across_groups,
    chance_of_top,
    rank_statements,
)

__all__ = ["GroupAgreement", "agree_across_groups", "chance_of_top", "rank_statements"]
