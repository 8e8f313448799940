"""What context, fuss and the mirror change is found back from the votes alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.verdicts.framings.divided import ADDED, MIRROR, REASONS, WEIGHTS, draw_divided

from spreekruimte.analysis.framings import Support
from spreekruimte.analysis.verdicts import Rules
from spreekruimte.analysis.votes import Statement, VoteLog, VoteMatrix
from spreekruimte.verdicts.arms import ARM, ARM_NAMES, JUDGEMENT
from spreekruimte.verdicts.framings import EFFECTS, Framings, group_by_reasons, measure_framings

RULES = Rules()


@pytest.fixture(scope="module")
def votes() -> VoteMatrix:
    return draw_divided()


@pytest.fixture(scope="module")
def found(votes: VoteMatrix) -> Framings:
    framings = measure_framings(votes, RULES, WEIGHTS)
    assert framings is not None
    return framings


def test_what_is_true_lies_in_the_intervals_overall_and_per_group(found: Framings) -> None:
    steps = [("bare", "function"), ("function", "distance"), ("distance", "context")]
    steps += [("bare", "context"), ("context", "fuss")]
    true = {name: ADDED[to] - ADDED[base] for name, (base, to) in zip(EFFECTS, steps, strict=True)}
    figures = {**found.effects, "mirror gap": found.mirror_gap}
    for name, added in {**true, "mirror gap": MIRROR}.items():
        for figure, truth in zip(figures[name], (0.6 * added, added, 0.0), strict=True):
            assert figure.anytime_low is not None
            assert figure.anytime_high is not None
            assert figure.anytime_low <= truth <= figure.anytime_high
    assert found.effects["weight_of_context"][1].excludes_zero
    assert found.mirror_gap[0].excludes_zero
    assert not found.mirror_gap[2].excludes_zero


def test_the_groups_follow_from_the_reasons_alone(votes: VoteMatrix) -> None:
    labels = group_by_reasons(votes, RULES)
    about = votes.columns == [each.id for each in votes.statements].index(JUDGEMENT)
    turned = replace(votes, values=np.where(about, -votes.values, votes.values).astype(np.int8))
    assert group_by_reasons(turned, RULES).tolist() == labels.tolist()
    assert set(labels.tolist()) <= {-1, 0, 1}


def test_where_everybody_saw_the_post_with_all_context_there_is_nothing_to_compare(
    votes: VoteMatrix,
) -> None:
    same = replace(votes, attributes={ARM: ("post.context",) * votes.participant_count})
    assert measure_framings(same, RULES, WEIGHTS) is None
    assert measure_framings(replace(votes, attributes={}), RULES, WEIGHTS) is None


def test_every_arm_counts_who_was_asked_on_it(votes: VoteMatrix, found: Framings) -> None:
    assert [each.arm for each in found.arms] == list(ARM_NAMES)
    shown = votes.attributes[ARM]
    for arm in found.arms:
        assert arm.people == shown.count(arm.arm)
        assert arm.admissible[0] + arm.inadmissible[0] == arm.people
        share = arm.shares[0]
        assert share.estimate == pytest.approx(arm.admissible[0] / arm.people)


def test_texts_dealt_out_otherwise_than_declared_are_noticed(
    votes: VoteMatrix, found: Framings
) -> None:
    assert found.assignment is not None
    assert not found.is_dealt_otherwise
    other = measure_framings(votes, RULES, {**WEIGHTS, "post.bare": 60})
    assert other is not None
    assert other.is_dealt_otherwise
    silent = measure_framings(votes, RULES, {})
    assert silent is not None
    assert silent.assignment is None
    assert not silent.is_dealt_otherwise


def test_fewer_than_ten_opinions_on_a_text_give_no_figure() -> None:
    log = VoteLog()
    arms = {}
    for person in range(40):
        arms[f"p{person:02d}"] = "post.bare" if person < 9 else "post.context"
        log.append([f"p{person:02d}"], [JUDGEMENT], [1 if person % 2 else -1], [person])
    arms["p39"] = "treatment"
    matrix = log.to_matrix(statements=[Statement(JUDGEMENT)], attributes={ARM: arms})
    found = measure_framings(matrix, RULES, {})
    assert found is not None
    (weight,) = found.effects["weight_of_context"]
    assert (weight.estimate, weight.support) == (None, Support.TOO_FEW_OPINIONS)
    assert not weight.excludes_zero
    assert found.mirror_gap[0].support == Support.NO_OPINIONS
    # A text of which nothing is known is no arm.
    assert [(each.arm, each.people) for each in found.arms] == [
        ("post.bare", 9),
        ("post.context", 30),
    ]
    assert found.groups == ()


def test_who_gave_no_judgement_was_asked_all_the_same() -> None:
    log = VoteLog()
    log.append(["a", "b"], [REASONS[0], JUDGEMENT], [1, 1], [0, 1])
    statements = [Statement(JUDGEMENT), Statement(REASONS[0])]
    shown = {ARM: {"a": "mirror.fuss", "b": "post.context"}}
    found = measure_framings(log.to_matrix(statements=statements, attributes=shown), RULES, {})
    assert found is not None
    assert [(each.arm, each.people, each.admissible) for each in found.arms] == [
        ("post.context", 1, (1,)),
        ("mirror.fuss", 1, (0,)),
    ]
