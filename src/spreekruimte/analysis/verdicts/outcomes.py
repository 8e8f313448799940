"""The outcome of a statement, by published rules that reduce to counting."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Outcome = Literal["admissible", "inadmissible", "divided", "undecided"]
OUTCOMES: tuple[Outcome, ...] = ("admissible", "inadmissible", "divided", "undecided")
ADMISSIBLE, INADMISSIBLE, DIVIDED, UNDECIDED = range(4)

Counts = NDArray[np.int64]
Codes = NDArray[np.int8]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules by which verdicts are given, published with each of them.

    Attributes
    ----------
    credible_level
        Probability that a credible interval holds the share, in (0, 1).
    anytime_level
        Probability that the intervals which decide hold however often one looks, in (0, 1).
    min_opinions
        Fewest opinions on which the whole is judged, from 1.
    min_group_opinions
        Fewest opinions on which an opinion group is judged, from 1.
    near_half
        The whole is near half where its anytime interval lies within 1/2 plus or minus
        this, in (0, 1/2).
    influence
        The furthest that one account can move the bounded share, in (0, 1/2].
    margin
        How far from 1/2 the bounded share has to be to decide, in (0, 1/2).
    false_alarm
        Highest chance of finding opinion groups where there are none, in (0, 1).
    """

    credible_level: float = 0.90
    anytime_level: float = 0.95
    min_opinions: int = 40
    min_group_opinions: int = 20
    near_half: float = 0.10
    influence: float = 0.01
    margin: float = 0.05
    false_alarm: float = 0.05

    def __post_init__(self) -> None:
        """Refuse a rule out of its range (ValueError)."""
        for name in ("credible_level", "anytime_level", "false_alarm"):
            _check_between(name, getattr(self, name), 1.0)
        for name in ("near_half", "margin"):
            _check_between(name, getattr(self, name), 0.5)
        if not 0.0 < self.influence <= 0.5:
            raise ValueError(f"influence lies above 0 and at most at 1/2, not at {self.influence}")
        for name in ("min_opinions", "min_group_opinions"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is at least 1, not {getattr(self, name)}")


def _check_between(name: str, value: float, most: float) -> None:
    if not 0.0 < value < most:
        raise ValueError(f"{name} lies between 0 and {most:g}, not at {value}")


@dataclass(frozen=True, slots=True, eq=False)
class Thresholds:
    """What the rules come down to: how many of n opinions it takes.

    Each array has shape (n_max + 1,) and is indexed by the number of opinions n; it
    holds n + 1, which no count reaches, where n opinions cannot suffice.

    Attributes
    ----------
    whole_for
        Fewest agrees that make the whole `for`; as many disagrees make it `against`.
    group_for
        The same for an opinion group.
    near_from
        Fewest agrees with which the whole is near half; the most is n less these.
    """

    whole_for: Counts
    group_for: Counts
    near_from: Counts


def make_thresholds(n_max: int, rules: Rules) -> Thresholds:
    """Work out the rules for every number of opinions from 0 to `n_max`.

    The anytime interval of S agrees among n lies above p exactly where S / n > p and
    the mixture ratio of `bound_share_anytime` at p has reached ``1 / (1 - level)``.
    For S / n above p that ratio rises with each agree added and each disagree removed,
    so one opinion more raises the fewest agrees by 0 or 1, and one walk over n finds
    all of them: O(n_max).

    Parameters
    ----------
    n_max
        The largest number of opinions, from 0.
    rules
        Uses `anytime_level`, `min_opinions`, `min_group_opinions` and `near_half`.
    """
    n = np.arange(n_max + 1, dtype=np.int64)
    log_gamma, log_factorial = gammaln(n + 0.5), gammaln(n + 1.0)
    bar = math.log(math.pi) - math.log1p(-rules.anytime_level)
    above_half = _walk_up(log_gamma, log_factorial, 0.5, bar)
    above_band = _walk_up(log_gamma, log_factorial, 0.5 - rules.near_half, bar)
    is_near = (2 * above_band <= n) & (n >= rules.min_opinions)
    return Thresholds(
        whole_for=np.where(n >= rules.min_opinions, above_half, n + 1),
        group_for=np.where(n >= rules.min_group_opinions, above_half, n + 1),
        near_from=np.where(is_near, above_band, n + 1),
    )


def decide_outcomes(
    agree: Counts,
    disagree: Counts,
    group_agree: Counts,
    group_disagree: Counts,
    rules: Rules,
) -> Codes:
    """Decide the outcome of each statement.

    A pool of votes, the whole or an opinion group, is `for` where its anytime interval
    lies above 1/2, and `against` where it lies below, if it has opinions enough. A
    statement is divided if the whole is near half, or if one pool is for and another
    against; else admissible if the whole is for, inadmissible if the whole is against,
    and undecided otherwise.

    Parameters
    ----------
    agree, disagree
        Shape (statements,): opinions of all participants, of those without a group too.
    group_agree, group_disagree
        Shape (groups, statements): opinions of the members of each group; there may be
        no groups at all.
    rules
        Uses `anytime_level`, `min_opinions`, `min_group_opinions` and `near_half`.

    Returns
    -------
    Codes
        Shape (statements,): places in `OUTCOMES`.

    Raises
    ------
    ValueError
        Where the shapes do not fit, or the groups hold more opinions than the whole.
    """
    check_counts(agree, disagree, group_agree, group_disagree)
    thresholds = make_thresholds(int((agree + disagree).max(initial=0)), rules)
    return apply_thresholds(agree, disagree, group_agree, group_disagree, thresholds)


def apply_thresholds(
    agree: Counts,
    disagree: Counts,
    group_agree: Counts,
    group_disagree: Counts,
    thresholds: Thresholds,
) -> Codes:
    """Decide as `decide_outcomes` does, with thresholds that reach every number of opinions."""
    n, group_n = agree + disagree, group_agree + group_disagree
    whole_for = agree >= thresholds.whole_for[n]
    whole_against = disagree >= thresholds.whole_for[n]
    any_for = whole_for | (group_agree >= thresholds.group_for[group_n]).any(axis=0)
    any_against = whole_against | (group_disagree >= thresholds.group_for[group_n]).any(axis=0)
    near = np.minimum(agree, disagree) >= thresholds.near_from[n]
    return np.select(
        [near | (any_for & any_against), whole_for, whole_against],
        [np.int8(DIVIDED), np.int8(ADMISSIBLE), np.int8(INADMISSIBLE)],
        np.int8(UNDECIDED),
    )


def check_counts(
    agree: Counts, disagree: Counts, group_agree: Counts, group_disagree: Counts
) -> None:
    """Refuse counts whose shapes do not fit, or groups with more opinions than the whole.

    Raises
    ------
    ValueError
        Saying what is wrong.
    """
    if agree.shape != disagree.shape or group_agree.shape != group_disagree.shape:
        raise ValueError("agrees and disagrees are counted for the same statements and groups")
    if agree.ndim != 1 or group_agree.ndim != 2 or group_agree.shape[1:] != agree.shape:
        raise ValueError("the whole has one count per statement, groups one row of them each")
    for whole, groups in ((agree, group_agree), (disagree, group_disagree)):
        if groups.min(initial=0) < 0 or (np.add.reduce(groups, axis=0) > whole).any():
            raise ValueError("groups cannot hold more opinions than the whole, nor less than none")


@numba.njit(cache=True)
def _walk_up(log_gamma: Floats, log_factorial: Floats, share: float, bar: float) -> Counts:
    """Find, for each n, the fewest agrees with which the anytime interval lies above `share`.

    `log_gamma` holds the logarithm of the gamma function at n + 1/2.
    """
    log_yes, log_no = math.log(share), math.log1p(-share)
    fewest = np.ones(len(log_gamma), dtype=np.int64)
    agree = 1
    for n in range(1, len(log_gamma)):
        no = n - agree
        ratio = log_gamma[agree] + log_gamma[no] - log_factorial[n] - agree * log_yes - no * log_no
        if agree <= share * n or ratio < bar:
            agree += 1
        fewest[n] = agree
    return fewest
