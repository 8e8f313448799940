"""The answers to a study, without anything that leads to who gave them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from spreekruimte.ballots.models import Channel
from spreekruimte.studies.estimating import Gathered
from spreekruimte.studies.models import Study, StudyAnswer, StudyRespondent
from spreekruimte.studies.plans import Context, Plan


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, as it is published.

    Attributes
    ----------
    respondent
        Counted from 1 in the order of pseudonyms, whose key is gone.
    number
        As which one the respondent saw the vignette, from 1.
    """

    respondent: int
    channel: str
    number: int
    context: Context
    answer: int


def channels_of(study: Study) -> list[Channel]:
    """Give through which channels somebody answered; the two are never added up."""
    found = set(study.respondents.values_list("channel", flat=True))
    return [channel for channel in Channel if channel in found]


def gather_answers(study: Study, channel: Channel) -> Gathered:
    """Give the answers of one channel as arrays, in one order whatever order they came in."""
    plan = Plan.of(study)
    people = StudyRespondent.objects.filter(study=study, channel=channel).order_by("pseudonym")
    told = dict(people.values_list("pk", "about"))
    numbers = {pk: number for number, pk in enumerate(told)}
    contexts = dict(study.vignettes.values_list("pk", "context"))
    levels = {pk: plan.to_levels(context) for pk, context in contexts.items()}
    rows = list(
        StudyAnswer.objects.filter(respondent__study=study, respondent__channel=channel)
        .order_by("respondent__pseudonym", "number")
        .values_list("respondent", "vignette", "answer")
    )
    return Gathered(
        shown=np.array([levels[vignette] for _, vignette, _ in rows], dtype=np.int64).reshape(
            len(rows), len(plan.values)
        ),
        answers=np.array([answer for _, _, answer in rows], dtype=np.int64),
        respondents=np.array([numbers[person] for person, _, _ in rows], dtype=np.int64),
        about=list(told.values()),
    )


def given_answers(study: Study) -> Iterator[Given]:
    """Go through all answers to a study, for everybody who wants to count anew."""
    contexts = dict(study.vignettes.values_list("pk", "context"))
    rows = (
        StudyAnswer.objects.filter(respondent__study=study)
        .order_by("respondent__pseudonym", "number")
        .values_list("respondent", "respondent__channel", "number", "vignette", "answer")
    )
    before, respondent = None, 0
    for person, channel, number, vignette, answer in rows.iterator():
        respondent += person != before
        before = person
        yield Given(respondent, channel, number, contexts[vignette], answer)
