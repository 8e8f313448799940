"""Where participants stand, and whether they form groups."""

from spreekruimte.analysis.opinions.results import OpinionGroups, OpinionSpace, Representative

__all__ = ["OpinionGroups", "OpinionSpace", "Representative"]
