"""The closed cases that are most like a context, with what the public found of them.

Of a case no more is compared than citizens are shown: what an editor left out cannot be found out
by trying.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spreekruimte.analysis.vignettes.drafts import find_nearest
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.draft_check.judged import Ended
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.verdicts.judgement import StatementResult

MOST = 3


@dataclass(frozen=True, slots=True)
class NearCase:
    """One closed case.

    Attributes
    ----------
    same
        How many of the answers are the same there.
    found
        What the public found, by the official verdict; None for a case that the law protects.
    """

    id: int
    description: Bilingual
    is_simulated: bool
    same: int
    found: StatementResult | None


def find_near_cases(context: Context, ended: Ended) -> tuple[NearCase, ...]:
    """Find the cases with most answers the same; none where nothing is the same."""
    asked = code_contexts([context])[0]
    nearest = find_nearest(asked, ended.shown, np.ones(len(asked)), MOST)
    near = [ended.cases[place] for place, _likeness in nearest]
    return tuple(
        NearCase(
            id=each.id,
            description=each.description,
            is_simulated=each.is_simulated,
            same=round(likeness * len(context.answers)),
            found=each.opinions[0].judgement if each.opinions else None,
        )
        for each, (_place, likeness) in zip(near, nearest, strict=True)
    )
