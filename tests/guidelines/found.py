"""Findings for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.organisations.people import NOW

from spreekruimte.ballots.models import Channel
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.evidence import Finding
from spreekruimte.verdicts.judgement import Interval


def make_finding(
    case_id: int = 1,
    admissible: int = 90,
    inadmissible: int = 10,
    at: datetime = NOW,
    **context: str,
) -> Finding:
    given: dict[str, Any] = {
        "description": Bilingual("Een bericht.", "A post."),
        "is_simulated": False,
        "channel": Channel.OPEN,
        "share": Interval(0.9, 0.8, 0.95),
        "outcome": "admissible",
        "mirror_gap": None,
    }
    return Finding(
        case_id=case_id,
        context=Context.of(context or {"tone": "sharp"}),
        admissible=admissible,
        inadmissible=inadmissible,
        published_at=at,
        **given,
    )
