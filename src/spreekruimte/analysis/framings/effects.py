"""What the context of a post and the fuss about it do to what people find admissible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spreekruimte.analysis.framings.contrasts import Strata, contrast_arms
from spreekruimte.analysis.framings.intervals import Estimates, stack_estimates
from spreekruimte.analysis.framings.respondents import (
    ADMISSIBLE,
    INADMISSIBLE,
    Cells,
    Framing,
    Ints,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FramingEffects:
    """Differences in the share that finds the case admissible, from framing to framing.

    Each has shape (1 + groups,): the whole first, with those without a group, then each
    group. Every interval holds by itself with the level asked for.

    Attributes
    ----------
    function, distance, context
        What each step adds: function to the bare post, distance to the policy field to
        that, the full context to that.
    weight_of_context
        The full context less the bare post.
    pull_of_fuss
        The full context with the fuss less without.
    """

    function: Estimates
    distance: Estimates
    context: Estimates
    weight_of_context: Estimates
    pull_of_fuss: Estimates


def measure_framing_effects(cells: Cells, level: float) -> FramingEffects:
    """Estimate what each step of the context does, overall and per group.

    Adjusted by poststratification on side and, overall, on group; see `contrast_arms`.

    Parameters
    ----------
    cells
        From `count_cells`.
    level
        Of the intervals, in (0, 1).
    """
    return FramingEffects(
        function=_contrast_framings(cells, Framing.FUNCTION, Framing.BARE, level),
        distance=_contrast_framings(cells, Framing.DISTANCE, Framing.FUNCTION, level),
        context=_contrast_framings(cells, Framing.CONTEXT, Framing.DISTANCE, level),
        weight_of_context=_contrast_framings(cells, Framing.CONTEXT, Framing.BARE, level),
        pull_of_fuss=_contrast_framings(cells, Framing.FUSS, Framing.CONTEXT, level),
    )


def measure_mirror_gap(cells: Cells, level: float) -> Estimates:
    """Estimate the share that finds the mirror admissible, less that for the post.

    Adjusted by poststratification on framing and, overall, on group: a mean over the
    framings as often as they are shown. Above zero where the turned direction has more
    room.

    Parameters
    ----------
    cells
        From `count_cells`.
    level
        Of the intervals, in (0, 1).

    Returns
    -------
    Estimates
        Shape (1 + groups,): the whole first, then each group.
    """
    return _contrast_scopes(cells.counts, cells.counts.sum(axis=(2, 3)), level)


def _contrast_framings(cells: Cells, framing: Framing, base: Framing, level: float) -> Estimates:
    arms = cells.counts.take(np.array([base, framing]), axis=1).swapaxes(1, 2)
    return _contrast_scopes(arms, cells.counts.sum(axis=(1, 3)), level)


def _contrast_scopes(counts: Ints, people: Ints, level: float) -> Estimates:
    """Contrast overall and per group.

    `counts` has shape (groups + 1, strata, 2, answers), `people` (groups + 1, strata).
    """
    groups = len(counts) - 1
    scopes = [slice(None), *(slice(group, group + 1) for group in range(groups))]
    estimates = [contrast_arms(_divide(counts[each], people[each]), level) for each in scopes]
    return stack_estimates(estimates, (1 + groups,))


def _divide(counts: Ints, people: Ints) -> Strata:
    flat = counts.reshape(-1, 2, 3)
    agree = flat[..., ADMISSIBLE]
    return Strata(agree, agree + flat[..., INADMISSIBLE], people.ravel())
