"""Where participants stand, and whether they form groups."""

from spreekruimte.analysis.opinions.groups import find_groups
from spreekruimte.analysis.opinions.results import OpinionGroups, OpinionSpace, Representative
from spreekruimte.analysis.opinions.sheets import collect_opinions
from spreekruimte.analysis.opinions.space import map_opinions

__all__ = [
    "OpinionGroups",
    "OpinionSpace",
    "Representative",
    "collect_opinions",
    "find_groups",
    "map_opinions",
]
