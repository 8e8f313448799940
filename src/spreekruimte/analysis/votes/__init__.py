"""Votes and the files they come from."""

from spreekruimte.analysis.votes.lines import Progress
from spreekruimte.analysis.votes.matrix import (
    AGREE,
    DISAGREE,
    PASS,
    Statement,
    VoteLog,
    VoteMatrix,
)
from spreekruimte.analysis.votes.replay import Replay, digest_input, read_replay, write_replay
from spreekruimte.analysis.votes.sources import read_votes

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Progress",
    "Replay",
    "Statement",
    "VoteLog",
    "VoteMatrix",
    "digest_input",
    "read_replay",
    "read_votes",
    "write_replay",
]
