from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.dense_votes import (
    UNSEEN,
    Table,
    draw_table,
    to_matrix,
    to_opinions,
    to_sheets,
    to_table,
    vote_tables,
)

from spreekruimte.analysis.opinions import sheets as sheets_module
from spreekruimte.analysis.opinions.sheets import (
    OpinionSheets,
    collect_opinions,
    hash_ids,
    sample_sheets,
)

ids = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def take_arrays(sheets: OpinionSheets) -> tuple[list[int], list[int], list[int], int]:
    return (
        sheets.indptr.tolist(),
        sheets.columns.tolist(),
        sheets.values.tolist(),
        sheets.statement_count,
    )


def hash_plainly(identifier: str) -> int:
    hashed = 0xCBF29CE484222325
    for letter in identifier.encode():
        hashed = ((hashed ^ letter) * 0x100000001B3) % 2**64
    hashed = ((hashed ^ (hashed >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    hashed = ((hashed ^ (hashed >> 27)) * 0x94D049BB133111EB) % 2**64
    return hashed ^ (hashed >> 31)


@given(table=vote_tables(), removed=st.sets(st.integers(0, 7)))
def test_sheets_hold_the_opinions_on_judged_statements_and_nothing_else(
    table: Table, removed: set[int]
) -> None:
    matrix = to_matrix(table, removed=sorted(removed))
    expected = to_table(matrix)
    expected[:, ~matrix.judged] = 0
    expected[expected == UNSEEN] = 0
    given_any = (expected != 0).any(axis=1)
    sheets = collect_opinions(matrix)
    assert sheets.rows.tolist() == np.flatnonzero(given_any).tolist()
    np.testing.assert_array_equal(to_opinions(sheets), expected[given_any])
    assert sheets.count == given_any.sum()
    assert sheets.opinion_count == np.count_nonzero(expected)
    assert sheets.rows.dtype == np.int32
    assert sheets.indptr.dtype == np.int64


@given(table=vote_tables(), removed=st.sets(st.integers(0, 7)))
def test_passes_and_moderated_statements_leave_no_trace(table: Table, removed: set[int]) -> None:
    without = np.where(table == 0, UNSEEN, table)
    without[:, [column for column in removed if column < table.shape[1]]] = UNSEEN
    matrix, plain = to_matrix(table, removed=sorted(removed)), to_matrix(without)
    sheets, expected = collect_opinions(matrix), collect_opinions(plain)
    assert take_arrays(sheets) == take_arrays(expected)
    assert [matrix.participant_ids[row] for row in sheets.rows] == [
        plain.participant_ids[row] for row in expected.rows
    ]


@given(table=vote_tables())
def test_opinions_are_counted_per_statement(table: Table) -> None:
    sheets = to_sheets(table)
    agree, disagree = (table == 1).sum(axis=0), (table == -1).sum(axis=0)
    assert sheets.count_opinions().tolist() == (agree + disagree).tolist()
    np.testing.assert_allclose(sheets.share_agreeing(), (agree + 0.5) / (agree + disagree + 1))


@given(table=vote_tables(), data=st.data())
def test_selected_sheets_keep_their_opinions(table: Table, data: st.DataObject) -> None:
    sheets = to_sheets(table)
    size = sheets.count
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    chosen = sheets.select(keep)
    assert chosen.rows.tolist() == sheets.rows[keep].tolist()
    assert chosen.statement_count == sheets.statement_count
    assert chosen.indptr[-1] == chosen.opinion_count
    np.testing.assert_array_equal(to_opinions(chosen), to_opinions(sheets)[keep])


@given(table=vote_tables(), data=st.data())
def test_selected_opinions_keep_their_sheets_even_if_empty(
    table: Table, data: st.DataObject
) -> None:
    sheets = to_sheets(table)
    size = sheets.opinion_count
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    expected = to_opinions(sheets)
    expected[expected != 0] *= keep
    chosen = sheets.select_opinions(keep)
    assert chosen.rows.tolist() == sheets.rows.tolist()
    assert chosen.opinion_count == keep.sum()
    np.testing.assert_array_equal(to_opinions(chosen), expected)


def test_the_sample_of_an_ordinary_conversation_is_the_whole() -> None:
    matrix = to_matrix(draw_table(np.random.default_rng(1), np.full((60, 20), 0.6)))
    sheets = collect_opinions(matrix)
    assert sample_sheets(sheets, matrix.participant_ids) is sheets


@pytest.fixture
def small_sample(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sheets_module, "SAMPLE_OPINIONS", 200)
    monkeypatch.setattr(sheets_module, "SAMPLE_PER_STATEMENT", 5)
    return 200


def name_sampled(table: Table, names: list[str] | None = None) -> set[str]:
    matrix = to_matrix(table, ids=names)
    sample = sample_sheets(collect_opinions(matrix), matrix.participant_ids)
    return {matrix.participant_ids[row] for row in sample.rows}


def test_the_sample_takes_whole_sheets_by_the_hash_of_the_id_up_to_its_size(
    small_sample: int,
) -> None:
    table = draw_table(np.random.default_rng(2), np.full((90, 12), 0.6), seen=0.6)
    matrix = to_matrix(table)
    sheets = collect_opinions(matrix)
    sample = sample_sheets(sheets, matrix.participant_ids)
    opinions = (table != UNSEEN).sum(axis=1)
    wanted, held = set(), 0
    for row in sorted(range(90), key=lambda row: hash_plainly(str(row))):
        held += opinions[row]
        if held > small_sample:
            break
        wanted.add(row)
    assert set(sample.rows.tolist()) == wanted
    assert small_sample - 12 < sample.opinion_count <= small_sample
    np.testing.assert_array_equal(
        to_opinions(sample), to_opinions(sheets)[np.isin(sheets.rows, sample.rows)]
    )


def test_the_sample_grows_with_the_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets_module, "SAMPLE_OPINIONS", 10)
    monkeypatch.setattr(sheets_module, "SAMPLE_PER_STATEMENT", 5)
    matrix = to_matrix(np.ones((40, 12), dtype=np.int8))
    sample = sample_sheets(collect_opinions(matrix), matrix.participant_ids)
    assert (sample.count, sample.opinion_count) == (5, 60)


@pytest.mark.usefixtures("small_sample")
def test_the_sample_stays_when_participants_join_who_only_pass() -> None:
    rng = np.random.default_rng(3)
    table = draw_table(rng, np.full((90, 12), 0.6), seen=0.6)
    passers = np.where(rng.random((50, 12)) < 0.5, 0, UNSEEN).astype(np.int8)
    names = [f"{number:03}" for number in rng.permutation(1000)[:140]]
    with_passers = name_sampled(np.concatenate([table, passers]), names)
    assert with_passers == name_sampled(table, names[:90])


@pytest.mark.usefixtures("small_sample")
def test_the_sample_depends_on_ids_and_not_on_what_is_found() -> None:
    rng = np.random.default_rng(4)
    table = draw_table(rng, np.full((90, 12), 0.6), seen=0.6)
    turned = np.where(table == UNSEEN, UNSEEN, -table).astype(np.int8)
    assert name_sampled(turned) == name_sampled(table)
    assert name_sampled(table, [f"p{row}" for row in range(90)]) != {
        f"p{row}" for row in name_sampled(table)
    }


@given(st.lists(ids, max_size=12))
def test_ids_are_hashed_by_fnv_1a_and_mixed(names: list[str]) -> None:
    assert hash_ids(tuple(names)).tolist() == [hash_plainly(name) for name in names]


@given(names=st.lists(ids, min_size=1, max_size=12, unique=True), data=st.data())
def test_a_hash_is_the_same_on_any_order_and_whoever_else_is_there(
    names: list[str], data: st.DataObject
) -> None:
    hashes = dict(zip(names, hash_ids(tuple(names)).tolist(), strict=True))
    order = data.draw(st.permutations(names))
    some = order[: data.draw(st.integers(0, len(order)))]
    assert hash_ids(tuple(some)).tolist() == [hashes[name] for name in some]


def test_hashes_of_many_ids_differ_and_are_spread_evenly() -> None:
    hashes = hash_ids(tuple(str(number) for number in range(20_000)))
    assert len(np.unique(hashes)) == 20_000
    in_tenths = np.bincount((hashes >> np.uint64(40)).astype(np.int64) * 10 >> 24, minlength=10)
    assert np.abs(in_tenths - 2000).max() < 5 * np.sqrt(2000 * 0.9)
