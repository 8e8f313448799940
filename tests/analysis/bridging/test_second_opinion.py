from __future__ import annotations

import numpy as np
import pytest
from benchmarks.generators import Shape, generate_structureless
from numpy.typing import NDArray
from tests.analysis.dense_votes import UNSEEN, Table, draw_table, to_sheets

from spreekruimte.analysis.bridging import (
    GroupAgreement,
    SecondOpinion,
    agree_across_groups,
    ask_factor_model,
    fit_opinions,
)
from spreekruimte.analysis.opinions import collect_opinions
from spreekruimte.analysis.opinions.sheets import OpinionSheets

FOR, AGAINST, UNSURE = (0.7, 0.8), (0.1, 0.2), (0.4, 0.6)


def claim(intervals: list[tuple[float, float]]) -> GroupAgreement:
    """Agreement across groups that lies in these intervals."""
    low, high = np.array(intervals).T
    middle, nobody = (low + high) / 2.0, np.zeros(len(low), dtype=np.int64)
    return GroupAgreement(middle, low, high, nobody, np.log(middle), np.ones(len(low)))


def agreement_of(table: Table) -> GroupAgreement:
    yes, no = (table == 1).sum(axis=0)[None], (table == -1).sum(axis=0)[None]
    return agree_across_groups(yes, no, level=0.9)


def ask(sheets: OpinionSheets, agreement: GroupAgreement) -> SecondOpinion:
    return ask_factor_model(fit_opinions(sheets), sheets, agreement)


@pytest.fixture(scope="module")
def parties() -> Table:
    """Seven in ten of one party and three of another, who differ on statements 0 to 8.

    On 9 nearly all agree and on 10 nearly all disagree; four people know of 11, two of
    each party, and disagree.
    """
    rng = np.random.default_rng(1)
    rates = np.full((400, 12), 0.97)
    rates[:280, 5:9] = rates[280:, :5] = 0.03
    rates[:, 10] = 0.03
    table = draw_table(rng, rates, seen=0.8)
    table[:, 11] = UNSEEN
    table[[0, 1, 398, 399], 11] = -1
    return table


def test_it_sees_agreement_across_sides_and_not_the_size_of_a_side(parties: Table) -> None:
    found = ask(to_sheets(parties), agreement_of(parties)).intercepts
    assert found[9] > found[:9].max()
    assert found[10] < found[:9].min()


def test_below_five_opinions_it_says_nothing(parties: Table) -> None:
    second = ask(to_sheets(parties), claim([FOR] * 12))
    assert np.isnan(second.intercepts).tolist() == [False] * 11 + [True]
    assert not second.contradicts[11]
    more = parties.copy()
    more[2, 11] = -1
    second = ask(to_sheets(more), claim([FOR] * 12))
    assert not np.isnan(second.intercepts).any()
    assert second.contradicts[11]


def test_it_contradicts_a_majority_that_the_other_side_does_not_share(parties: Table) -> None:
    # Taken as one whole, seven in ten are for statements 0 to 4; across the sides few are.
    agreement = agreement_of(parties)
    assert (agreement.low[:5] > 0.5).all()
    assert ask(to_sheets(parties), agreement).contradicts.tolist() == ([True] * 5 + [False] * 7)


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        (FOR, {0, 1, 2, 3, 4, 5, 6, 7, 8, 10}),
        (AGAINST, {9}),
        (UNSURE, set()),
    ],
)
def test_it_contradicts_only_what_is_certain_and_lies_on_the_other_side(
    parties: Table, claimed: tuple[float, float], expected: set[int]
) -> None:
    second = ask(to_sheets(parties), claim([claimed] * 12))
    assert set(np.flatnonzero(second.contradicts).tolist()) == expected


@pytest.mark.parametrize("claimed", [FOR, AGAINST])
def test_without_opinions_it_contradicts_nothing(claimed: tuple[float, float]) -> None:
    sheets = to_sheets(np.zeros((6, 3), dtype=np.int8))
    second = ask(sheets, claim([claimed] * 3))
    assert np.isnan(second.intercepts).all()
    assert not second.contradicts.any()
    assert second.intercepts.shape == second.contradicts.shape == (3,)


def test_by_chance_it_hardly_ever_contradicts() -> None:
    contradictions = statements = 0
    for seed in range(10):
        rng = np.random.default_rng([3, seed])
        table = draw_table(rng, np.tile(rng.uniform(0.1, 0.9, 20), (400, 1)), seen=0.35)
        contradicts = ask(to_sheets(table), agreement_of(table)).contradicts
        contradictions += int(contradicts.sum())
        statements += len(contradicts)
    assert contradictions <= 0.015 * statements


def test_without_sides_it_agrees_with_what_everybody_finds() -> None:
    votes = generate_structureless(np.random.default_rng(2), Shape(500, 40, 12_000))
    sheets = collect_opinions(votes.matrix)
    opinions = sheets.count_opinions()
    yes = np.bincount(sheets.columns[sheets.values > 0], minlength=40)
    agreement = agree_across_groups(yes[None], (opinions - yes)[None], level=0.9)
    second = ask(sheets, agreement)
    assert not second.contradicts.any()
    correlation = np.corrcoef(second.intercepts, votes.agree_rates[0])[0, 1]
    assert correlation > 0.95


def test_the_same_opinions_get_the_same_answer(parties: Table) -> None:
    agreement = agreement_of(parties)
    one, other = (ask(to_sheets(parties), agreement) for _ in range(2))
    same: NDArray[np.bool_] = one.intercepts == other.intercepts
    assert (same | np.isnan(one.intercepts)).all()
