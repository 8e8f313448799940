"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes
    ----------
    code
        For programs.
    level
        An error can do harm, or keeps something from working; a warning may be meant.
    sentence
        For the operator, in the active language.
    """

    code: str
    level: Level
    sentence: str


def error(code: str, sentence: str) -> Finding:
    """Give a finding that can do harm or keeps something from working."""
    return Finding(code, "error", sentence)


def warning(code: str, sentence: str) -> Finding:
    """Give a finding that may be meant."""
    return Finding(code, "warning", sentence)
