"""The share that finds posting admissible, per level of each attribute."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.clustered import Estimates, bound
from spreekruimte.analysis.vignettes.study import Answers, require_support

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def estimate_means(answers: Answers) -> Estimates:
    """Estimate marginal means: the average outcome of vignettes with each level.

    As Leeper, Hobolt and Tilley (2020, "Measuring subgroup preferences in conjoint experiments"),
    with errors clustered by respondent by linearisation.
    """
    values, variances = _average_levels(answers)
    return bound(values, np.sqrt(variances), _list_levels(answers), answers.respondent_count - 1)


def compare_means(answers: Answers, groups: Ints, names: tuple[str, ...]) -> tuple[Estimates, ...]:
    """Estimate how marginal means of each group differ from those of the first group.

    What one stacked model with a coefficient for each level in each group gives: no respondent is
    in two groups, so that errors of two groups are independent, and each group has its own
    ``n / (n - 1)``, as a stratum has.

    Parameters
    ----------
    groups
        Of each respondent, by its place in `names`, -1 for who is in none, shape (respondents,).
    names
        Of the groups.

    Returns
    -------
    tuple
        One for each group but the first.

    Raises
    ------
    InputError
        If a group is empty, or has a level that was hardly seen; names it.
    """
    if groups.shape != (answers.respondent_count,):
        raise ValueError("Each respondent is in one group, or in none.")
    means = [_average_group(answers, groups == place, name) for place, name in enumerate(names)]
    levels = _list_levels(answers)
    (base, base_variances), base_count = means[0], int((groups == 0).sum())
    compared = []
    for place in range(1, len(names)):
        values, variances = means[place]
        freedom = base_count + int((groups == place).sum()) - 2
        errors = np.sqrt(variances + base_variances)
        compared.append(bound(values - base, errors, levels, freedom))
    return tuple(compared)


def _average_group(answers: Answers, is_in: NDArray[np.bool_], name: str) -> tuple[Floats, Floats]:
    if not is_in.any():
        raise InputError("No respondent is in the group {name}.", name=name)
    rows = is_in[answers.respondents]
    numbers = np.cumsum(is_in) - 1
    part = Answers(
        answers.attributes,
        answers.shown[rows],
        answers.outcomes[rows],
        numbers[answers.respondents[rows]],
    )
    require_support(part, name)
    return _average_levels(part)


def _average_levels(answers: Answers) -> tuple[Floats, Floats]:
    """Give the mean of each level and its variance, one attribute after another."""
    count = answers.respondent_count
    values, variances = [], []
    for place, size in enumerate(answers.sizes):
        level = answers.shown[:, place]
        shown = np.bincount(level, minlength=size)
        mean = np.bincount(level, answers.outcomes, minlength=size) / shown
        key = answers.respondents * size + level
        sums = np.bincount(key, answers.outcomes - mean[level], minlength=count * size)
        squares = (sums.reshape(count, size) ** 2).sum(axis=0)
        values.append(mean)
        variances.append(squares / shown**2 * count / (count - 1))
    return np.concatenate(values), np.concatenate(variances)


def _list_levels(answers: Answers) -> Ints:
    sizes = answers.sizes
    places = np.repeat(np.arange(len(sizes)), sizes)
    levels = np.full((len(places), len(sizes)), -1)
    levels[np.arange(len(places)), places] = np.concatenate([np.arange(size) for size in sizes])
    return levels
