"""Several studies of the same attributes, taken together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from spreekruimte.analysis.vignettes.hierarchical import ContextModel


def pool_models(models: Sequence[ContextModel], respondents: Sequence[int]) -> ContextModel:
    """Average models of the same terms, each weighed by how many people it rests on.

    Logits are averaged: the coefficients are ``sum w b`` with covariance ``sum w^2 (V - B) + sum w
    B``. The studies asked different people, so that chance evens out; but each pulls the same
    coefficients to 0, and that part ``B`` does not. How much studies differ beyond chance is not in
    it: the interval is of the average of these studies, not of a study to come.

    Parameters
    ----------
    models
        One or more, with the same attributes and terms.
    respondents
        How many people each rests on, above 0.

    Raises
    ------
    ValueError
        If there is none, or their attributes or terms differ.
    """
    if not models or len(models) != len(respondents):
        raise ValueError("Models to pool come with the number of respondents of each.")
    first = models[0]
    for each in models[1:]:
        if each.attributes != first.attributes or not np.array_equal(
            each.terms.places, first.terms.places
        ):
            raise ValueError("Models to pool have the same attributes and terms.")
    weights = np.array(respondents, dtype=np.float64) / sum(respondents)
    values = np.stack([each.values for each in models])
    chances = np.stack([each.covariance - each.pull for each in models])
    pull = (weights[:, None, None] * np.stack([each.pull for each in models])).sum(axis=0)
    spreads = np.stack([each.spreads for each in models])
    return ContextModel(
        first.attributes,
        first.terms,
        (weights[:, None] * values).sum(axis=0),
        (weights[:, None, None] ** 2 * chances).sum(axis=0) + pull,
        pull,
        (weights[:, None] * spreads).sum(axis=0),
    )
