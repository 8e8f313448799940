"""What published studies found of the contexts that they asked, in the codes of rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import JSONField, TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from spreekruimte.analysis.rules import UNKNOWN
from spreekruimte.ballots.models import Channel
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.models import Study
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.answers import gather_answers
from spreekruimte.studies.queries.room import channel_with_room

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


@dataclass(frozen=True, slots=True, eq=False)
class PublishedStudy:
    """A published study as it is kept in memory, for as long as nothing of it changes.

    Attributes
    ----------
    study
        With its organisation and its result; only to be read.
    channel
        Whose opinions: of the panel where these suffice, else of the open vote; None where neither
        suffice for figures.
    """

    study: Study
    channel: Channel | None


def list_published(first: Organisation | None = None) -> list[PublishedStudy]:
    """Give the published studies, the newest first.

    Parameters
    ----------
    first
        The body whose studies stand before those of others.
    """
    # Text that was read before tells that nothing changed, also by another process.
    rows = Study.objects.filter(state="published").order_by("-pk")
    kept = [_keep(row) for row in rows.values_list(*_list_fields())]
    if first is not None:
        kept.sort(key=lambda each: each.study.organisation_id != first.pk)
    return kept


def read_studies() -> list[StudiedContexts]:
    """Read the published studies whose answers suffice for figures, the oldest first.

    Studies of all organisations: what they found is published for everybody.
    """
    return read_answers(list_published())


def read_answers(published: Sequence[PublishedStudy]) -> list[StudiedContexts]:
    """Read the answers to studies where these suffice for figures, the oldest study first."""
    ordered = sorted(published, key=lambda each: each.study.pk)
    return [_read_opinions(each, each.channel) for each in ordered if each.channel is not None]


def _list_fields() -> list[str | Cast]:
    """List all that is stored of a study and of what was found, with JSON as its text."""
    stored = [
        Cast(each.name, TextField()) if isinstance(each, JSONField) else each.attname
        for each in Study._meta.concrete_fields
    ]
    return [*stored, "organisation__name", Cast("result__figures", TextField())]


@lru_cache(maxsize=MOST_KEPT)
def _keep(row: tuple[Any, ...]) -> PublishedStudy:
    study = Study.objects.select_related("organisation", "result").get(pk=row[0])
    return PublishedStudy(study, channel_with_room(study))


@lru_cache(maxsize=MOST_KEPT)
def _read_opinions(published: PublishedStudy, channel: Channel) -> StudiedContexts:
    """Read answers once: thirty thousand take longer than all else that a page does."""
    gathered = gather_answers(published.study, channel)
    is_opinion = gathered.answers != 0
    shown, places = np.unique(gathered.shown[is_opinion], axis=0, return_inverse=True)
    return StudiedContexts(
        study=published.study,
        channel=channel,
        codes=code_levels(Plan.of(published.study), shown),
        places=places.ravel().astype(np.int64),
        admissible=gathered.answers[is_opinion] > 0,
        respondents=gathered.respondents[is_opinion],
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
