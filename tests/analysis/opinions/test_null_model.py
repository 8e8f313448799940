from __future__ import annotations

import numpy as np
from benchmarks.generators import Shape, generate_groups
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from tests.analysis.dense_votes import Table, draw_table, to_opinions, to_sheets, vote_tables

from spreekruimte.analysis.opinions import null_model
from spreekruimte.analysis.opinions.null_model import compare_with_null, count_shuffles
from spreekruimte.analysis.opinions.sheets import OpinionSheets, collect_opinions
from spreekruimte.analysis.opinions.space import centre_opinions


def deal_again(sheets: OpinionSheets, seed: int, times: int = 1) -> OpinionSheets:
    """Deal the opinions out again, as the null model does."""
    by_statement = np.argsort(sheets.columns, kind="stable").astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(sheets.count_opinions())]).astype(np.int64)
    opinions = sheets.values.astype(np.float64)
    state = np.uint64(seed)
    for _ in range(times):
        state = null_model._deal_again(starts, by_statement, opinions, state)
    return OpinionSheets(
        sheets.rows,
        sheets.indptr,
        sheets.columns,
        opinions.astype(np.int8),
        sheets.statement_count,
    )


@given(table=vote_tables(), seed=st.integers(0, 2**64 - 1))
def test_dealing_again_keeps_each_statements_agrees_and_each_sheets_pattern(
    table: Table, seed: int
) -> None:
    before = to_sheets(table)
    after = deal_again(before, seed)
    one, other = to_opinions(before), to_opinions(after)
    np.testing.assert_array_equal(one == 0, other == 0)
    np.testing.assert_array_equal((one == 1).sum(axis=0), (other == 1).sum(axis=0))
    np.testing.assert_array_equal((one == -1).sum(axis=0), (other == -1).sum(axis=0))


def test_dealing_again_gives_each_voter_the_same_chance() -> None:
    # Who of five voters is the one that disagrees: 4000 deals, for each of two statements.
    sheets = to_sheets(np.array([[-1, 1], [1, 1], [1, 1], [1, -1], [1, 1]], dtype=np.int8))
    deals = 4000
    seen = np.zeros((5, 2))
    together = 0
    for seed in range(deals):
        table = to_opinions(deal_again(sheets, seed * 7919, times=2))
        seen += table == -1
        together += int((table.sum(axis=1) == -2).any())
    spread = np.sqrt(deals * 0.2 * 0.8)
    assert np.abs(seen - deals / 5).max() < 4 * spread
    assert abs(together - deals / 5) < 4 * spread


def test_the_scale_is_the_part_of_the_row_in_the_centred_opinions() -> None:
    table = draw_table(np.random.default_rng(1), np.full((30, 8), 0.6), seen=0.5)
    sheets = to_sheets(table)
    opinions = centre_opinions(sheets) / null_model._scale_of_entries(sheets)
    # What is left is the same for all voters of a statement who find the same.
    for column in range(8):
        for side in (1, -1):
            same = opinions[(sheets.columns == column) & (sheets.values == side)]
            np.testing.assert_allclose(same, same[:1].repeat(len(same)), rtol=1e-12)


def test_the_statistic_is_the_square_of_the_leading_singular_value() -> None:
    matrix = generate_groups(np.random.default_rng(2), Shape(150, 20, 2000), separation=2.0).matrix
    sheets = collect_opinions(matrix)
    entries = centre_opinions(sheets)
    # Each lane has a matrix of its own, and one of them is empty.
    sizes = np.array([1.0, 0.5, 0.0, 2.0])
    assert len(sizes) == null_model.LANES
    strengths = null_model._measure_strengths(
        sheets.indptr,
        sheets.columns,
        entries[:, None] * sizes,
        sheets.statement_count,
        null_model.POWER_STEPS,
    )
    full = np.zeros((sheets.count, sheets.statement_count))
    full[np.repeat(np.arange(sheets.count), np.diff(sheets.indptr)), sheets.columns] = entries
    norm = np.linalg.norm(full, 2)
    np.testing.assert_allclose(strengths, (norm * sizes) ** 2, rtol=1e-3)


@given(table=vote_tables(people=(2, 12)), seed=st.integers(0, 2**64 - 1))
def test_the_p_value_is_a_share_above_zero_and_follows_from_votes_and_seed(
    table: Table, seed: int
) -> None:
    table[0, 0] = 1
    sheets = to_sheets(table)
    p_value = compare_with_null(sheets, seed, shuffles=19)
    assert p_value in {place / 20 for place in range(1, 21)}
    assert compare_with_null(sheets, seed, shuffles=19) == p_value


def test_the_seed_decides_how_opinions_are_dealt() -> None:
    sheets = to_sheets(draw_table(np.random.default_rng(3), np.full((40, 10), 0.5)))
    assert len({compare_with_null(sheets, seed) for seed in range(8)}) > 1


def test_where_everybody_agrees_no_structure_is_seen() -> None:
    assert compare_with_null(to_sheets(np.ones((30, 6), dtype=np.int8)), 1) == 1.0


def test_groups_give_the_smallest_p_value_there_is() -> None:
    for seed in range(5):
        rng = np.random.default_rng(seed)
        sheets = collect_opinions(generate_groups(rng, Shape(200, 30, 3000), separation=2).matrix)
        assert compare_with_null(sheets, seed) == 1 / (1 + null_model.SHUFFLES)
        assert compare_with_null(sheets, seed, shuffles=9) == 0.1


def test_without_structure_the_p_value_is_uniform_and_5_in_100_are_at_most_5_in_100() -> None:
    draws = 600
    p_values = np.empty(draws)
    for draw in range(draws):
        rng = np.random.default_rng([11, draw])
        rates = np.tile(rng.uniform(0.1, 0.9, 12), (40, 1))
        busy_ones = rng.uniform(0.1, 1.0, (40, 1))
        p_values[draw] = compare_with_null(to_sheets(draw_table(rng, rates, seen=busy_ones)), draw)
    for level in (0.05, 0.25, 0.5):
        low, high = binom.interval(0.999, draws, level)
        assert low <= (p_values <= level).sum() <= high


def test_a_stricter_rate_gets_shuffles_enough_to_be_reached() -> None:
    for false_alarm in (0.2, 0.05, 0.01, 0.001):
        assert 1 / (1 + count_shuffles(false_alarm)) <= false_alarm / 3 + 1e-12
    assert count_shuffles(0.05) == count_shuffles(0.5) == null_model.SHUFFLES
