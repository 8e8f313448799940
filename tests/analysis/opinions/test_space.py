from __future__ import annotations

import numpy as np
import pytest
from benchmarks.generators import Shape, generate_groups
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.analysis.dense_votes import (
    UNSEEN,
    Table,
    to_matrix,
    to_opinions,
    to_sheets,
    vote_tables,
)

from spreekruimte.analysis.opinions import sheets as sheets_module
from spreekruimte.analysis.opinions.sheets import OpinionSheets, collect_opinions
from spreekruimte.analysis.opinions.space import (
    RIDGE,
    centre_opinions,
    find_directions,
    map_opinions,
    place_participants,
)
from spreekruimte.analysis.votes import VoteMatrix

Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def three_groups() -> VoteMatrix:
    rng = np.random.default_rng(5)
    return generate_groups(rng, Shape(400, 40, 10_000), separation=3.0).matrix


def centre_plainly(opinions: Table) -> Floats:
    """The centred matrix in full, from sheets in full."""
    rows, columns = (opinions != 0).sum(axis=1), (opinions != 0).sum(axis=0)
    means = opinions.sum(axis=0) / np.maximum(columns, 1)
    centred = np.where(opinions != 0, opinions - means, 0.0)
    row_scale = np.sqrt(rows + max(rows.mean(), 1.0))
    return np.asarray(
        centred / row_scale[:, None] / np.sqrt(columns + max(columns.mean(), 1.0))[None]
    )


def spread_out(sheets: OpinionSheets, entries: Floats) -> Floats:
    """Write centred opinions out in full."""
    full = np.zeros((sheets.count, sheets.statement_count))
    full[np.repeat(np.arange(sheets.count), np.diff(sheets.indptr)), sheets.columns] = entries
    return full


@given(vote_tables())
def test_opinions_are_centred_and_scaled_as_the_formula_says(table: Table) -> None:
    table[0, 0] = 1
    sheets = to_sheets(table)
    expected = centre_plainly(to_opinions(sheets))
    np.testing.assert_allclose(spread_out(sheets, centre_opinions(sheets)), expected, atol=1e-14)


@pytest.mark.parametrize(("sweeps", "accuracy"), [(12, 1e-4), (100, 1e-10)])
def test_directions_are_the_leading_singular_vectors(
    three_groups: VoteMatrix, sweeps: int, accuracy: float
) -> None:
    sheets = collect_opinions(three_groups)
    directions, strengths = find_directions(sheets, centre_opinions(sheets), 2, sweeps=sweeps)
    _, expected_strengths, right = np.linalg.svd(centre_plainly(to_opinions(sheets)))
    expected = right[:2].T
    expected *= np.sign(expected[np.abs(expected).argmax(axis=0), [0, 1]])
    np.testing.assert_allclose(directions, expected, atol=accuracy)
    np.testing.assert_allclose(strengths, expected_strengths[:2], rtol=accuracy**2 + 1e-12)


def test_a_near_start_finishes_in_few_sweeps(three_groups: VoteMatrix) -> None:
    sheets = collect_opinions(three_groups)
    entries = centre_opinions(sheets)
    exact, _ = find_directions(sheets, entries, 2, sweeps=100)
    nudged = exact + np.random.default_rng(1).normal(0, 0.01, exact.shape)
    from_start, _ = find_directions(sheets, entries, 2, start=nudged, sweeps=3)
    from_nowhere, _ = find_directions(sheets, entries, 2, sweeps=3)
    assert np.abs(from_start - exact).max() < 1e-3 < np.abs(from_nowhere - exact).max()


@given(table=vote_tables(people=(2, 12), statements=(2, 8)), count=st.integers(1, 4))
@example(
    table=np.array(
        [[1, -1, -1, 1, 0, 1, 1, 1], [-1, 1, 1, -1, 1, 1, 1, 1], [1] * 8, [1] * 8], dtype=np.int8
    ),
    count=4,
)
def test_directions_are_orthonormal_and_their_largest_entry_is_positive(
    table: Table, count: int
) -> None:
    table[0, 0], table[1, 0] = 1, -1
    sheets = to_sheets(table)
    entries = centre_opinions(sheets)
    directions, strengths = find_directions(sheets, entries, count)
    assert directions.shape == (table.shape[1], count)
    np.testing.assert_array_equal(strengths, -np.sort(-strengths))
    # Where there is nothing left to find, a direction means nothing.
    found = directions[:, strengths > 1e-6]
    np.testing.assert_allclose(found.T @ found, np.eye(found.shape[1]), atol=1e-9)
    assert (directions[np.abs(directions).argmax(axis=0), np.arange(count)] >= 0.0).all()
    full = spread_out(sheets, entries)
    np.testing.assert_allclose(
        np.sqrt(((full @ directions) ** 2).sum(axis=0)), strengths, atol=1e-7
    )


@given(vote_tables(people=(2, 12)))
def test_places_are_the_ridge_regression_of_opinions_on_directions(table: Table) -> None:
    table[0, 0] = 1
    sheets = to_sheets(table)
    directions = np.random.default_rng(3).normal(size=(table.shape[1], 2))
    directions /= np.sqrt((directions**2).sum(axis=0))
    places = place_participants(sheets, directions)
    means = 2.0 * sheets.share_agreeing() - 1.0
    scaled = directions * np.sqrt(table.shape[1])
    for opinions, place in zip(to_opinions(sheets), places, strict=True):
        seen = opinions != 0
        gram = scaled[seen].T @ scaled[seen] + RIDGE * np.eye(2)
        expected = np.linalg.solve(gram, scaled[seen].T @ (opinions - means)[seen])
        np.testing.assert_allclose(place, expected, atol=1e-12)


def test_few_opinions_leave_a_participant_near_the_middle(three_groups: VoteMatrix) -> None:
    sheets = collect_opinions(three_groups)
    directions, _ = find_directions(sheets, centre_opinions(sheets), 2)
    first = np.arange(sheets.opinion_count) < sheets.indptr[1]
    few = sheets.select_opinions(first & (np.cumsum(first) <= 2))
    assert few.opinion_count == 2
    alone = place_participants(few, directions)
    assert np.linalg.norm(alone[0]) < np.linalg.norm(place_participants(sheets, directions)[0])
    np.testing.assert_array_equal(alone[1:], 0.0)


def test_the_map_holds_everybody_with_an_opinion_and_nobody_else(
    three_groups: VoteMatrix,
) -> None:
    passing = three_groups.values.copy()
    passing[three_groups.indptr[7] : three_groups.indptr[8]] = 0
    matrix = VoteMatrix(
        three_groups.participant_ids,
        three_groups.statements,
        three_groups.indptr,
        three_groups.columns,
        passing,
        three_groups.arrival,
    )
    space = map_opinions(collect_opinions(matrix), matrix.participant_ids)
    assert space.positions.shape == (matrix.participant_count, 2)
    assert space.axes.shape == (matrix.statement_count, 2)
    assert np.isnan(space.positions[7]).all()
    assert not np.isnan(np.delete(space.positions, 7, axis=0)).any()


def test_the_map_says_how_much_each_direction_explains(three_groups: VoteMatrix) -> None:
    sheets = collect_opinions(three_groups)
    space = map_opinions(sheets, three_groups.participant_ids)
    strengths = np.linalg.svd(centre_plainly(to_opinions(sheets)), compute_uv=False)
    expected = strengths[:2] ** 2 / (strengths**2).sum()
    np.testing.assert_allclose(space.explained, expected, rtol=1e-8)


@given(vote_tables())
def test_what_is_explained_is_a_share(table: Table) -> None:
    matrix = to_matrix(table)
    explained = map_opinions(collect_opinions(matrix), matrix.participant_ids).explained
    assert (explained >= 0.0).all()
    assert explained.sum() <= 1.0 + 1e-12


def test_without_opinions_nobody_has_a_place() -> None:
    matrix = to_matrix(np.array([[0, 0], [0, UNSEEN]], dtype=np.int8))
    space = map_opinions(collect_opinions(matrix), matrix.participant_ids)
    assert np.isnan(space.positions).all()
    assert space.positions.shape == (2, 2)
    np.testing.assert_array_equal(space.axes, np.zeros((2, 2)))
    np.testing.assert_array_equal(space.explained, [0.0, 0.0])


def test_where_everybody_agrees_there_is_nothing_to_explain() -> None:
    matrix = to_matrix(np.ones((6, 3), dtype=np.int8))
    space = map_opinions(collect_opinions(matrix), matrix.participant_ids)
    np.testing.assert_array_equal(space.explained, [0.0, 0.0])
    np.testing.assert_array_equal(space.positions, np.zeros((6, 2)))


def test_one_statement_makes_one_direction() -> None:
    matrix = to_matrix(np.array([[1], [1], [1], [-1]], dtype=np.int8))
    space = map_opinions(collect_opinions(matrix), matrix.participant_ids)
    np.testing.assert_allclose(space.axes, [[1.0, 0.0]])
    np.testing.assert_allclose(space.explained, [1.0, 0.0])
    assert space.positions[0, 0] > 0.0 > space.positions[3, 0]
    np.testing.assert_array_equal(space.positions[:, 1], 0.0)


def test_directions_are_sought_in_the_sample_and_finished_on_everybody(
    monkeypatch: pytest.MonkeyPatch, three_groups: VoteMatrix
) -> None:
    sheets = collect_opinions(three_groups)
    whole = map_opinions(sheets, three_groups.participant_ids)
    monkeypatch.setattr(sheets_module, "SAMPLE_OPINIONS", sheets.opinion_count // 2)
    monkeypatch.setattr(sheets_module, "SAMPLE_PER_STATEMENT", 0)
    sampled = map_opinions(sheets, three_groups.participant_ids)
    np.testing.assert_allclose(sampled.axes, whole.axes, atol=0.01)
    assert np.abs(sampled.axes - whole.axes).max() > 0.0
