from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.cells import Cells, IdCells, KeyCells, TimeCells, parse_vote
from spreekruimte.analysis.votes.lines import Batch

HERE = Path("here.csv")
KINDS = ["1", "10", "123456789", "01", "0010", "a", "bb", "deadbeef", "12345678", "0123456x"]


def batch_of(*cells: str, first: int = 2) -> Batch:
    return Batch(range(first, first + len(cells)), [cells])


def read_ids(*batches: Sequence[str]) -> list[str]:
    ids = IdCells("voter-id", str)
    read: list[str] = []
    for cells in batches:
        read += ids.read(HERE, batch_of(*cells, first=2 + len(read)), 0)
    ids.require_one_kind(HERE)
    return read


@pytest.mark.parametrize(
    "cells",
    [
        ["0", "7", "10", "123456789012345678901234567890"],
        ["anna", "béa", "x1"],
        ["00", "01", "10"],
        ["007", "123"],
        ["12345678", "deadbeef", "0badcafe"],
        ["١٢", "x"],
        ["-1", "1.0"],
        [],
    ],
)
def test_ids_of_one_kind_are_read(cells: list[str]) -> None:
    assert read_ids(cells) == cells


@pytest.mark.parametrize(
    ("cells", "one", "other"),
    [
        (["1", "2", "x"], ("x", 4), ("1", 2)),
        (["anna", "bob", "7"], ("anna", 2), ("7", 4)),
        (["1234567", "abcdefg"], ("abcdefg", 3), ("1234567", 2)),
        (["12345678", "deadbeef", "abc"], ("deadbeef", 3), ("12345678", 2)),
        (["1", "007"], ("007", 3), ("1", 2)),
        (["01", "002"], ("01", 2), ("002", 3)),
    ],
)
def test_ids_of_several_kinds_are_refused_with_one_of_each(
    cells: list[str], one: tuple[str, int], other: tuple[str, int]
) -> None:
    with pytest.raises(InputError) as caught:
        read_ids(cells)
    error = caught.value
    assert (error.values["one"], error.line) == one
    assert (error.values["other"], error.values["other_line"]) == other
    assert error.values["column"] == "voter-id"


@given(st.lists(st.sampled_from(KINDS), max_size=6), st.data())
def test_whether_ids_are_of_one_kind_does_not_hang_on_order_or_batches(
    cells: list[str], data: st.DataObject
) -> None:
    def accepts(*batches: Sequence[str]) -> bool:
        try:
            read_ids(*batches)
        except InputError:
            return False
        return True

    shuffled = data.draw(st.permutations(cells))
    cut = data.draw(st.integers(0, len(cells)))
    assert accepts(shuffled[:cut], shuffled[cut:]) == accepts(cells)


def test_spaces_around_an_id_are_not_part_of_it() -> None:
    assert read_ids([" a", "a ", "\ta"]) == ["a", "a", "a"]


@pytest.mark.parametrize("cell", ["", "  "])
def test_an_empty_id_is_refused(cell: str) -> None:
    with pytest.raises(InputError, match="line 3: The column voter-id is empty here"):
        read_ids(["a", cell, "b", cell])


def test_an_id_can_have_two_hundred_characters() -> None:
    assert read_ids(["x" * 200]) == ["x" * 200]
    with pytest.raises(InputError, match=r"line 2: The id “x+…” in column voter-id is longer"):
        read_ids(["x" * 201])


def test_something_else_can_be_kept_of_an_id() -> None:
    ids = IdCells("voter-id", len)
    assert ids.read(HERE, batch_of("ab", " ab ", "abc"), 0) == [2, 2, 3]


def test_a_key_stands_on_one_line_only() -> None:
    keys = KeyCells("participant")
    assert keys.read(HERE, batch_of("a", "b"), 0) == ["a", "b"]
    assert keys.lines == {"a": 2, "b": 3}
    with pytest.raises(InputError, match="line 5: “a” is in column participant on line 2 too"):
        keys.read(HERE, batch_of("c", " a", first=4), 0)


@pytest.mark.parametrize(
    ("cell", "vote"),
    [("1", 1), ("0", 0), ("-1", -1), ("agree", 1), ("Pass", 0), (" DISAGREE ", -1)],
)
def test_votes_are_numbers_or_words(cell: str, vote: int) -> None:
    assert Cells(parse_vote).read(HERE, batch_of(cell, cell), 0) == [vote, vote]


@pytest.mark.parametrize("cell", ["", "2", "+1", "1.0", "--1", "agreed", "−1", "nan", "yes"])
def test_any_other_vote_is_refused_with_its_line(cell: str) -> None:
    with pytest.raises(InputError) as caught:
        Cells(parse_vote).read(HERE, batch_of("1", cell), 0)
    assert caught.value.line == 3
    assert caught.value.values == {"vote": cell}


@pytest.mark.parametrize(
    ("cells", "times"),
    [
        (["1", "0", "999999999999999999"], [1, 0, 999999999999999999]),
        ([" 12", "-3"], [12, -3]),
        (["1970-01-01", "1970-01-01T00:00:01.5"], [0, 1_500_000]),
        (["1970-01-01T02:00+02:00", "1969-12-31 23:59:59Z"], [0, -1_000_000]),
    ],
)
def test_times_are_whole_numbers_or_iso_8601(cells: list[str], times: list[int]) -> None:
    read = TimeCells().read(HERE, batch_of(*cells), 0)
    assert read.dtype == np.int64
    assert read.tolist() == times


@pytest.mark.parametrize("cell", ["", "1e12", "12.5", "soon", "2024-13-01", "9" * 19, "１２"])
def test_what_is_no_time_is_refused_with_its_line(cell: str) -> None:
    with pytest.raises(InputError, match=r"line 3: The timestamp “.*” is neither"):
        TimeCells().read(HERE, batch_of("1", cell), 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12", "2024-01-01"),
        ("2024-01-01", "12"),
        ("2024-01-01", "2024-01-01T00:00Z"),
        (" 12", "2024-01-01T00:00Z"),
    ],
)
@pytest.mark.parametrize("batches", [1, 2])
def test_times_that_cannot_be_compared_are_refused_with_both_lines(
    first: str, second: str, batches: int
) -> None:
    cells, batch = TimeCells(), batch_of(first, second)
    if batches == 2:
        cells.read(HERE, batch_of(first), 0)
        batch = batch_of(second, first=3)
    with pytest.raises(InputError) as caught:
        cells.read(HERE, batch, 0)
    assert caught.value.line == 3
    assert caught.value.values == {"time": second, "other": first, "other_line": 2}
