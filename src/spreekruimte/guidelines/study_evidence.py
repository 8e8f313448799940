"""What studies found of the contexts in which a line holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.intervals import estimate_share
from spreekruimte.analysis.rules import TRUE, evaluate
from spreekruimte.ballots.models import Channel
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.queries.studied import StudiedContexts
from spreekruimte.studies.estimating import FEWEST_SEEN
from spreekruimte.verdicts.judgement import Interval


@dataclass(frozen=True, slots=True)
class StudyFinding:
    """What one published study found where a line holds.

    Attributes
    ----------
    study_id
        The number of the study.
    channel
        Whose opinions: see `StudiedContexts`.
    contexts
        In how many of the contexts that were asked the line holds.
    people, opinions
        How many people had how many opinions there.
    share
        Of the opinions, those that find posting admissible; the interval knows that several are of
        one person.
    """

    study_id: int
    title: Bilingual
    is_simulated: bool
    channel: Channel
    contexts: int
    people: int
    opinions: int
    share: Interval
    published_at: datetime


def find_study_findings(line: Line, studies: Sequence[StudiedContexts]) -> tuple[StudyFinding, ...]:
    """Give what studies found where a line certainly holds, the newest first.

    A study of which fewer people had an opinion there than any figure of a study rests on is left
    out.
    """
    found = (_find(line, studied) for studied in studies)
    return tuple(
        sorted(
            (each for each in found if each is not None),
            key=lambda each: (each.published_at, each.study_id),
            reverse=True,
        )
    )


def asked_about(line: Line, studies: Sequence[StudiedContexts]) -> list[StudiedContexts]:
    """Return the studies that `find_study_findings` tells of, without what they found."""
    return [each for each in studies if _count_people(each, _holds(line, each)) >= FEWEST_SEEN]


def _holds(line: Line, studied: StudiedContexts) -> NDArray[np.bool_]:
    """Say in which of the contexts of a study the line certainly holds."""
    holds: NDArray[np.bool_] = evaluate(line.predicate, studied.codes) == TRUE
    return holds


def _count_people(studied: StudiedContexts, holds: NDArray[np.bool_]) -> int:
    # Most lines read what the study did not ask, and need not go through all opinions.
    if not holds.any():
        return 0
    return int(np.count_nonzero(np.bincount(studied.respondents[holds[studied.places]])))


def _find(line: Line, studied: StudiedContexts) -> StudyFinding | None:
    published_at = studied.study.published_at
    holds = _holds(line, studied)
    people = _count_people(studied, holds)
    if people < FEWEST_SEEN or published_at is None:
        return None
    share = estimate_share(studied.admissible, holds[studied.places], studied.respondents)
    return StudyFinding(
        study_id=studied.study.pk,
        title=studied.study.title,
        is_simulated=studied.study.is_simulated,
        channel=studied.channel,
        contexts=int(holds.sum()),
        people=people,
        opinions=share.known,
        share=Interval(share.value, share.low, share.high),
        published_at=published_at,
    )
