from __future__ import annotations

import numpy as np
import pytest
from benchmarks.generators import Behaviour, Shape, generate_groups, generate_structureless
from benchmarks.scoring import adjusted_rand
from hypothesis import given
from tests.analysis.dense_votes import (
    Table,
    add_passers,
    draw_table,
    replay_shuffled,
    to_matrix,
    to_sheets,
    vote_tables,
)

from spreekruimte.analysis.opinions import OpinionGroups, find_groups
from spreekruimte.analysis.opinions import groups as groups_module
from spreekruimte.analysis.opinions import sheets as sheets_module
from spreekruimte.analysis.opinions.groups import (
    CERTAIN,
    SMALLEST_GROUP,
    choose_count,
    seed_from,
)
from spreekruimte.analysis.opinions.null_model import SHUFFLES
from spreekruimte.analysis.opinions.sheets import collect_opinions
from spreekruimte.analysis.votes import VoteMatrix

SMALLEST_P = 1 / (1 + SHUFFLES)


def name_members(matrix: VoteMatrix, groups: OpinionGroups) -> dict[str, tuple[int, float]]:
    """Group and certainty, to the last bit, of each participant by id."""
    certainties = groups.certainty.tolist()
    found = zip(groups.labels.tolist(), certainties, strict=True)
    return dict(zip(matrix.participant_ids, found, strict=True))


def describe(matrix: VoteMatrix, groups: OpinionGroups) -> dict[str, object]:
    return {
        "outcome": groups.outcome,
        "p_value": groups.p_value,
        "members": name_members(matrix, groups),
        "representatives": groups.representatives,
    }


def camps(rng: np.random.Generator, sizes: tuple[int, ...], statements: int = 24) -> Table:
    """Draw two camps that are nine in ten for and against the statements, by turns."""
    sides = np.repeat(np.arange(len(sizes)), sizes)[:, None]
    agreeing = (np.arange(statements)[None] + sides) % 2 == 0
    return draw_table(rng, np.where(agreeing, 0.9, 0.1), seen=0.7)


@pytest.fixture(scope="module")
def planted() -> VoteMatrix:
    return generate_groups(np.random.default_rng(1), Shape(300, 40, 6000), separation=2.0).matrix


def test_votes_without_structure_have_no_groups() -> None:
    found = []
    for seed in range(20):
        rng = np.random.default_rng([20, seed])
        people, statements = int(rng.integers(30, 1500)), int(rng.integers(8, 120))
        shape = Shape(people, statements, int(people * statements * rng.uniform(0.05, 0.8)))
        behaviour = Behaviour(
            activity_spread=rng.uniform(0.2, 1.4),
            exposure_spread=rng.uniform(0.0, 0.8),
            pass_rate=rng.uniform(0.02, 0.6),
            agree_spread=rng.uniform(0.3, 2.0),
        )
        matrix = generate_structureless(rng, shape, behaviour=behaviour).matrix
        found.append(find_groups(matrix).outcome == "groups")
    assert sum(found) <= 1


def test_no_groups_means_that_nobody_has_one() -> None:
    matrix = generate_structureless(np.random.default_rng(2), Shape(200, 30, 3000)).matrix
    groups = find_groups(matrix)
    assert groups.outcome == "no groups"
    assert 0.05 < groups.p_value <= 1.0
    assert (groups.labels == -1).all()
    assert (groups.certainty == 0.0).all()
    assert len(groups.labels) == len(groups.certainty) == matrix.participant_count
    assert (groups.count, groups.sizes, groups.representatives) == (0, (), ())


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_planted_groups_are_found(count: int) -> None:
    for seed in range(2):
        votes = generate_groups(
            np.random.default_rng([count, seed]),
            Shape(1000, 80, 40_000),
            shares=(1 / count,) * count,
            separation=2.0,
        )
        groups = find_groups(votes.matrix)
        assert groups.outcome == "groups"
        assert groups.p_value == SMALLEST_P
        assert groups.count == count
        assert adjusted_rand(votes.groups, groups.labels) > 0.85


def test_groups_are_numbered_by_size_and_hold_who_is_certain_to_belong(
    planted: VoteMatrix,
) -> None:
    groups = find_groups(planted)
    assert groups.count == 3
    assert list(groups.sizes) == sorted(groups.sizes, reverse=True)
    assert groups.sizes == tuple((groups.labels == group).sum() for group in range(3))
    assert (groups.certainty[groups.labels >= 0] >= CERTAIN).all()
    assert (groups.certainty[groups.labels < 0] < CERTAIN).all()
    assert (groups.labels < 0).any()
    assert groups.certainty.max() <= 1.0


def test_every_group_is_represented(planted: VoteMatrix) -> None:
    groups = find_groups(planted)
    assert {representative.group for representative in groups.representatives} == {0, 1, 2}
    order = [representative.group for representative in groups.representatives]
    assert order == sorted(order)


def test_structure_without_a_statement_of_each_groups_own_makes_no_groups() -> None:
    # Four groups that hardly differ: structure shows, and classes predict, but no more.
    matrix = generate_groups(
        np.random.default_rng(400), Shape(250, 100, 10_000), shares=(0.25,) * 4, separation=0.8
    ).matrix
    sheets = collect_opinions(matrix)
    groups = find_groups(matrix)
    assert groups.outcome == "no groups"
    assert groups.p_value <= 0.05
    assert choose_count(sheets, seed_from(sheets)) > 1


def test_a_group_has_ten_members_or_more() -> None:
    rng = np.random.default_rng(4)
    few, enough = to_matrix(camps(rng, (300, 8))), to_matrix(camps(rng, (300, 25)))
    sheets = collect_opinions(few)
    assert choose_count(sheets, seed_from(sheets)) == 2
    assert find_groups(few).outcome == "no groups"
    assert find_groups(few).p_value == SMALLEST_P
    assert find_groups(enough).sizes == (300, 25)


def test_where_nobody_is_certain_to_belong_there_are_no_groups(
    planted: VoteMatrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups_module, "CERTAIN", 1.1)
    assert find_groups(planted).outcome == "no groups"


def test_twenty_participants_with_an_opinion_are_needed() -> None:
    rng = np.random.default_rng(5)
    table = camps(rng, (SMALLEST_GROUP, SMALLEST_GROUP - 1), statements=40)
    passers = np.zeros((30, 40), dtype=np.int8)
    groups = find_groups(to_matrix(np.concatenate([table, passers])))
    assert (groups.outcome, groups.p_value) == ("no groups", 1.0)
    more = find_groups(to_matrix(np.concatenate([table, -table[:1]])))
    assert more.p_value == SMALLEST_P


def test_the_rate_of_false_alarms_is_what_decides(
    planted: VoteMatrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups_module, "compare_with_null", lambda *_, **__: 0.03)
    assert find_groups(planted, false_alarm=0.03).outcome == "groups"
    assert find_groups(planted, false_alarm=0.03 - 1e-9).outcome == "no groups"


def test_clear_groups_are_found_at_a_strict_rate_too(planted: VoteMatrix) -> None:
    found = find_groups(planted, false_alarm=0.001)
    assert found.outcome == "groups"
    assert found.p_value <= 0.001


@pytest.mark.parametrize("share", [0.1, 1.0])
def test_who_only_passes_changes_nothing(planted: VoteMatrix, share: float) -> None:
    crowded = add_passers(planted, share, np.random.default_rng(6))
    assert crowded.participant_count == round((1 + share) * planted.participant_count)
    before, after = find_groups(planted), find_groups(crowded)
    members = name_members(crowded, after)
    others = {name: members.pop(name) for name in planted.participant_ids}
    assert others == name_members(planted, before)
    assert set(members.values()) == {(-1, 0.0)}
    assert after.p_value == before.p_value
    assert after.representatives == before.representatives


@pytest.mark.parametrize("batches", [1, 15, 240])
def test_any_order_of_the_same_votes_gives_the_same_groups(
    planted: VoteMatrix, batches: int
) -> None:
    shuffled = replay_shuffled(planted, np.random.default_rng(batches), batches)
    found = find_groups(planted)
    assert found.outcome == "groups"
    assert describe(shuffled, find_groups(shuffled)) == describe(planted, found)


@given(vote_tables(people=(20, 30), statements=(1, 6)))
def test_any_votes_have_an_answer_that_hangs_together(table: Table) -> None:
    matrix = to_matrix(table)
    groups = find_groups(matrix)
    assert 0.0 < groups.p_value <= 1.0
    assert (groups.outcome == "groups") == (groups.count > 0)
    assert groups.count != 1
    assert min(groups.sizes, default=SMALLEST_GROUP) >= SMALLEST_GROUP
    assert {each.group for each in groups.representatives} == set(range(groups.count))
    for representative in groups.representatives:
        assert representative.adjusted_p <= 0.05


def test_groups_found_in_the_sample_are_refined_on_everybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    votes = generate_groups(np.random.default_rng(7), Shape(1500, 40, 30_000), separation=1.5)
    whole = find_groups(votes.matrix)
    monkeypatch.setattr(sheets_module, "SAMPLE_OPINIONS", 6000)
    sampled = find_groups(votes.matrix)
    monkeypatch.setattr(groups_module, "FULL_STEPS", 0)
    unrefined = find_groups(votes.matrix)
    assert sampled.count == unrefined.count == whole.count == 3
    near, far = (adjusted_rand(whole.labels, each.labels) for each in (sampled, unrefined))
    assert near > 0.9 > far
    assert (sampled.labels >= 0).sum() > 0.8 * votes.matrix.participant_count


def test_one_class_is_chosen_where_more_do_not_predict_better() -> None:
    matrix = generate_structureless(np.random.default_rng(8), Shape(200, 30, 3000)).matrix
    sheets = collect_opinions(matrix)
    assert choose_count(sheets, seed_from(sheets)) == 1


@pytest.mark.parametrize(
    ("gains", "luck", "expected"),
    [
        ((90, 100, 100, 100), 0.0, 2),  # two reach 85% of the best gain
        ((80, 86, 100, 100), 0.0, 3),
        ((10, 20, 30, 40), 0.0, 5),
        ((-10, -20, -5, -1), 0.0, 1),  # one predicts best
        ((0, 0, 0, 0), 0.0, 1),
        ((18, 5, 5, 5), 1.0, 1),  # no gain exceeds its standard error, which is 20
        ((30, 5, 5, 5), 1.0, 2),
        ((22, 35, 37, 37), 1.0, 3),  # by 2, 15, 17 and 17
    ],
)
def test_the_smallest_number_of_classes_that_predicts_nearly_best_is_chosen(
    monkeypatch: pytest.MonkeyPatch, gains: tuple[int, ...], luck: float, expected: int
) -> None:
    # 400 sheets, on which each number of classes gains as much, more or less by luck.
    each = np.array([0, *gains])[:, None] / 400
    scores = each + luck * np.where(np.arange(400) % 2 == 0, 1.0, -1.0) * (each != 0.0)
    worse = scores - np.where(each != 0.0, 1.0, 0.0)
    monkeypatch.setattr(groups_module, "_predict_unseen", lambda *_: np.stack([worse, scores]))
    sheets = to_sheets(np.ones((400, 1), dtype=np.int8))
    assert choose_count(sheets, 1) == expected


def test_the_seed_comes_from_the_opinions_alone(planted: VoteMatrix) -> None:
    sheets = collect_opinions(planted)
    crowded = add_passers(planted, 0.2, np.random.default_rng(9))
    assert seed_from(collect_opinions(crowded)) == seed_from(sheets)
    turned = sheets.values.copy()
    turned[0] = -turned[0]
    other = type(sheets)(sheets.rows, sheets.indptr, sheets.columns, turned, sheets.statement_count)
    assert seed_from(other) != seed_from(sheets)
    assert 0 <= seed_from(sheets) < 2**64


@pytest.mark.parametrize("fold_count", [3, 8])
def test_each_sheet_is_dealt_over_the_folds_as_evenly_as_can_be(
    planted: VoteMatrix, fold_count: int
) -> None:
    sheets = collect_opinions(planted)
    folds = groups_module._deal_folds(sheets, fold_count, 3)
    rows = np.repeat(np.arange(sheets.count), np.diff(sheets.indptr))
    dealt = np.zeros((sheets.count, fold_count))
    np.add.at(dealt, (rows, folds), 1)
    assert (dealt.max(axis=1) - dealt.min(axis=1) <= 1).all()
    assert not np.array_equal(folds, groups_module._deal_folds(sheets, fold_count, 4))
