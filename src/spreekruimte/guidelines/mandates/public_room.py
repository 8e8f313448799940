"""How much room the public would give each role on each topic, beside what an organisation gives.

What a published study found comes first, since its contexts were drawn by lot; else the published
verdicts on cases of that role and topic. Where neither is, nobody was asked yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.rules.overreach import LEVEL
from spreekruimte.guidelines.evidence import Finding, draw_found
from spreekruimte.guidelines.mandates.cells import ROLE, TOPIC, Place
from spreekruimte.guidelines.queries.evidence import find_findings
from spreekruimte.guidelines.queries.studied import list_published
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.models import Study
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.room import (
    MapChoice,
    channel_with_room,
    map_study,
)


@dataclass(frozen=True, slots=True)
class PublicRoom:
    """The share of the public that finds posting admissible for one role on one topic.

    Attributes
    ----------
    share, low, high
        With its 95% interval, 0 to 1.
    source
        A study, over the other attributes of its contexts as often as they occur in the case bank;
        or cases, each counting as much.
    number
        The number of the study, or how many cases.
    is_simulated
        Whether any of who was asked is made up.
    """

    share: float
    low: float
    high: float
    source: Literal["study", "cases"]
    number: int
    is_simulated: bool


def find_public_room(organisation: Organisation) -> dict[Place, PublicRoom]:
    """Give the room of all roles and topics that the public was asked about."""
    room = _average_cases(find_findings(organisation))
    study = _find_study(organisation)
    return room if study is None else {**room, **_read_map(study)}


def _average_cases(findings: Sequence[Finding]) -> dict[Place, PublicRoom]:
    found: dict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        values = {answer.attribute: answer.value for answer in finding.context}
        if ROLE in values and TOPIC in values:
            found[values[ROLE], values[TOPIC]].append(finding)
    return {place: _average(group) for place, group in found.items()}


def _average(findings: Sequence[Finding]) -> PublicRoom:
    """Average posterior draws, so that the interval holds what is not known of each case."""
    draws = draw_found(findings).mean(axis=1)
    low, high = np.quantile(draws, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    return PublicRoom(
        share=float(draws.mean()),
        low=float(low),
        high=float(high),
        source="cases",
        number=len(findings),
        is_simulated=any(each.is_simulated for each in findings),
    )


def _find_study(organisation: Organisation) -> Study | None:
    """Give the newest study of roles and topics with a model: an own one, else that of another."""
    for each in list_published(first=organisation):
        if {ROLE, TOPIC} <= Plan.of(each.study).values.keys() and each.channel:
            return each.study
    return None


def _read_map(study: Study) -> Mapping[Place, PublicRoom]:
    channel = channel_with_room(study)
    choice = MapChoice(across=TOPIC, down=ROLE, fixed={}, frequency="bank")
    try:
        shares = map_study(study, channel, choice) if channel else None
    except InputError:
        return {}
    if shares is None:
        return {}
    values = Plan.of(study).values
    room = {}
    for down, role in enumerate(values[ROLE]):
        for across, topic in enumerate(values[TOPIC]):
            found = (shares.values, shares.low, shares.high)
            share, low, high = (float(each[down, across]) for each in found)
            if not np.isnan(share):
                room[role, topic] = PublicRoom(
                    share, low, high, "study", study.pk, study.is_simulated
                )
    return room
