"""How much room lines leave over all contexts of a study, beside the closed cases.

Closed cases are those that happened to be asked. A study asked contexts that were drawn by lot, and
its model predicts each, so that over these the distance to the public is not one of chance cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import (
    FALSE,
    TRUE,
    UNDECIDED,
    ChangeOfRoom,
    Coverage,
    Reach,
    cover,
    evaluate,
    measure_overreach,
    measure_underreach,
)
from spreekruimte.analysis.rules.predicates import Truth
from spreekruimte.analysis.vignettes import draw_room
from spreekruimte.ballots.models import Channel
from spreekruimte.guidelines.evidence import Kind, choose_measure, measure_reach
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.queries.studied import PublishedStudy, code_levels, list_published
from spreekruimte.guidelines.room import (
    Strictness,
    compare_room,
    decide_contexts,
    find_taken,
    rate_strictness,
)
from spreekruimte.guidelines.vocabulary import list_asked
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.models import Study
from spreekruimte.studies.occurrence import count_values
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.room import model_of

Floats = NDArray[np.float64]
MOST_LINES = 1_000
"""Of how many lines it is remembered what they do."""
MOST_KEPT = 4
"""Of how many studies the draws stay in memory, up to sixteen megabytes each."""


@dataclass(frozen=True, slots=True, eq=False)
class StudiedRoom:
    """The contexts of a study, with what the public finds of them.

    Attributes
    ----------
    people
        How many respondents the model rests on.
    codes
        The contexts, shape (contexts, attributes), -1 where the study says nothing.
    weights
        How often each occurs by the case bank, as on the map of room, shape (contexts,).
    draws
        Of the share that finds posting admissible, shape (draws, contexts).
    """

    study: Study
    people: int
    codes: NDArray[np.int64]
    weights: Floats
    draws: Floats


@dataclass(frozen=True, slots=True)
class LineOverRoom:
    """One line over the contexts of a study.

    Attributes
    ----------
    kind, reach
        How far it is from the public; None where it neither takes nor leaves room, or holds
        nowhere.
    """

    coverage: Coverage
    kind: Kind | None
    reach: Reach | None


@dataclass(frozen=True, slots=True)
class GuidelineOverRoom:
    """Lines together over the contexts of a study.

    Attributes
    ----------
    overreach
        Where they take room and the public finds posting admissible.
    underreach
        Where they leave room and it does not.
    """

    strictness: Strictness
    overreach: Reach
    underreach: Reach


@dataclass(frozen=True, slots=True)
class ChangeOverRoom:
    """The change of room over the contexts of a study.

    Attributes
    ----------
    freed_rightly
        Where it becomes freer and the public finds posting admissible.
    taken_wrongly
        Where it becomes stricter and the public finds posting admissible.
    """

    change: ChangeOfRoom
    freed_rightly: Reach
    taken_wrongly: Reach


def find_room(organisation: Organisation | None, lines: Sequence[Line]) -> StudiedRoom | None:
    """Find the contexts over which lines can be measured.

    Those of the newest published study with a model that compares something the lines ask: of the
    organisation, or else of any, since what a study found is published for everybody.
    """
    asked = {name for line in lines for name in list_asked(line.predicate)}
    for each in list_published(first=organisation):
        if each.channel is not None and asked & Plan.of(each.study).values.keys():
            return _read(each, each.channel)
    return None


@lru_cache(maxsize=MOST_LINES)
def measure_line(line: Line, room: StudiedRoom) -> LineOverRoom | None:
    """Measure one line; None where the study says nowhere whether it holds."""
    truth = evaluate(line.predicate, room.codes)
    if (truth == UNDECIDED).all():
        return None
    coverage = cover(truth, room.weights)
    chosen = choose_measure(line, truth) if coverage.holds else None
    if chosen is None:
        return LineOverRoom(coverage, None, None)
    kind, taken = chosen
    return LineOverRoom(coverage, kind, measure_reach(kind, taken, room.draws, room.weights))


def measure_lines(lines: Sequence[Line], room: StudiedRoom) -> GuidelineOverRoom:
    """Measure lines together."""
    truth = find_taken(decide_contexts(lines, room))
    return GuidelineOverRoom(
        rate_strictness(lines, room),
        measure_overreach(truth, room.draws, room.weights),
        measure_underreach(truth, room.draws, room.weights),
    )


def measure_change(
    before: Sequence[Line], after: Sequence[Line], room: StudiedRoom
) -> ChangeOverRoom:
    """Measure what changes from the first lines to the second."""
    change = compare_room(before, after, room)
    freed, taken = (
        measure_overreach(_flag(places, room), room.draws, room.weights)
        for places in (change.where_freer, change.where_stricter)
    )
    return ChangeOverRoom(change, freed, taken)


def _flag(places: NDArray[np.int64], room: StudiedRoom) -> Truth:
    truth = np.full(len(room.codes), FALSE, dtype=np.int8)
    truth[places] = TRUE
    return truth


@lru_cache(maxsize=MOST_KEPT)
def _read(published: PublishedStudy, channel: Channel) -> StudiedRoom | None:
    """Draw once of each study; None where its contexts do not occur."""
    study = published.study
    model, plan = model_of(study, channel), Plan.of(study)
    occurrence = [count_values(name, values, "bank") for name, values in plan.values.items()]
    room = draw_room(model, occurrence, plan.forbidden_levels) if model else None
    if room is None or not len(room.levels):
        return None
    people = study.result.figures[str(channel)]["respondents"]
    return StudiedRoom(study, people, code_levels(plan, room.levels), room.weights, room.draws)
