"""What the worker does between tasks: count the dialogues that changed."""

from __future__ import annotations

from datetime import datetime

from spreekruimte.dialogue.actions.counting import refresh_figures
from spreekruimte.dialogue.queries.figures import cases_to_count


def count_dialogues(now: datetime) -> int:
    """Count the dialogues that changed since they were counted; give how many were.

    To be called every second.
    """
    return sum(refresh_figures(case=case, now=now) for case in cases_to_count(now=now))
