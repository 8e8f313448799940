"""A second opinion on agreement across groups, from a model that knows no groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.bridging.across_groups import GroupAgreement
from spreekruimte.analysis.bridging.factor_model import FactorModel, fit_factor_model
from spreekruimte.analysis.opinions.sheets import OpinionSheets

Floats = NDArray[np.float64]

FEWEST_OPINIONS = 5
PLACES = np.arange(0.05, 1.0, 0.1)
LEAST_SHARE = 0.02
CLEARLY = 0.1
TOLERANCE = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class SecondOpinion:
    """What the factor model finds per statement.

    Attributes
    ----------
    intercepts
        Shape (statements,): agreement that is left once leaning is taken out, on the
        scale of a share; NaN with fewer than `FEWEST_OPINIONS` opinions.
    contradicts
        Shape (statements,): whether it contradicts the agreement across groups.
    """

    intercepts: Floats
    contradicts: NDArray[np.bool_]


def fit_opinions(sheets: OpinionSheets) -> FactorModel:
    """Fit the intercept-and-factor model to the opinions."""
    return fit_factor_model(
        np.repeat(np.arange(sheets.count, dtype=np.int32), np.diff(sheets.indptr)),
        sheets.columns,
        (sheets.values > 0).astype(np.float32),
        user_count=sheets.count,
        item_count=sheets.statement_count,
        tolerance=TOLERANCE,
    )


def ask_factor_model(
    model: FactorModel, sheets: OpinionSheets, agreement: GroupAgreement
) -> SecondOpinion:
    """Ask the intercept-and-factor model about every statement.

    It places participants on one scale and predicts, for ten places spread evenly over
    them, what share agrees. The geometric mean over those places is what agreement
    across groups is without groups. It contradicts where agreement across groups is
    certain to lie on one side of one half and the model finds it on the other side, by
    `CLEARLY` or more: with few opinions the model takes some chance for leaning, and
    leaning lowers the mean.

    Parameters
    ----------
    model
        As `fit_opinions` fits it to the sheets.
    sheets
        The opinions.
    agreement
        Agreement across groups, over all statements.
    """
    known = sheets.count_opinions() >= FEWEST_OPINIONS
    across = _agree_across_scale(model)
    contradicts = ((agreement.low > 0.5) & (across <= 0.5 - CLEARLY)) | (
        (agreement.high < 0.5) & (across >= 0.5 + CLEARLY)
    )
    return SecondOpinion(np.where(known, model.item_intercepts, np.nan), known & contradicts)


def _agree_across_scale(model: FactorModel) -> Floats:
    """Give the geometric mean of the predicted shares over the scale, per statement."""
    if not len(model.user_factors):
        return np.full(len(model.item_intercepts), 0.5)
    usual = model.mu + float(np.add.reduce(model.user_intercepts)) / len(model.user_intercepts)
    places = np.quantile(model.user_factors, PLACES)
    shares = usual + model.item_intercepts + places[:, None] * model.item_factors
    bounded = np.clip(shares, LEAST_SHARE, 1.0 - LEAST_SHARE)
    return np.asarray(np.exp(np.add.reduce(np.log(bounded), axis=0) / len(PLACES)))
