from __future__ import annotations

import numpy as np
import pytest
from benchmarks.real_votes import Account, add_accounts
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.dense_votes import (
    UNSEEN,
    Table,
    draw_table,
    to_matrix,
    to_table,
    vote_tables,
)
from tests.verdicts.planted import judged, planted

from spreekruimte.analysis.bridging import agree_across_groups
from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.opinions import OpinionGroups
from spreekruimte.analysis.verdicts import (
    Rules,
    bound_influence,
    bound_share,
    bound_share_anytime,
)
from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.verdicts.compute import STEPS, count_votes, judge_votes
from spreekruimte.verdicts.judgement import GroupResult, Judgement, StatementResult

__all__ = ["judged", "planted"]

EVERYBODY = -1


def find(judgement: Judgement, column: int) -> StatementResult:
    (result,) = [each for each in judgement.results if each.statement.id == str(column)]
    return result


def group_by_hand(matrix: VoteMatrix, labels: list[int]) -> OpinionGroups:
    outcome = "groups" if max(labels) >= 0 else "no groups"
    return OpinionGroups(
        "groups" if outcome == "groups" else "no groups",
        0.01,
        np.array(labels, dtype=np.int32),
        np.ones(matrix.participant_count),
        (),
    )


@pytest.fixture(scope="module")
def ungrouped() -> Judgement:
    """160 participants without structure on statements of which the truth is known.

    Nearly all agree with 0 and disagree with 1; 2 is near half and half, 3 leans a
    little, 4 is known to ten people, and all pass on 5.
    """
    rng = np.random.default_rng(2)
    table = draw_table(rng, np.tile([0.9, 0.1, 0.5, 0.55, 0.9, 0.5], (1200, 1)))
    table[160:, 3] = UNSEEN
    table[10:, 4] = UNSEEN
    table[:, 5] = 0
    return judge_votes(to_matrix(table))


@given(table=vote_tables(), data=st.data())
def test_votes_are_counted_of_everybody_and_of_each_group(
    table: Table, data: st.DataObject
) -> None:
    matrix = to_matrix(np.concatenate([table, np.ones_like(table[:1])]))
    size = matrix.participant_count
    labels = data.draw(st.lists(st.integers(-1, 3), min_size=size, max_size=size))
    groups = group_by_hand(matrix, labels)
    tally = count_votes(matrix, groups)
    full = to_table(matrix)
    pools = [np.ones(size, dtype=bool), *(groups.labels == k for k in range(groups.count))]
    for counts, vote in ((tally.agree, 1), (tally.disagree, -1), (tally.passed, 0)):
        expected = [(full[pool] == vote).sum(axis=0).tolist() for pool in pools]
        assert counts.tolist() == expected


def test_results_hold_the_counts_of_the_votes(planted: VoteMatrix, judged: Judgement) -> None:
    full, labels = to_table(planted), judged.groups.labels
    assert judged.groups.count == 3
    assert (labels == EVERYBODY).any()
    for result in judged.results:
        column = int(result.statement.id)
        votes = full[:, column]
        assert (result.agree, result.disagree, result.passed) == tuple(
            (votes == vote).sum() for vote in (1, -1, 0)
        )
        assert [each.group for each in result.by_group] == [0, 1, 2]
        for each in result.by_group:
            own = votes[labels == each.group]
            assert (each.agree, each.disagree, each.passed) == tuple(
                (own == vote).sum() for vote in (1, -1, 0)
            )
            assert each.support.estimate == each.agree / (each.agree + each.disagree)
            assert each.support.low <= each.support.estimate <= each.support.high
            assert each.anytime.low <= each.support.low < each.support.high <= each.anytime.high
        assert result.support.estimate == result.agree / (result.agree + result.disagree)
        assert result.support.estimate == result.anytime.estimate


def test_moderated_statements_get_no_result(judged: Judgement) -> None:
    ids = [int(result.statement.id) for result in judged.results]
    assert ids == [column for column in range(40) if column not in (3, 17, 39)]
    assert [result.statement.text for result in judged.results[:2]] == [
        "Statement 0",
        "Statement 1",
    ]


def test_ranks_and_chances_are_among_the_judged_statements(judged: Judgement) -> None:
    by_rank = sorted(judged.results, key=lambda result: result.rank)
    assert [result.rank for result in by_rank] == list(range(1, 38))
    lows = [result.bridging.low for result in by_rank]
    assert lows == sorted(lows, reverse=True)
    assert sum(result.top_probability for result in judged.results) == pytest.approx(10.0)


def test_what_moderated_statements_hold_changes_nothing(
    planted: VoteMatrix, judged: Judgement
) -> None:
    keep = planted.judged[planted.columns]
    bare = VoteMatrix(
        planted.participant_ids,
        planted.statements,
        np.concatenate([[0], np.cumsum(keep)])[planted.indptr],
        planted.columns[keep],
        planted.values[keep],
        planted.arrival,
    )
    assert judge_votes(bare).results == judged.results


def test_agreement_across_groups_is_over_the_groups(judged: Judgement) -> None:
    for result in judged.results:
        shares = [(each.agree + 2) / (each.agree + each.disagree + 4) for each in result.by_group]
        geometric = float(np.exp(np.log(shares).mean()))
        assert result.bridging.estimate == pytest.approx(geometric, rel=0.15)
        assert result.bridging.estimate <= geometric
        assert result.bridging.evidence == min(
            each.agree + each.disagree for each in result.by_group
        )


def test_division_is_how_far_the_groups_lie_apart(judged: Judgement) -> None:
    for result in judged.results:
        shares = [(each.agree + 2) / (each.agree + each.disagree + 4) for each in result.by_group]
        assert result.division == pytest.approx(max(shares) - min(shares))
    assert max(result.division for result in judged.results) > 0.6


def test_without_groups_everybody_is_one_pool(ungrouped: Judgement) -> None:
    assert ungrouped.groups.outcome == "no groups"
    for result in ungrouped.results:
        share = (result.agree + 2) / (result.agree + result.disagree + 4)
        assert result.by_group == ()
        assert result.bridging.evidence == result.agree + result.disagree
        assert result.bridging.estimate == pytest.approx(share, rel=0.15)
        assert result.division == pytest.approx(1.0 - abs(2.0 * share - 1.0))


def test_outcomes_follow_the_votes(ungrouped: Judgement) -> None:
    assert [result.outcome for result in ungrouped.results] == [
        "admissible",
        "inadmissible",
        "divided",
        "undecided",
        "undecided",
        "undecided",
    ]


def test_a_statement_that_groups_see_differently_is_divided(judged: Judgement) -> None:
    apart = [
        result
        for result in judged.results
        if min(each.anytime.high for each in result.by_group) < 0.5
        and max(each.anytime.low for each in result.by_group) > 0.5
        and min(each.agree + each.disagree for each in result.by_group) >= 20
    ]
    assert len(apart) > 5
    assert {result.outcome for result in apart} == {"divided"}


def test_each_verdict_says_what_it_takes_to_flip_it(ungrouped: Judgement) -> None:
    for result in ungrouped.results:
        assert result.cost_to_flip is not None
        assert result.cost_to_flip_bounded is not None
        assert min(result.cost_to_flip, result.cost_to_flip_bounded) >= 1
    firm, loose = find(ungrouped, 0), find(ungrouped, 3)
    assert (firm.cost_to_flip or 0) > 5 * (loose.cost_to_flip or 0)


def test_without_opinions_nothing_is_claimed(ungrouped: Judgement) -> None:
    result = find(ungrouped, 5)
    assert (result.agree, result.disagree, result.passed) == (0, 0, 1200)
    for interval in (result.support, result.anytime):
        assert (interval.estimate, interval.low, interval.high) == (None, 0.0, 1.0)
    assert result.intercept is None
    assert result.bounded == 0.5


def test_the_second_opinion_is_on_the_scale_of_a_share(ungrouped: Judgement) -> None:
    known = [result.intercept for result in ungrouped.results if result.intercept is not None]
    assert len(known) == 5
    assert known[0] == max(known)
    assert known[1] == min(known)


def test_a_statement_of_few_opinions_is_flagged(ungrouped: Judgement) -> None:
    few = ["few" in result.flags for result in ungrouped.results]
    assert few == [False, False, False, False, True, True]
    assert find(ungrouped, 0).flags == ()


def test_a_majority_that_the_other_side_does_not_share_is_flagged() -> None:
    # Nine of 28, too few for a group, are against what all others are for, and so around.
    rates = np.full((28, 24), 0.99)
    rates[19:, :6] = rates[:19, 6:] = 0.01
    judgement = judge_votes(to_matrix(draw_table(np.random.default_rng(3), rates)))
    assert judgement.groups.outcome == "no groups"
    flags = [result.flags for result in judgement.results]
    assert flags == [("few", "second-opinion")] * 6 + [("few",)] * 18


def test_a_pushed_statement_is_flagged(planted: VoteMatrix, judged: Judgement) -> None:
    assert not any("pushed" in result.flags for result in judged.results)
    rng = np.random.default_rng(4)
    full = to_table(planted)
    weakest = min(judged.results, key=lambda result: result.agree)
    target = int(weakest.statement.id)
    full[:, target] = UNSEEN
    able = full[(np.abs(full) == 1).sum(axis=1) >= 14]
    accounts = []
    for _ in range(30):
        person = able[rng.integers(len(able))]
        columns = rng.choice(np.flatnonzero(np.abs(person) == 1), 14, replace=False)
        accounts.append(
            Account(
                np.append(columns, target).astype(np.int32),
                np.append(person[columns], 1).astype(np.int8),
            )
        )
    results = judge_votes(add_accounts(planted, accounts)).results
    assert [each.statement.id for each in results if "pushed" in each.flags] == [str(target)]


def test_the_rules_are_those_given(planted: VoteMatrix, judged: Judgement) -> None:
    assert judged.rules == Rules()
    rules = Rules(credible_level=0.5, anytime_level=0.8, min_opinions=100, false_alarm=0.001)
    other = judge_votes(planted, rules)
    assert other.rules is rules
    # A stricter rate of false alarms is tested with more shuffles, so the p-value gets smaller.
    assert other.groups.p_value <= 0.001 < judged.groups.p_value
    for result, strict in zip(other.results, judged.results, strict=True):
        assert strict.support.low < result.support.low
        assert strict.anytime.low < result.anytime.low
        assert ("few" in result.flags) == (result.agree + result.disagree < 100)


def test_shares_are_bounded_at_the_levels_of_the_rules(planted: VoteMatrix) -> None:
    rules = Rules(credible_level=0.5, anytime_level=0.99, influence=0.002)
    (result, *_) = judge_votes(planted, rules).results
    pools: list[StatementResult | GroupResult] = [result, *result.by_group]
    for pool in pools:
        yes, no = np.array([pool.agree]), np.array([pool.disagree])
        for interval, bound, level in (
            (pool.support, bound_share, 0.5),
            (pool.anytime, bound_share_anytime, 0.99),
        ):
            low, high = bound(yes, no, level)
            assert (interval.low, interval.high) == (low[0], high[0])
    yes, no = np.array([result.agree]), np.array([result.disagree])
    assert result.bounded == bound_influence(yes, no, 0.002)[0]
    assert result.bounded != bound_influence(yes, no, 0.01)[0]
    across = agree_across_groups(
        np.array([[each.agree] for each in result.by_group]),
        np.array([[each.disagree] for each in result.by_group]),
        level=0.5,
    )
    assert result.bridging.low == across.low[0]


def test_progress_is_told_step_by_step(planted: VoteMatrix) -> None:
    told: list[tuple[str, int, int | None]] = []
    judge_votes(planted, progress=lambda *step: told.append(step))
    assert told == [
        *((step, place, len(STEPS)) for place, step in enumerate(STEPS)),
        (STEPS[-1], len(STEPS), len(STEPS)),
    ]


def test_where_moderation_took_out_all_there_is_nothing_to_judge() -> None:
    matrix = to_matrix(np.ones((30, 2), dtype=np.int8), removed=[0, 1])
    with pytest.raises(InputError, match=r"^There is no statement to judge: .+\.$"):
        judge_votes(matrix)


def test_a_judgement_keeps_what_it_was_made_from(planted: VoteMatrix, judged: Judgement) -> None:
    assert judged.matrix is planted
    assert judged.space.positions.shape == (planted.participant_count, 2)
    assert judged.space.axes.shape == (40, 2)
    assert judged.groups.labels.shape == (planted.participant_count,)


@settings(max_examples=60)
@given(vote_tables(people=(1, 25), statements=(1, 14)))
def test_any_votes_can_be_judged(table: Table) -> None:
    table[0, 0] = 1
    judgement = judge_votes(to_matrix(table))
    assert len(judgement.results) == table.shape[1]
    for result in judgement.results:
        for interval in (result.support, result.anytime):
            assert 0.0 <= interval.low <= interval.high <= 1.0
        assert 0.0 < result.bridging.low <= result.bridging.estimate <= result.bridging.high <= 1.0
        assert 0.0 <= result.bounded <= 1.0
        assert 0.0 <= result.top_probability <= 1.0
        assert 0.0 <= result.division <= 1.0
        assert result.outcome == "undecided"
        assert result.flags[0] == "few"
