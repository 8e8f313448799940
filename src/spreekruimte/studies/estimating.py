"""What the answers to a study say: figures with their intervals, or why there are none.

No number stands without support. Errors that are clustered by respondent are too small where there
are few respondents (Cameron and Miller 2015, "A practitioner's guide to cluster-robust inference",
name twenty to fifty), so nothing is told of fewer than `FEWEST_RESPONDENTS`, be it a study or a
group. A number about a level, or about two together, rests on at least `FEWEST_SEEN` respondents
who saw it, as any cell that is published here holds twenty people.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes import (
    Answers,
    ContextModel,
    Estimates,
    compare_means,
    estimate_effects,
    estimate_interactions,
    estimate_means,
    find_restricted_pairs,
    fit_context_model,
    make_answers,
)
from spreekruimte.cases.sentences import mark as _
from spreekruimte.studies.plans import Plan

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Document = dict[str, Any]

METHOD = "vignettes-2"
FEWEST_RESPONDENTS = 50
FEWEST_SEEN = 20
_TOO_FEW = _(
    "{count} respondents gave an opinion here. Figures are given from {fewest} respondents on: of "
    "fewer, nobody can say how uncertain they are."
)
_HARDLY_SEEN = _(
    "Of {attribute}, {level} was seen by {count} respondents. Figures are given once {fewest} have "
    "seen each."
)


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """The answers of one channel of a study.

    Attributes
    ----------
    shown
        The place of the value that each vignette had of each attribute, shape
        (answers, attributes).
    answers
        1 admissible, -1 not, 0 don't know, shape (answers,).
    respondents
        Numbered from 0, shape (answers,).
    about
        What each respondent told about themselves, by number.
    """

    shown: Ints
    answers: Ints
    respondents: Ints
    about: Sequence[Mapping[str, str]]


def estimate(plan: Plan, gathered: Gathered) -> Document:
    """Estimate all that is told of one channel.

    Who does not know is counted and takes part in no share: passing is not an opinion.

    Returns
    -------
    dict
        Counts, and either ``refusal``, or means, effects, interactions, groups and the model;
        each of which can be a refusal by itself.
    """
    is_opinion = gathered.answers != 0
    counted: Document = {
        "respondents": len(np.unique(gathered.respondents)),
        "answers": len(gathered.answers),
        "unknown": int((~is_opinion).sum()),
    }
    try:
        answers, people = _make_answers(plan, gathered, is_opinion)
    except InputError as refusal:
        return {**counted, "refusal": _write_refusal(refusal)}
    restricted = find_restricted_pairs(plan.forbidden_levels)
    parts = {
        "means": lambda: _write(plan, estimate_means(answers)),
        "effects": lambda: _write(plan, estimate_effects(answers, restricted=restricted)),
        "interactions": lambda: _write_interactions(plan, answers),
        "model": lambda: write_model(fit_context_model(answers, plan.pair_places)),
    }
    told = [gathered.about[number] for number in people]
    return {
        **counted,
        **{name: _try(part) for name, part in parts.items()},
        "groups": dict(_compare_groups(plan, answers, told)),
    }


def is_refusal(part: object) -> bool:
    """Tell whether a part of the figures says why there is none."""
    return isinstance(part, dict) and "refusal" in part


def write_model(model: ContextModel) -> Document:
    """Write down what predicts the share of every combination."""
    return {
        "values": model.values.tolist(),
        "covariance": model.covariance.tolist(),
        "pull": model.pull.tolist(),
        "spreads": model.spreads.tolist(),
    }


def _make_answers(
    plan: Plan, gathered: Gathered, is_opinion: NDArray[np.bool_]
) -> tuple[Answers, Ints]:
    """Give the answers with an opinion, and the number of each respondent who has one."""
    people = np.unique(gathered.respondents[is_opinion])
    if len(people) < FEWEST_RESPONDENTS:
        raise InputError(_TOO_FEW, count=len(people), fewest=FEWEST_RESPONDENTS)
    answers = make_answers(
        plan.attributes,
        gathered.shown[is_opinion],
        (gathered.answers[is_opinion] > 0).astype(np.float64),
        gathered.respondents[is_opinion],
    )
    for place, attribute in enumerate(answers.attributes):
        for level, name in enumerate(attribute.levels):
            count = _count_seen(answers, {place: level})
            if count < FEWEST_SEEN:
                raise InputError(
                    _HARDLY_SEEN,
                    attribute=attribute.name,
                    level=name,
                    count=count,
                    fewest=FEWEST_SEEN,
                )
    return answers, people


def _write_interactions(plan: Plan, answers: Answers) -> list[Document]:
    if not plan.pairs:
        return []
    estimates = estimate_interactions(answers, plan.pair_places)
    return [
        row
        for row, levels in zip(_write(plan, estimates), estimates.levels, strict=True)
        if _is_supported(answers, levels)
    ]


def _is_supported(answers: Answers, levels: Ints) -> bool:
    """Whether enough people saw each of the four combinations that are compared."""
    first, second = np.flatnonzero(levels >= 0).tolist()
    return all(
        _count_seen(answers, {first: one, second: other}) >= FEWEST_SEEN
        for one in (0, int(levels[first]))
        for other in (0, int(levels[second]))
    )


def _is_seen_by_both(answers: Answers, levels: Ints, *groups: NDArray[np.bool_]) -> bool:
    """Whether enough people of each group saw the level that is compared."""
    wanted = {int(place): int(levels[place]) for place in np.flatnonzero(levels >= 0)}
    return all(_count_seen(answers, wanted, group) >= FEWEST_SEEN for group in groups)


def _count_seen(
    answers: Answers, wanted: Mapping[int, int], group: NDArray[np.bool_] | None = None
) -> int:
    """Count the respondents, of a group or of all, who saw some levels together."""
    rows = np.ones(len(answers.shown), dtype=np.bool_)
    for place, level in wanted.items():
        rows &= answers.shown[:, place] == level
    seen = np.unique(answers.respondents[rows])
    return len(seen) if group is None else int(group[seen].sum())


def _compare_groups(
    plan: Plan, answers: Answers, told: Sequence[Mapping[str, str]]
) -> Iterator[tuple[str, Document | list[Document]]]:
    """Set groups that are large enough beside the largest of them, for each question."""
    for question in sorted({question for about in told for question in about}):
        names = [about.get(question, "") for about in told]
        sizes = {name: names.count(name) for name in sorted(set(names)) if name}
        large = [name for name in sizes if sizes[name] >= FEWEST_RESPONDENTS]
        # The largest first; of two that are as large, the first by name.
        large.sort(key=lambda name: -sizes[name])
        if len(large) > 1:
            yield question, _try(lambda: _compare(plan, answers, names, large))  # noqa: B023


def _compare(
    plan: Plan, answers: Answers, names: Sequence[str], large: Sequence[str]
) -> list[Document]:
    groups = np.array([large.index(name) if name in large else -1 for name in names])
    compared = compare_means(answers, groups, tuple(large))
    return [
        {
            "group": name,
            "against": large[0],
            "respondents": int((groups == place).sum()),
            "differences": [
                row
                for row, levels in zip(_write(plan, estimates), estimates.levels, strict=True)
                if _is_seen_by_both(answers, levels, groups == 0, groups == place)
            ],
        }
        for place, (name, estimates) in enumerate(zip(large[1:], compared, strict=True), start=1)
    ]


def _write(plan: Plan, estimates: Estimates) -> list[Document]:
    """Write estimates, each with the values that it is about."""
    columns = (estimates.values, estimates.errors, estimates.low, estimates.high)
    return [
        {
            "values": {
                attribute: values[level]
                for (attribute, values), level in zip(plan.values.items(), levels, strict=True)
                if level >= 0
            },
            **dict(zip(("estimate", "error", "low", "high"), map(_write_number, row), strict=True)),
        }
        for levels, *row in zip(estimates.levels.tolist(), *columns, strict=True)
    ]


def _write_number(value: float) -> float | None:
    """Give a number as JSON has it; None where there is none."""
    return None if math.isnan(value) else float(value)


def _try(part: Any) -> Any:  # noqa: ANN401 - each part has a shape of its own
    try:
        return part()
    except InputError as refusal:
        return {"refusal": _write_refusal(refusal)}


def _write_refusal(refusal: InputError) -> Document:
    return {"template": refusal.template, "values": dict(refusal.values)}
