"""What the public is expected to find, by a study, and what of the post would change that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes import ContextModel
from spreekruimte.analysis.vignettes.drafts import (
    UNKNOWN,
    Expected,
    Turn,
    find_turns,
    predict_context,
)
from spreekruimte.ballots.models import Channel
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.draft_check.advice import changes
from spreekruimte.studies.models import Study
from spreekruimte.studies.occurrence import count_values
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.room import channel_with_room, model_of

MOST_TURNS = 3
"""How many changes are shown to either side."""


@dataclass(frozen=True, slots=True)
class Turned:
    """One thing that a writer can change, and what is expected then."""

    attribute: str
    value: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a study makes us expect.

    Attributes
    ----------
    channel
        Whose answers it rests on.
    respondents, answers
        How many people and judgements these are.
    expected
        None where the study says that this cannot occur.
    known
        How many of the attributes of the study were answered with a value that it has.
    left_open
        The attributes that were answered with a value that the study did not ask.
    more, less
        What leaves clearly more room, and clearly less; the most first.
    """

    study: Study
    channel: Channel
    respondents: int
    answers: int
    expected: Expected | None
    known: int
    left_open: tuple[str, ...]
    more: tuple[Turned, ...] = ()
    less: tuple[Turned, ...] = ()


def expect(study: Study, context: Context) -> Expectation | None:
    """Say what is expected of a context.

    Returns
    -------
    Expectation or None
        None where the answers to the study do not suffice for a model.
    """
    channel = channel_with_room(study)
    model = model_of(study, channel) if channel else None
    if channel is None or model is None:
        return None
    plan = Plan.of(study)
    levels = _find_levels(plan, context)
    counted = study.result.figures[str(channel)]
    given = [name for name in plan.values if context.get(name) is not None]
    known = [name for name, level in zip(plan.values, levels, strict=True) if level != UNKNOWN]
    expected, turns = _predict(model, plan, levels)
    clear = _keep_most(plan, turns)
    return Expectation(
        study=study,
        channel=channel,
        respondents=counted["respondents"],
        answers=counted["answers"],
        expected=expected,
        known=len(known),
        left_open=tuple(name for name in given if name not in known),
        more=tuple(each for each in clear if each.turn.low > 0.0)[:MOST_TURNS],
        less=tuple(each for each in clear if each.turn.high < 0.0)[:MOST_TURNS],
    )


def _find_levels(plan: Plan, context: Context) -> list[int]:
    return [
        values.index(value) if (value := context.get(name)) in values else UNKNOWN
        for name, values in plan.values.items()
    ]


def _predict(
    model: ContextModel, plan: Plan, levels: list[int]
) -> tuple[Expected | None, list[Turn]]:
    occurrence = [count_values(name, values, "bank") for name, values in plan.values.items()]
    try:
        expected = predict_context(model, levels, occurrence, plan.forbidden_levels)
    except InputError:
        return None, []
    tried = [_list_changeable(name, values) for name, values in plan.values.items()]
    return expected, find_turns(model, levels, occurrence, plan.forbidden_levels, tried)


def _list_changeable(name: str, values: Sequence[str]) -> list[int]:
    """List to which of its values a writer can change an attribute, by their places."""
    to = changes()[name].to if name in changes() else frozenset()
    return [place for place, value in enumerate(values) if value in to]


def _keep_most(plan: Plan, turns: list[Turn]) -> list[Turned]:
    """Keep of each attribute what changes most to either side."""
    kept: dict[tuple[str, bool], Turned] = {}
    names = list(plan.values)
    for turn in turns:
        name = names[turn.place]
        turned = Turned(name, plan.values[name][turn.level], turn)
        kept.setdefault((name, turn.change > 0.0), turned)
    return list(kept.values())
