import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from tests.organisations.people import NOW, make_member, make_organisation

from spreekruimte.demonstration.study_truths import study_truth
from spreekruimte.demonstration.studying import make_study
from spreekruimte.organisations.models import Role
from spreekruimte.studies.models import Study, StudyRespondent
from spreekruimte.studies.queries.room import predict_room

TRUTH = study_truth()
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "demonstration.md"


def contexts() -> list[dict[str, str]]:
    """All contexts that are not forbidden."""
    every = (
        dict(zip(TRUTH.values, chosen, strict=True)) for chosen in product(*TRUTH.values.values())
    )
    return [
        context
        for context in every
        if not any(rule.items() <= context.items() for rule in TRUTH.forbidden)
    ]


def documented() -> list[list[str]]:
    """The rows of the table that says what was found."""
    text = DOCUMENT.read_text(encoding="utf-8").split("## A study with a known truth")[1]
    rows = re.findall(r"^\| (?:effects|shares) [^|]*\|(.*)\|$", text, re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def true_effect(attribute: str, value: str) -> float:
    """What a value changes on average over contexts in which the first value is allowed too."""
    first, allowed = TRUTH.values[attribute][0], contexts()
    changes = [
        TRUTH.share_of(context) - TRUTH.share_of(base)
        for context in allowed
        if context[attribute] == value and (base := {**context, attribute: first}) in allowed
    ]
    return float(np.mean(changes))


@pytest.mark.django_db
def test_what_is_true_of_the_simulated_study_is_found_back() -> None:
    organisation = make_organisation()
    editor = make_member(organisation, Role.EDITOR)
    make_study(organisation, editor, NOW)
    study = Study.objects.get()
    assert (study.state, study.is_simulated) == ("published", True)
    figures = study.result.figures["open"]

    # Of ten 95% intervals, fewer than eight hold the truth in one of a hundred studies.
    inside, apart = [], []
    for row in figures["effects"]:
        ((attribute, value),) = row["values"].items()
        effect = true_effect(attribute, value)
        inside.append(row["low"] <= effect <= row["high"])
        apart.append(abs(row["estimate"] - effect))
    assert len(inside) == 10
    assert sum(inside) >= 8

    room = predict_room(study)
    assert room is not None
    errors, covered = [], []
    for context in contexts():
        share, low, high = room.share_of(context)
        true = TRUTH.share_of(context)
        errors.append(abs(share - true))
        covered.append(low <= true <= high)
    assert len(errors) == 128
    # They hang together too: over 30 such studies the mean was .948 and the deviation .042.
    assert np.mean(covered) >= 0.8
    assert np.mean(errors) < 0.04

    assert documented() == [
        ["10", str(sum(inside)), f"{100.0 * np.mean(apart):.1f} points"],
        ["128", str(sum(covered)), f"{100.0 * np.mean(errors):.1f} points"],
    ]

    # Who works for the government finds more admissible, and the study says so.
    (compared,) = figures["groups"]["government"]
    assert (compared["group"], compared["against"]) == ("yes", "no")
    assert np.mean([row["estimate"] for row in compared["differences"]]) > 0.0

    # What goes together beyond each alone is found where it is, and only there.
    (most,) = [
        row
        for row in figures["interactions"]
        if row["values"] == {"topic_distance": "not_government", "tone": "contemptuous"}
    ]
    assert most["estimate"] < 0.0

    make_study(organisation, editor, NOW)
    assert Study.objects.count() == 1
    assert StudyRespondent.objects.count() == TRUTH.people
