"""The room that a study found: predicted shares of all its contexts, and maps of them.

Only studies whose results are published have a room here, so that nothing shows earlier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.vignettes import ContextModel, Shares, map_room, pool_models, predict_all
from spreekruimte.analysis.vignettes.combinations import arrange_terms
from spreekruimte.ballots.models import PREFERRED, Channel
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.estimating import is_refusal
from spreekruimte.studies.models import Study
from spreekruimte.studies.occurrence import Frequency, count_values
from spreekruimte.studies.plans import Context, Plan

Floats = NDArray[np.float64]
# Who was drawn by lot stands for more than who came.


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """The predicted share that finds posting admissible, for every context of a study.

    Attributes
    ----------
    study, channel
        Whose answers it rests on.
    values
        The values of each attribute, in the order of the axes.
    shares
        With 95% intervals, shape (values of the first attribute, values of the second, ...); not
        a number for contexts that the study forbids.
    """

    study: Study
    channel: Channel
    values: Mapping[str, tuple[str, ...]]
    shares: Shares

    def share_of(self, context: Context) -> tuple[float, float, float]:
        """Give the share of one context with the bounds of its interval.

        Parameters
        ----------
        context
            A value for each attribute of the study; others are of no matter.

        Raises
        ------
        KeyError, ValueError
            If an attribute has no value there, or one that the study has not.
        """
        place = tuple(values.index(context[name]) for name, values in self.values.items())
        shares = self.shares
        return float(shares.values[place]), float(shares.low[place]), float(shares.high[place])


Scope = Literal["study", "alike"]
"""Whose answers a map shows: those of one study, or of all that compare the same."""


@dataclass(frozen=True, slots=True)
class MapChoice:
    """What a reader wants to see on a map of room.

    Attributes
    ----------
    across, down
        The attributes along the two sides.
    fixed
        The value of each attribute that does not vary; over others the map averages.
    frequency
        How often values occur over which the map averages.
    scope
        Whose answers it shows.
    """

    across: str
    down: str
    fixed: Context
    frequency: Frequency
    scope: Scope = "study"


def published_studies(organisation: Organisation | None = None) -> list[Study]:
    """Give the studies whose results are published, the newest first; of one body, or of all."""
    found = Study.objects.filter(state="published").select_related("organisation", "result")
    if organisation is not None:
        found = found.filter(organisation=organisation)
    return list(found.order_by("-pk"))


def channel_with_room(study: Study) -> Channel | None:
    """Give the channel whose answers suffice for a model: the panel where that has one."""
    for channel in PREFERRED:
        if _model_document(study, channel) is not None:
            return channel
    return None


def predict_room(study: Study, channel: Channel | None = None) -> Room | None:
    """Predict the share of every context of a published study.

    Parameters
    ----------
    channel
        Whose answers; if not said, those of the panel where these suffice, else the open channel.

    Returns
    -------
    Room or None
        None where the study is not published, or the answers do not suffice.
    """
    chosen = channel or channel_with_room(study)
    model = model_of(study, chosen) if chosen else None
    if chosen is None or model is None:
        return None
    plan = Plan.of(study)
    flat = predict_all(model, plan.forbidden_levels)
    shares = Shares(*(each.reshape(plan.sizes) for each in (flat.values, flat.low, flat.high)))
    return Room(study, chosen, plan.values, shares)


def map_study(study: Study, channel: Channel, choice: MapChoice) -> Shares | None:
    """Map a published study over two attributes.

    Returns
    -------
    Shares or None
        Shape (values down, values across); None where there is no model.

    Raises
    ------
    InputError
        If the forbidden combinations leave nothing to show.
    """
    model = pooled_model(study, channel) if choice.scope == "alike" else model_of(study, channel)
    if model is None:
        return None
    plan = Plan.of(study)
    occurrence = [_weigh(attribute, values, choice) for attribute, values in plan.values.items()]
    chosen = plan.places[choice.down], plan.places[choice.across]
    return map_room(model, chosen, occurrence, plan.forbidden_levels)


def model_of(study: Study, channel: Channel) -> ContextModel | None:
    """Give the model of one channel of a published study; None where there is none."""
    document = _model_document(study, channel)
    if document is None:
        return None
    plan = Plan.of(study)
    terms = arrange_terms(np.array(plan.sizes), plan.pair_places)
    values, covariance, spreads = (
        np.array(document[name]) for name in ("values", "covariance", "spreads")
    )
    # What was estimated by the first method does not say which part of the error is the pull.
    pull = np.array(document["pull"]) if "pull" in document else np.zeros_like(covariance)
    return ContextModel(plan.attributes, terms, values, covariance, pull, spreads)


def studies_alike(study: Study, channel: Channel) -> list[Study]:
    """Give the published studies that compare the same as a study, itself among them."""
    return [
        each
        for each in published_studies()
        if (each.attributes, each.forbidden, each.pairs)
        == (study.attributes, study.forbidden, study.pairs)
        and each.is_simulated == study.is_simulated
        and _model_document(each, channel) is not None
    ]


def pooled_model(study: Study, channel: Channel) -> ContextModel | None:
    """Give the model of all studies that compare the same; None where none has one."""
    alike = studies_alike(study, channel)
    models = [model for each in alike if (model := model_of(each, channel)) is not None]
    counts = [each.result.figures[str(channel)]["respondents"] for each in alike]
    return pool_models(models, counts) if models else None


def _weigh(attribute: str, values: tuple[str, ...], choice: MapChoice) -> Floats:
    if attribute in choice.fixed:
        return np.array([value == choice.fixed[attribute] for value in values], dtype=np.float64)
    return count_values(attribute, values, choice.frequency)


def _model_document(study: Study, channel: Channel) -> dict[str, Any] | None:
    if study.state != "published":
        return None
    document = study.result.figures.get(str(channel), {}).get("model")
    return None if document is None or is_refusal(document) else document
