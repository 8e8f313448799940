"""Findings of cases and of studies for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
from tests.organisations.people import NOW

from spreekruimte.ballots.models import Channel
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.evidence import Finding
from spreekruimte.guidelines.queries.studied import StudiedContexts
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.studies.models import Study
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


def make_studied(at: datetime = NOW, *, people: int = 30, pk: int = 7) -> StudiedContexts:
    """A study of a sharp and a neutral tone: one in five finds what is sharp admissible."""
    return StudiedContexts(
        study=Study(pk=pk, title_nl="Toon", title_en="Tone", published_at=at),
        channel=Channel.OPEN,
        codes=code_contexts([Context.of({"tone": each}) for each in ("sharp", "neutral")]),
        places=np.tile([0, 1], people),
        admissible=np.ravel([(person % 5 == 0, True) for person in range(people)]),
        respondents=np.repeat(np.arange(people), 2),
    )
