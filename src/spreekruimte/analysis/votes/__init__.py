"""Votes and the files they come from."""

from spreekruimte.analysis.votes.matrix import (
    AGREE,
    DISAGREE,
    PASS,
    Statement,
    VoteLog,
    VoteMatrix,
)

__all__ = ["AGREE", "DISAGREE", "PASS", "Statement", "VoteLog", "VoteMatrix"]
