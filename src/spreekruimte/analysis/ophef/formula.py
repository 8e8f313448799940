"""The formula put to the test: whether it is fuss that decides, or what the public finds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.estimates import Estimate, Reason, Refusal
from spreekruimte.analysis.ophef.measured_share import WEIGHTS, place_nodes
from spreekruimte.analysis.ophef.ordinal import (
    OrdinalFit,
    arrange_design,
    bound_slope,
    fit_ordinal,
    predict_cumulative,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST_INCIDENTS = 30
HIGHEST_CORRELATION = 0.98
RESAMPLES = 400
STEPS = 9
"""The ladder has the steps 0 to 8."""

_SEED = b"spreekruimte formula 1"


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Incidents: how they ended, how much fuss there was, and what the public finds.

    Attributes
    ----------
    outcomes
        Shape (incidents,): the measure on the ladder, 0 to 8; or what became of the rules, -1
        looser, 0 unchanged, 1 stricter.
    fuss
        Shape (incidents, predictors): logarithms, from `scale_formula` or `scale_running_sum`.
    shares, errors
        Shape (incidents,): the share that finds the post admissible, and its standard error.

    Raises
    ------
    ValueError
        If shapes differ, a figure is not finite, or an error is negative.
    """

    outcomes: Ints
    fuss: Floats
    shares: Floats
    errors: Floats

    def __post_init__(self) -> None:
        """Refuse what cannot be evidence."""
        columns = (self.outcomes, self.shares, self.errors)
        if self.fuss.ndim != 2 or any(each.shape != self.fuss.shape[:1] for each in columns):
            raise ValueError("There is one outcome, share and error for each row of the fuss.")
        if not all(np.isfinite(each).all() for each in (self.fuss, self.shares, self.errors)):
            raise ValueError("Fuss, shares and errors are finite numbers.")
        if (self.errors < 0.0).any():
            raise ValueError("A standard error is 0 or more.")


@dataclass(frozen=True, slots=True)
class FormulaTest:
    """How much of the outcomes is explained by what.

    Attributes
    ----------
    fuss_slopes
        What one unit of each predictor of the fuss adds to the log odds of a more severe outcome,
        in the regression on fuss and public together.
    public_slope
        The same for the share that finds the post admissible, from none to all.
    by_fuss, by_public
        Parts of the deviance that are explained by either, from 0 to 1; below 0 where chance would
        explain more.
    incidents
        How many there were.
    """

    fuss_slopes: tuple[Estimate, ...]
    public_slope: Estimate
    by_fuss: Estimate
    by_public: Estimate
    incidents: int


@dataclass(frozen=True, slots=True, eq=False)
class FormulaMeasure:
    """What the formula would have done.

    Attributes
    ----------
    step, low, high
        The median step of the ladder, and the ends of the set that holds the measure.
    chances
        Of each step, shape (9,).
    """

    step: int
    low: int
    high: int
    chances: Floats


def scale_formula(items: Ints, calls: Ints) -> Floats:
    """Give ``log(1 + items)`` and ``log(1 + calls)``, shape (incidents, 2)."""
    return np.log1p(np.stack([items, calls], axis=1).astype(np.float64))


def scale_running_sum(moments: Floats, times: Floats, index: Ints) -> Floats:
    """Give ``log(1 + the fuss of all incidents before each moment)``, shape (moments, 1).

    Parameters
    ----------
    moments
        When rules were looked at again, in seconds.
    times, index
        Shape (incidents,): when each took place, and its media items plus phone calls.
    """
    order = np.argsort(times, kind="stable")
    sums = np.concatenate([[0], np.cumsum(index[order])])
    return np.log1p(sums[np.searchsorted(times[order], moments)].astype(np.float64))[:, None]


def examine_formula(evidence: Evidence, *, level: float) -> FormulaTest | Refusal:
    """Test whether fuss or the public explains the outcomes.

    Four proportional-odds regressions: on nothing, fuss, the public, and both. With ``L`` the
    log-likelihood of each, less half the number of its slopes, which is what chance adds::

        by fuss = ((L fuss - L nothing) + (L both - L public)) / (2 |L nothing|)

    and likewise for the public: McFadden's part of the deviance, shared by the values of Shapley
    (1953; Lipovetsky and Conklin 2001), so that what either could explain is halved between them.
    The share is integrated out over its error, which would else pass what the public explains to
    the fuss. Intervals: of slopes by profile likelihood; of parts by quantiles over 400 resamples
    of the incidents, less the part that resampling adds once more. Their seed follows from the
    evidence, so the order of incidents changes nothing.

    Fewer than `FEWEST_INCIDENTS` incidents are refused, and so are outcomes, fuss or shares without
    differences, and predictors with a correlation above `HIGHEST_CORRELATION`. Outcomes that are
    separated by a predictor are not refused: the prior of the slopes keeps them finite.
    """
    both = fit_regression(evidence)
    if isinstance(both, Refusal):
        return both
    evidence = _sort(evidence)
    by_fuss, by_public = _share_out(evidence, 0.5)
    drawn = _resample(evidence)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail], axis=0)
    count = evidence.fuss.shape[1]
    return FormulaTest(
        fuss_slopes=tuple(bound_slope(both, place, level) for place in range(count)),
        public_slope=bound_slope(both, count, level),
        by_fuss=Estimate(by_fuss, float(low[0]), float(high[0])),
        by_public=Estimate(by_public, float(low[1]), float(high[1])),
        incidents=len(evidence.outcomes),
    )


def fit_regression(evidence: Evidence) -> OrdinalFit | Refusal:
    """Fit the outcomes on the fuss, and after it the share; refused as in `examine_formula`."""
    evidence = _sort(evidence)
    refusal = _refuse_fuss(evidence.outcomes, evidence.fuss) or _refuse_public(evidence)
    return refusal or _fit_both(evidence)


def fit_formula(measures: Ints, items: Ints, calls: Ints) -> OrdinalFit | Refusal:
    """Fit the formula alone: the measure on ``log(1 + items)`` and ``log(1 + calls)``."""
    fuss = scale_formula(items, calls)
    order = np.lexsort((*fuss.T, measures))
    measures, fuss = measures[order], fuss[order]
    return _refuse_fuss(measures, fuss) or fit_ordinal(arrange_design(measures, fuss))


def predict_measure(formula: OrdinalFit, items: int, calls: int, *, level: float) -> FormulaMeasure:
    """Say what the formula would have done with so many items and calls.

    The ends leave out at most half of what the level leaves, on either side, so that the set holds
    the measure with a chance of at least `level`, under the formula as far as it is known.

    Parameters
    ----------
    formula
        From `fit_formula`.
    """
    fuss = scale_formula(np.array([items]), np.array([calls]))
    reached = np.zeros(STEPS)
    reached[formula.design.steps] = np.diff(predict_cumulative(formula, fuss)[0], prepend=0.0)
    cumulative = reached.cumsum()
    tail = (1.0 - level) / 2.0
    step, low, high = (int((cumulative < each).sum()) for each in (0.5, tail, 1.0 - tail))
    return FormulaMeasure(step, low, high, reached)


def _sort(evidence: Evidence) -> Evidence:
    """Bring the incidents into an order that follows from what they are."""
    keys = (evidence.errors, evidence.shares, *evidence.fuss.T, evidence.outcomes)
    return _pick(evidence, np.lexsort(keys))


def _pick(evidence: Evidence, places: Ints) -> Evidence:
    return Evidence(
        evidence.outcomes[places],
        evidence.fuss[places],
        evidence.shares[places],
        evidence.errors[places],
    )


def _refuse_fuss(outcomes: Ints, fuss: Floats) -> Refusal | None:
    """Say why no regression on the fuss can be made, if none can."""
    if len(outcomes) < FEWEST_INCIDENTS:
        return Refusal(Reason.TOO_FEW_INCIDENTS, len(outcomes), FEWEST_INCIDENTS)
    if (outcomes == outcomes[0]).all():
        return Refusal(Reason.ONE_OUTCOME, 1, 2)
    if (fuss == fuss[0]).all(axis=0).any():
        return Refusal(Reason.NO_DIFFERENCE_IN_FUSS, 1, 2)
    return _refuse_parallel(fuss)


def _refuse_public(evidence: Evidence) -> Refusal | None:
    """Say why what the public finds cannot be a predictor, if it cannot."""
    if (evidence.shares == evidence.shares[0]).all():
        return Refusal(Reason.NO_DIFFERENCE_IN_PUBLIC, 1, 2)
    refusal = _refuse_parallel(np.column_stack([evidence.fuss, evidence.shares]))
    if refusal is None and any(
        place_nodes(evidence.shares, evidence.errors, others) is None
        for others in (evidence.fuss, evidence.fuss[:, :0])
    ):
        return Refusal(Reason.NO_DIFFERENCE_IN_PUBLIC, 1, 2)
    return refusal


def _refuse_parallel(predictors: Floats) -> Refusal | None:
    """Refuse a predictor that is nearly a line in the others."""
    if predictors.shape[1] == 1:
        return None
    inflation = np.diag(np.linalg.pinv(np.corrcoef(predictors, rowvar=False)))
    least = np.linalg.eigvalsh(np.corrcoef(predictors, rowvar=False))[0]
    if least < 1e-10:
        return Refusal(Reason.INSEPARABLE, 1.0, HIGHEST_CORRELATION)
    highest = float(np.sqrt(1.0 - 1.0 / inflation.max()))
    if highest > HIGHEST_CORRELATION:
        return Refusal(Reason.INSEPARABLE, highest, HIGHEST_CORRELATION)
    return None


def _fit_both(evidence: Evidence) -> OrdinalFit:
    return fit_ordinal(arrange_design(evidence.outcomes, *_join(evidence, evidence.fuss)))


def _join(evidence: Evidence, others: Floats) -> tuple[Floats, Floats]:
    """Give the other predictors and the share at its nodes, and the weights of the nodes."""
    nodes = place_nodes(evidence.shares, evidence.errors, others)
    if nodes is None:
        # A resample whose shares differ by chance alone: the mean explains nothing.
        nodes = np.full((len(others), len(WEIGHTS)), evidence.shares.mean())
    known = np.repeat(others[:, None, :], len(WEIGHTS), axis=1)
    return np.concatenate([known, nodes[:, :, None]], axis=2), WEIGHTS


def _share_out(evidence: Evidence, penalty: float) -> tuple[float, float]:
    """Give the parts of fuss and public, less a penalty for each slope."""
    outcomes, count = evidence.outcomes, evidence.fuss.shape[1]
    shares = np.bincount(np.unique(outcomes, return_inverse=True)[1]) / len(outcomes)
    nothing = float(len(outcomes) * (shares * np.log(shares)).sum())
    fuss = fit_ordinal(arrange_design(outcomes, evidence.fuss)).log_likelihood - nothing
    alone = fit_ordinal(arrange_design(outcomes, *_join(evidence, evidence.fuss[:, :0])))
    public = alone.log_likelihood - nothing
    both = _fit_both(evidence).log_likelihood - nothing
    by_fuss = (fuss + both - public) / 2.0 - penalty * count
    by_public = (public + both - fuss) / 2.0 - penalty
    return by_fuss / -nothing, by_public / -nothing


def _resample(evidence: Evidence) -> Floats:
    """Give the parts in each resample, shape (resamples, 2)."""
    columns = (evidence.outcomes, evidence.fuss, evidence.shares, evidence.errors)
    content = b"".join(np.ascontiguousarray(each).tobytes() for each in columns)
    digest = hashlib.sha256(_SEED + content).digest()
    chance = np.random.default_rng(int.from_bytes(digest[:8], "big"))
    count = len(evidence.outcomes)
    drawn = (_pick(evidence, chance.integers(count, size=count)) for _ in range(RESAMPLES))
    return np.array([_share_out(each, 1.0) for each in drawn if np.ptp(each.outcomes)])
