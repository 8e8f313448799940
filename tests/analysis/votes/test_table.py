import csv
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.votes.reading import describe, list_votes, refuse

from spreekruimte.analysis.votes import lines, parquet
from spreekruimte.analysis.votes.table import read_table

Records = Sequence[tuple[str, ...]]
Write = Callable[[Path, Records], Path]


def write_csv(folder: Path, records: Records) -> Path:
    path = folder / "votes.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(records)
    return path


def write_parquet(folder: Path, records: Records) -> Path:
    path = folder / "votes.parquet"
    columns = [list(column) for column in zip(*records[1:], strict=True)]
    table = pa.Table.from_arrays([pa.array(column) for column in columns], names=list(records[0]))
    pq.write_table(table, path, row_group_size=4)
    return path


@pytest.fixture(params=[write_csv, write_parquet], ids=["csv", "parquet"])
def write(request: pytest.FixtureRequest) -> Write:
    chosen: Write = request.param
    return chosen


def first_line(write: Write) -> int:
    """The number of the first record: Parquet has no line with names."""
    return 2 if write is write_csv else 1


def test_votes_are_read(write: Write, tmp_path: Path) -> None:
    records = [
        ("comment-id", "vote", "voter-id"),
        ("10", "agree", "b"),
        ("9", "0", "b"),
        ("10", "-1", "a"),
        ("10", "Disagree", " a "),
    ]
    matrix = read_table(write(tmp_path, records))
    assert matrix.participant_ids == ("a", "b")
    assert [statement.id for statement in matrix.statements] == ["9", "10"]
    assert list_votes(matrix) == {("b", "10"): 1, ("b", "9"): 0, ("a", "10"): -1}
    assert matrix.arrival.tolist() == [0, 1]
    assert matrix.given_groups is None
    assert matrix.attributes == {}


def test_the_latest_timestamp_counts(write: Write, tmp_path: Path) -> None:
    records = [
        ("voter-id", "comment-id", "vote", "Timestamp"),
        ("a", "1", "1", "2024-06-01T12:00:00+02:00"),
        ("a", "1", "-1", "2024-06-01T11:00:00+00:00"),
        ("b", "1", "1", "2024-06-01T00:00:00Z"),
    ]
    matrix = read_table(write(tmp_path, records))
    assert list_votes(matrix) == {("a", "1"): -1, ("b", "1"): 1}
    assert matrix.arrival.tolist() == [1, 0]


def test_further_columns_are_answers_of_the_voter(write: Write, tmp_path: Path) -> None:
    records = [
        ("voter-id", "comment-id", "vote", "Age", "datetime", "important"),
        ("a", "1", "1", "", "Mon", "1"),
        ("a", "2", "1", " 18-29", "Tue", "0"),
        ("a", "3", "1", "18-29 ", "Wed", "0"),
        ("b", "1", "1", "", "Thu", "1"),
    ]
    assert read_table(write(tmp_path, records)).attributes == {"Age": ("18-29", None)}


@pytest.mark.parametrize("between", [0, 100])
def test_two_answers_of_one_voter_are_refused_with_both_lines(
    write: Write, tmp_path: Path, between: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_CELLS_PER_BATCH", 1)
    monkeypatch.setattr(parquet, "_ROWS_PER_BATCH", 16)
    records = [
        ("voter-id", "comment-id", "vote", "age"),
        ("a", "1", "1", ""),
        ("a", "2", "1", "old"),
        *[("b", str(number), "1", "old") for number in range(between)],
        ("a", "3", "1", "young"),
    ]
    refusal = refuse(read_table, write(tmp_path, records))
    first = first_line(write)
    assert refusal.line == first + 2 + between
    assert refusal.sentence == (
        f"Voter a has “young” as age here and “old” on line {first + 1}; "
        "expected is one answer per voter."
    )


@pytest.mark.parametrize("between", [0, 100])
def test_two_votes_without_timestamps_are_refused_with_both_lines(
    write: Write, tmp_path: Path, between: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_CELLS_PER_BATCH", 1)
    monkeypatch.setattr(parquet, "_ROWS_PER_BATCH", 16)
    records = [
        ("voter-id", "comment-id", "vote"),
        ("a", "1", "1"),
        *[("b", str(number), "1") for number in range(between)],
        ("a", "1", "pass"),
    ]
    refusal = refuse(read_table, write(tmp_path, records))
    first = first_line(write)
    assert refusal.line == first + 1 + between
    assert f"another vote here than on line {first}, and without timestamps" in refusal.sentence


def test_two_votes_with_one_timestamp_are_a_pass(write: Write, tmp_path: Path) -> None:
    records = [("voter-id", "comment-id", "vote", "timestamp"), ("a", "1", "1", "5")]
    records.append(("a", "1", "-1", "5"))
    assert list_votes(read_table(write(tmp_path, records))) == {("a", "1"): 0}


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        (0, "", "The column voter-id is empty here."),
        (1, " ", "The column comment-id is empty here."),
        (2, "2", "The vote “2” is unknown;"),
        (3, "", "The timestamp “” is neither"),
        (0, "7", "The column voter-id mixes kinds of ids, as in “a” and “7”"),
        (1, "x", "The column comment-id mixes kinds of ids, as in “x” and “1”"),
    ],
)
def test_a_cell_that_is_wrong_is_refused_with_its_line(
    write: Write, tmp_path: Path, column: int, cell: str, sentence: str
) -> None:
    wrong = ["c", "2", "1", "6"]
    wrong[column] = cell
    records = [
        ("voter-id", "comment-id", "vote", "timestamp"),
        ("a", "1", "1", "5"),
        (wrong[0], wrong[1], wrong[2], wrong[3]),
    ]
    refusal = refuse(read_table, write(tmp_path, records))
    assert refusal.sentence.startswith(sentence)
    named = 0 if "as in “a”" in sentence else 1
    assert refusal.line == first_line(write) + named


def test_missing_columns_are_named(write: Write, tmp_path: Path) -> None:
    refusal = refuse(read_table, write(tmp_path, [("voter-id", "Vote"), ("a", "1")]))
    assert refusal.sentence == (
        "These columns are missing: comment-id; the columns here are voter-id, Vote."
    )


def test_a_name_that_two_columns_have_is_refused(write: Write, tmp_path: Path) -> None:
    records = [("voter-id", "comment-id", "vote", "Vote"), ("a", "1", "1", "1")]
    refusal = refuse(read_table, write(tmp_path, records))
    assert refusal.sentence == "Two columns have the name “Vote”."
    assert refusal.line == (1 if write is write_csv else None)


def test_a_column_without_name_is_refused(write: Write, tmp_path: Path) -> None:
    records = [("voter-id", "comment-id", "vote", " "), ("a", "1", "1", "1")]
    assert refuse(read_table, write(tmp_path, records)).sentence == "A column has no name."


def test_a_last_vote_without_line_break_is_whole_and_a_last_id_may_not_be(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("voter-id,comment-id,vote\na,1,1\nb,1,-1")
    assert list_votes(read_table(path)) == {("a", "1"): 1, ("b", "1"): -1}
    path.write_text("vote,comment-id,voter-id\n1,1,10\n1,1,1")
    assert "probably cut off" in refuse(read_table, path).sentence


cells = st.tuples(
    st.sampled_from(["a", "b", "c", "dé"]),
    st.sampled_from(["1", "2", "30"]),
    st.sampled_from(["1", "0", "-1", "agree", "Pass", "disagree"]),
    st.integers(0, 4).map(str),
)


@settings(max_examples=60)
@given(st.lists(cells, min_size=1, max_size=40), st.data())
def test_order_of_rows_and_kind_of_file_do_not_change_the_matrix(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str, str]],
    data: st.DataObject,
) -> None:
    ages = {"a": "old", "b": "", "c": "young", "dé": "old"}
    header = ("voter-id", "comment-id", "vote", "timestamp", "age")
    records = [header, *((*row, ages[row[0]]) for row in rows)]
    shuffled = [header, *data.draw(st.permutations(records[1:]))]
    folder = tmp_path_factory.mktemp("table")
    expected = describe(read_table(write_csv(folder, records)))
    assert describe(read_table(write_csv(folder, shuffled))) == expected
    assert describe(read_table(write_parquet(folder, shuffled))) == expected


@pytest.mark.parametrize("cells_per_batch", [1, 1000, 10**6])
def test_size_of_batches_does_not_change_the_matrix(
    tmp_path: Path, cells_per_batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [("voter-id", "comment-id", "vote", "timestamp", "age")]
    for number in range(2000):
        voter = number * 7919 % 97
        records.append(
            (str(voter), str(number % 31), str(number % 3 - 1), str(number), str(voter % 5))
        )
    expected = describe(read_table(write_csv(tmp_path, records)))
    monkeypatch.setattr(lines, "_CELLS_PER_BATCH", cells_per_batch)
    monkeypatch.setattr(lines, "_FEWEST_PER_BATCH", 1)
    monkeypatch.setattr(parquet, "_ROWS_PER_BATCH", cells_per_batch)
    assert describe(read_table(write_csv(tmp_path, records))) == expected
    assert describe(read_table(write_parquet(tmp_path, records))) == expected


def write_typed(path: Path, **columns: pa.Array) -> Path:
    names = {"voter": "voter-id", "comment": "comment-id"}
    table = pa.table({names.get(name, name): column for name, column in columns.items()})
    pq.write_table(table, path)
    return path


def test_parquet_of_numbers_dates_and_categories_is_read(tmp_path: Path) -> None:
    moments = [datetime(2024, 1, day, tzinfo=UTC) for day in (3, 2, 1)]
    path = write_typed(
        tmp_path / "votes.parquet",
        voter=pa.array([7, 7, 8], pa.uint64()),
        comment=pa.array([1, 1, 1], pa.int8()),
        vote=pa.array([1.0, -1.0, 0.0]),
        timestamp=pa.array(moments, pa.timestamp("us", "UTC")),
        born=pa.array([moments[0].date(), None, moments[0].date()], pa.date32()),
        city=pa.array(["Delft", "Delft", None]).dictionary_encode(),
        member=pa.array([True, True, False]),
    )
    matrix = read_table(path)
    assert list_votes(matrix) == {("7", "1"): 1, ("8", "1"): 0}
    assert matrix.arrival.tolist() == [1, 0]
    assert matrix.attributes == {
        "born": ("19725", "19725"),
        "city": ("Delft", None),
        "member": ("true", "false"),
    }


def test_parquet_of_lists_is_refused(tmp_path: Path) -> None:
    path = write_typed(
        tmp_path / "votes.parquet",
        voter=pa.array([[1]]),
        comment=pa.array([1]),
        vote=pa.array([1]),
    )
    assert "The column voter-id holds values of type list" in refuse(read_table, path).sentence


def test_parquet_of_bytes_that_are_no_text_is_refused(tmp_path: Path) -> None:
    path = write_typed(
        tmp_path / "votes.parquet",
        voter=pa.array([b"\xff"]),
        comment=pa.array([1]),
        vote=pa.array([1]),
    )
    assert "The column voter-id holds values of type binary" in refuse(read_table, path).sentence


def test_parquet_without_rows_has_no_votes(tmp_path: Path) -> None:
    nothing = pa.array([], pa.string())
    path = write_typed(tmp_path / "votes.parquet", voter=nothing, comment=nothing, vote=nothing)
    assert read_table(path).vote_count == 0


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_parquet_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    path = write_parquet(
        tmp_path,
        [("voter-id", "comment-id", "vote"), *((f"v{n}", str(n), "1") for n in range(500))],
    )
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "not a whole Parquet file" in refuse(read_table, path).sentence


def test_parquet_damaged_inside_is_refused(tmp_path: Path) -> None:
    path = write_parquet(
        tmp_path,
        [("voter-id", "comment-id", "vote"), *((f"v{n}", str(n), "1") for n in range(500))],
    )
    whole = bytearray(path.read_bytes())
    whole[4:400] = b"\xff" * 396
    path.write_bytes(whole)
    assert "not a whole Parquet file" in refuse(read_table, path).sentence


def test_another_file_called_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "votes.PARQUET"
    path.write_text("voter-id,comment-id,vote\n")
    assert "not a whole Parquet file" in refuse(read_table, path).sentence
    assert "cannot be read" in refuse(read_table, tmp_path / "none.parquet").sentence


def test_progress_of_parquet_is_told_in_rows(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    path = write_parquet(tmp_path, [("voter-id", "comment-id", "vote"), ("a", "1", "1")])
    read_table(path, progress=lambda *step: told.append(step))
    assert told == [("votes.parquet", 1, 1)]
