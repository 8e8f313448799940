"""Situations and proposals for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from tests.organisations.people import NOW
from tests.studies.studied import KEY, Judge, fill, make_draft

from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.proposing.actions.finding import keep_lists
from spreekruimte.guidelines.proposing.models import ProposedLists
from spreekruimte.guidelines.proposing.situations import Situations
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.organisations.models import OPERATOR, Organisation
from spreekruimte.studies.actions.designing import choose_attributes, draw_vignettes
from spreekruimte.studies.actions.estimating import estimate_study
from spreekruimte.studies.actions.moving import close_study, open_study, publish_study
from spreekruimte.studies.models import Study

BY: Any = {"actor": OPERATOR, "now": NOW}
Context = Mapping[str, str]
VALUES = {
    "employer_type": ("ministry", "municipality", "police"),
    "topic_distance": ("own_file", "own_organisation", "other_government", "not_government"),
    "tone": ("neutral", "critical", "sharp", "mocking"),
}


def make_situations(
    contexts: Sequence[Context], judge: Callable[[Context], float], *, people: int = 100
) -> Situations:
    """Cases that so many people judged each, of whom a known share finds them inadmissible."""
    against = np.array([round(people * judge(context)) for context in contexts], dtype=np.int64)
    return Situations(
        names=tuple(f"case {number}" for number in range(len(contexts))),
        codes=rule_attributes().code_cases([dict(context) for context in contexts]),
        admissible=people - against,
        inadmissible=against,
        cases=len(contexts),
        studies=(),
        is_simulated=False,
    )


def against_mocking(context: Context, number: int) -> int:
    """Find what mocks inadmissible, and now and then something else."""
    return (-1 if context["tone"] == "mocking" else 1) * (-1 if number == 4 else 1)


def make_study(organisation: Organisation, judge: Judge = against_mocking) -> Study:
    """A published study of 48 contexts that 120 people answered."""
    study = choose_attributes(
        study=make_draft(organisation), values=VALUES, forbidden=(), pairs=(), **BY
    )
    study = draw_vignettes(study=study, per_respondent=4, blocks=12, **BY)
    study = open_study(study=study, new_key=KEY, **BY)
    fill(study, 120, judge)
    study = close_study(study=study, **BY)
    estimate_study(study=study, now=NOW)
    return publish_study(study=study, **BY)


def propose_by_study(organisation: Organisation, judge: Judge = against_mocking) -> ProposedLists:
    """Proposals from one study of an organisation."""
    make_study(organisation, judge)
    return keep_lists(organisation=organisation, now=NOW)


def taken_from(guideline: Guideline, kept: ProposedLists, **changes: object) -> dict[str, Any]:
    """What is sent to take the first rule of the shortest list over."""
    assert guideline.organisation_id == kept.organisation_id
    return {"longest": 1, "place": 0, "seen": kept.input_digest, **changes}
