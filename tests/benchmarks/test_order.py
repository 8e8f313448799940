from pathlib import Path

import numpy as np
import pytest
from benchmarks.order import (
    Table,
    digest_replayed,
    digest_rewritten,
    digest_verdict,
    read_log,
    read_table,
    shuffle_columns,
    shuffle_rows,
    write_table,
)

from spreekruimte.analysis.votes import read_votes

VOTES = "voter-id,comment-id,vote,timestamp\n" + "".join(
    f"{voter},{statement},{(voter * statement) % 3 - 1},{voter + statement}\n"
    for voter in range(1, 31)
    for statement in range(8)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "votes.csv").write_text(VOTES)
    return tmp_path


def test_rows_are_shuffled_and_kept() -> None:
    table = Table([], ["a", "b"], [[str(row), "x"] for row in range(20)])
    shuffled = shuffle_rows("votes.csv", table, np.random.default_rng(1))
    assert shuffled.rows != table.rows
    assert sorted(shuffled.rows) == sorted(table.rows)
    assert shuffle_rows("comments.csv", table, np.random.default_rng(1)) == table


def test_columns_keep_their_cells() -> None:
    header = [str(column) for column in range(12)]
    shuffled = shuffle_columns("votes.csv", Table([], header, [header]), np.random.default_rng(1))
    assert shuffled.header != header
    assert shuffled.rows == [shuffled.header]


@pytest.mark.parametrize(
    ("name", "fixed"), [("participants-votes.csv", 2), ("x_participants.csv", 12)]
)
def test_columns_about_participants_stay(name: str, fixed: int) -> None:
    header = ["participant", "group-id", *map(str, range(10))]
    shuffled = shuffle_columns(name, Table([], header, [header]), np.random.default_rng(1))
    assert shuffled.header[:fixed] == header[:fixed]
    assert sorted(shuffled.header) == sorted(header)


def test_lists_of_statements_change_their_rows() -> None:
    table = Table([], ["a"], [[str(row)] for row in range(20)])
    assert shuffle_columns("comments.csv", table, np.random.default_rng(1)).rows != table.rows


def test_a_preamble_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "x_binary.csv"
    path.write_text('"Name","X"\n\n"Participant ID","Vote"\n"1","Agree, or so"\n')
    table = read_table(path)
    assert table == Table([["Name", "X"], []], ["Participant ID", "Vote"], [["1", "Agree, or so"]])
    write_table(table, path)
    assert read_table(path) == table


def test_digests_do_not_depend_on_the_order_of_votes(folder: Path) -> None:
    matrix = read_votes(folder)
    own = digest_verdict(matrix)
    assert set(digest_rewritten(folder, shuffle_rows, 2, 1)) == {own}
    assert set(digest_rewritten(folder, shuffle_columns, 2, 1)) == {own}
    assert digest_replayed(read_log(folder, matrix), matrix, 15) == own


def test_without_a_log_participants_come_in_one_by_one(folder: Path, tmp_path: Path) -> None:
    matrix = read_votes(folder)
    (folder / "votes.csv").rename(tmp_path / "elsewhere.csv")
    log = read_log(folder, matrix)
    assert log.times == sorted(log.times)
    assert digest_replayed(log, matrix, 15) == digest_verdict(matrix)


def test_another_vote_is_another_digest(folder: Path) -> None:
    own = digest_verdict(read_votes(folder))
    (folder / "votes.csv").write_text(VOTES.replace("1,0,-1,1\n", "1,0,1,1\n", 1))
    assert digest_verdict(read_votes(folder)) != own
