"""What a line of a guideline does where it holds; apart, since tables need the names alone."""

from __future__ import annotations

from typing import Literal

LineEffect = Literal["forbid", "require", "caution", "permit", "frame", "weigh", "limits_employer"]
