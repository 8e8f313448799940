"""What published studies found of the contexts that they asked, in the codes of rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import UNKNOWN
from spreekruimte.ballots.models import Channel
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.studies.models import Study
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.answers import gather_answers
from spreekruimte.studies.queries.room import channel_with_room, published_studies

Ints = NDArray[np.int64]
MOST_KEPT = 32
"""Of how many studies the answers stay in memory, about a megabyte each."""


@dataclass(frozen=True, slots=True, eq=False)
class StudiedContexts:
    """The opinions on the contexts of a study; who did not know has none.

    Attributes
    ----------
    channel
        Whose opinions: of the panel where these suffice, else of the open vote.
    codes
        The contexts that were asked, each once, shape (contexts, attributes), -1 where the study
        says nothing.
    places
        Which context each opinion is about, shape (opinions,).
    admissible
        Whether it found posting admissible, shape (opinions,).
    respondents
        Whose it is, numbered from 0, shape (opinions,).
    """

    study: Study
    channel: Channel
    codes: Ints
    places: Ints
    admissible: NDArray[np.bool_]
    respondents: Ints


def read_studies() -> list[StudiedContexts]:
    """Read the published studies whose answers suffice for figures, the oldest first.

    Studies of all organisations: what they found is published for everybody.
    """
    studies = sorted(published_studies(), key=lambda study: study.pk)
    return [
        _read(study, channel)
        for study in studies
        if (channel := channel_with_room(study)) is not None
    ]


def _read(study: Study, channel: Channel) -> StudiedContexts:
    opinions = _read_opinions(study.pk, channel, name_published(study))
    return StudiedContexts(study, channel, *opinions)


def name_published(study: Study) -> str:
    """Give what names the answers to a study and its model: these never change once published."""
    known = json.dumps([study.attributes, study.forbidden, study.result.figures], sort_keys=True)
    return sha256(known.encode()).hexdigest()


@lru_cache(maxsize=MOST_KEPT)
def _read_opinions(
    study_id: int, channel: Channel, _digest: str
) -> tuple[Ints, Ints, NDArray[np.bool_], Ints]:
    """Read answers once: thirty thousand take longer than all else that a page does."""
    study = Study.objects.get(pk=study_id)
    gathered = gather_answers(study, channel)
    is_opinion = gathered.answers != 0
    shown, places = np.unique(gathered.shown[is_opinion], axis=0, return_inverse=True)
    return (
        code_levels(Plan.of(study), shown),
        places.ravel().astype(np.int64),
        gathered.answers[is_opinion] > 0,
        gathered.respondents[is_opinion],
    )


def code_levels(plan: Plan, levels: Ints) -> Ints:
    """Give contexts of a study in the codes of rules.

    Parameters
    ----------
    levels
        The place of the value of each attribute of the study, shape (contexts, its attributes).

    Returns
    -------
    Shape (contexts, attributes of rules), -1 where the study says nothing.
    """
    shape = (len(levels), len(rule_attributes().columns))
    codes = np.full(shape, UNKNOWN, dtype=np.int64)
    for place, (name, values) in enumerate(plan.values.items()):
        column = rule_attributes().find(name)
        attribute = rule_attributes().columns[column]
        codes[:, column] = np.array([attribute.code(each) for each in values])[levels[:, place]]
    return codes
