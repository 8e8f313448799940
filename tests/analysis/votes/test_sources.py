import shutil
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest
from tests.analysis.votes.reading import describe, list_votes, refuse

from spreekruimte.analysis.votes import read_votes, write_replay

VOTES = "voter-id,comment-id,vote\n0,1,1\n1,1,-1\n"
REMESH = (
    '"Question ID","Participant ID","Thought ID","Vote","Timestamp"\n'
    '"q","p","t","Agree","June 25, 2024 at 3:39 PM (GMT)"\n'
    '"q","r","t","Disagree","June 25, 2024 at 3:39 PM (GMT)"\n'
)


@pytest.mark.parametrize("name", ["VOTES.CSV", "votes.parquet", "x.jsonl.zst", "polis", "remesh"])
def test_each_source_is_recognised(tmp_path: Path, name: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(VOTES)
    path = tmp_path / name
    if name == "VOTES.CSV":
        shutil.copy(table, path)
    elif name == "votes.parquet":
        pyarrow.parquet.write_table(pyarrow.csv.read_csv(table), path)
    elif name == "x.jsonl.zst":
        write_replay(read_votes(table), path, method={}, settings={})
    elif name == "polis":
        path.mkdir()
        shutil.copy(table, path / "votes.csv")
    else:
        path.mkdir()
        (path / "talk_binary.csv").write_text(REMESH)
    if name == "remesh":
        assert list_votes(read_votes(path)) == {("p", "t"): 1, ("r", "t"): -1}
    else:
        assert describe(read_votes(path)) == describe(read_votes(table))


@pytest.mark.parametrize("name", ["participants-votes.csv", "participant-votes.csv"])
def test_a_folder_with_a_matrix_is_a_polis_export(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("participant,group-id,1\n0,,1\n1,,-1\n")
    assert list_votes(read_votes(tmp_path)) == {("0", "1"): 1, ("1", "1"): -1}


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    path = tmp_path / "votes.csv"
    path.write_text(VOTES)
    read_votes(path, progress=lambda *step: told.append(step))
    assert told[-1] == ("votes.csv", len(VOTES), len(VOTES))


def test_a_conversation_without_votes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("voter-id,comment-id,vote\n")
    refusal = refuse(read_votes, path)
    assert refusal.sentence == "There are no votes here."
    assert refusal.file == "votes.csv"


def test_a_conversation_of_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("voter-id,comment-id,vote\na,1,1\na,2,1\n")
    assert "Only one participant voted" in refuse(read_votes, path).sentence


def test_a_conversation_without_judged_statement_is_refused(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text(VOTES)
    (tmp_path / "comments.csv").write_text("comment-id,moderated\n1,-1\n")
    refusal = refuse(read_votes, tmp_path)
    assert refusal.sentence == "Moderation took out every statement, so none can be judged."


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    assert refuse(read_votes, tmp_path / "x.csv").sentence == "There is no such file or folder."


def test_a_path_that_the_system_refuses_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refuse(read_votes, tmp_path / ("x" * 300)).sentence


def test_a_file_of_unknown_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "votes.xlsx"
    path.touch()
    refusal = refuse(read_votes, path)
    for expected in (".csv", ".parquet", ".jsonl.zst"):
        assert expected in refusal.sentence


def test_a_folder_of_unknown_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "comments.csv").touch()
    refusal = refuse(read_votes, tmp_path)
    for expected in ("votes.csv", "participants-votes.csv", "*_binary.csv"):
        assert expected in refusal.sentence


def test_a_folder_of_two_kinds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text(VOTES)
    (tmp_path / "talk_binary.csv").write_text(REMESH)
    assert "one of Remesh; expected is one" in refuse(read_votes, tmp_path).sentence
