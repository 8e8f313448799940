import csv
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.votes.reading import Refusal, describe, list_votes, refuse

from spreekruimte.analysis.votes import Statement, VoteMatrix
from spreekruimte.analysis.votes.matrix import Indices
from spreekruimte.analysis.votes.polis import read_polis

VOTES = """timestamp,datetime,comment-id,voter-id,vote
1500000000003,Mon Jul 17 02:17:32 WIB 2017,0,0,1
1500000000001,Mon Jul 17 02:17:30 PDT 2017,0,1,-1
1500000000002,Mon Jul 17 02:17:31 WIB 2017,0,1,0
1500000000009,Mon Jul 17 02:17:31 WIB 2017,12,0,-1
"""
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1500000000000,Mon,12,4,0,1,1,"Zwölf, said ""she"",
on two lines"
1500000000000,Mon,0,4,1,0,0,Zero
1500000000000,Mon,3,4,1,0,-1,Never voted on
"""
MATRIX = """participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,12
0,secret,1,0,2,1,1,1,-1
1,,,0,1,0,0,0,
7,,0,3,0,0,0,,
"""

Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Writes an export of two voters; None leaves a file out."""

    def write(**files: str | None) -> Path:
        folder = tmp_path / "export"
        folder.mkdir(exist_ok=True)
        contents = {"votes": VOTES, "comments": COMMENTS, "participants_votes": MATRIX, **files}
        for name, content in contents.items():
            path = folder / f"{name.replace('_', '-')}.csv"
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_text(content)
        return folder

    return write


def test_an_export_is_read(export: Export) -> None:
    matrix = read_polis(export())
    assert list_votes(matrix) == {("0", "0"): 1, ("0", "12"): -1, ("1", "0"): 0}
    assert matrix.statements == (
        Statement("0", "Zero", judged=True),
        Statement("3", "Never voted on", judged=False),
        Statement("12", 'Zwölf, said "she",\non two lines', judged=True),
    )
    assert matrix.arrival.tolist() == [1, 0]
    assert matrix.given_groups is not None
    assert matrix.given_groups.tolist() == [1, -1]
    assert matrix.attributes == {}


def test_the_matrix_alone_gives_the_same_votes_and_groups(export: Export) -> None:
    whole, alone = read_polis(export()), read_polis(export(votes=None))
    assert list_votes(alone) == list_votes(whole)
    assert alone.statements == whole.statements
    assert alone.given_groups is not None
    assert alone.given_groups.tolist() == [1, -1]
    assert alone.arrival.tolist() == [0, 1]


def test_the_matrix_can_have_the_name_that_polis_offers_it_under(export: Export) -> None:
    folder = export(votes=None)
    (folder / "participants-votes.csv").rename(folder / "participant-votes.csv")
    assert list_votes(read_polis(folder)) == {("0", "0"): 1, ("0", "12"): -1, ("1", "0"): 0}


def test_the_votes_alone_are_enough(export: Export) -> None:
    matrix = read_polis(export(comments=None, participants_votes=None))
    assert matrix.statements == (Statement("0"), Statement("12"))
    assert matrix.given_groups is None


def test_statements_absent_from_the_comments_are_kept_without_text(export: Export) -> None:
    header, *_ = COMMENTS.splitlines(keepends=True)
    matrix = read_polis(export(comments=f"{header}1,Mon,12,4,0,1,1,Twelve\n"))
    assert matrix.statements == (Statement("0"), Statement("12", "Twelve"))


def test_statements_about_the_participant_are_not_judged(export: Export) -> None:
    comments = "comment-id,is-meta,is-seed,comment-body\n0,true,false,a\n12,False,false,b\n3,,,c\n"
    judged = read_polis(export(comments=comments)).judged
    assert judged.tolist() == [False, True, True]


def test_columns_that_are_not_needed_can_be_absent_or_new(export: Export) -> None:
    matrix = read_polis(
        export(
            votes="voter-id,vote,comment-id,important\n0,1,0,1\n1,0,0,0\n0,-1,12,0\n",
            comments="Comment ID\n0\n12\n",
            participants_votes="participant,n-pass,n-votes,0,12\n0,0,2,1,-1\n1,1,1,0,\n",
        )
    )
    assert list_votes(matrix) == {("0", "0"): 1, ("0", "12"): -1, ("1", "0"): 0}
    assert matrix.given_groups is None


def test_a_matrix_without_statements_has_no_votes(export: Export) -> None:
    matrix = read_polis(export(votes=None, participants_votes="participant,group-id\n0,1\n"))
    assert (matrix.vote_count, matrix.statement_count) == (0, 3)


def without(text: str, line: str) -> str:
    assert line in text
    return text.replace(line, "")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"votes": VOTES.rsplit("\n", 2)[0] + "\n"},
            Refusal(
                "The vote of participant 0 on statement 12 that is counted here is not in "
                "votes.csv: that file was cut off, or the two were not exported together.",
                "participants-votes.csv",
                2,
            ),
        ),
        (
            {"votes": without(VOTES, "1500000000002,Mon Jul 17 02:17:31 WIB 2017,0,1,0\n")},
            Refusal(
                "The vote of participant 1 on statement 0 that is counted here is not in "
                "votes.csv: that file was cut off, or the two were not exported together.",
                "participants-votes.csv",
                3,
            ),
        ),
        (
            {"participants_votes": without(MATRIX, "1,,,0,1,0,0,0,\n")},
            Refusal(
                "Participant 1 of votes.csv is not in this file: it was cut off, or the two "
                "were not exported together.",
                "participants-votes.csv",
                None,
            ),
        ),
    ],
    ids=["last vote", "revised vote", "participant"],
)
def test_files_that_contradict_each_other_are_refused(
    export: Export, files: dict[str, str], expected: Refusal
) -> None:
    assert refuse(read_polis, export(**files)) == expected


def test_a_matrix_that_counts_an_earlier_vote_is_accepted(export: Export) -> None:
    matrix = read_polis(
        export(participants_votes=MATRIX.replace("1,,,0,1,0,0,0,", "1,,,0,1,0,1,-1,"))
    )
    assert list_votes(matrix)["1", "0"] == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "sentence"),
    [
        ("votes", ",0,1,-1\n", ",0,1,-2\n", 3, "The vote “-2” is unknown"),
        ("votes", "1500000000001,", ",", 3, "The timestamp “” is neither"),
        ("votes", "2017,12,0,-1\n", "2017,12,0", 5, "The file was cut off: its last line has 4"),
        ("votes", "2017,12,0,-1\n", "2017,12,0,-", 5, "The vote “-” is unknown"),
        ("comments", ",4,0,1,1,", ",4,0,1,2,", 2, "The value “2” of moderated is unknown"),
        ("comments", "Mon,3,4", "Mon,0,4", 5, "“0” is in column comment-id on line 4 too"),
        ("comments", "Never voted on\n", "Never vo", 5, "The last line has no line break"),
        ("comments", 'lines"\n', "lines\n", 2, "A quote that opens here is never closed"),
        ("participants_votes", "0,secret,1", "0,secret,x", 2, "The group-id “x” is not a whole"),
        ("participants_votes", "1,,,0", "0,,,0", 3, "“0” is in column participant on line 2 too"),
        ("participants_votes", "1,1,-1\n", "1,1,agree\n", 2, "The vote “agree” is unknown"),
        ("participants_votes", "0,,\n", "0,,", 4, "The last line has no line break"),
        ("participants_votes", "1,,,0", "x,,,0", 3, "The column participant mixes kinds"),
        ("participants_votes", ",0,12\n", ",0,a\n", 1, "The column statements mixes kinds"),
        ("participants_votes", ",0,12\n", ",0,\n", 1, "The column statements is empty here"),
        ("participants_votes", ",0,12\n", ",0,0\n", 1, "Two columns have the name “0”"),
        ("participants_votes", "participant,", "person,", 1, "These columns are missing: parti"),
    ],
)
def test_what_is_wrong_in_a_file_is_refused_with_its_line(
    export: Export, name: str, old: str, new: str, line: int, sentence: str
) -> None:
    contents = {"votes": VOTES, "comments": COMMENTS, "participants_votes": MATRIX}
    assert old in contents[name]
    contents[name] = contents[name].replace(old, new, 1)
    refusal = refuse(read_polis, export(**contents))
    assert refusal.sentence.startswith(sentence)
    assert refusal.file == f"{name.replace('_', '-')}.csv"
    assert refusal.line == line


def test_an_unknown_is_meta_is_refused(export: Export) -> None:
    folder = export(comments="comment-id,is-meta\n0,perhaps\n")
    assert "The value “perhaps” of is-meta is unknown" in refuse(read_polis, folder).sentence


def test_a_folder_without_votes_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refuse(read_polis, tmp_path).sentence
    assert "cannot be read" in refuse(read_polis, tmp_path / "none").sentence


CONVERSATIONS = {
    "vtaiwan.uberx": (1921, 197, 49_997, 49_443, 119),
    "15-per-hour-seattle": (339, 54, 2_995, 2_872, 31),
    "brexit-consensus": (204, 50, 5_312, 5_303, 50),
    "football-concussions": (1487, 298, 14_924, 14_328, 161),
    "london.youth.policing": (26, 39, 640, 638, 36),
}


@pytest.fixture(params=CONVERSATIONS)
def conversation(request: pytest.FixtureRequest, shared_data: Path) -> Path:
    return shared_data / "polis" / str(request.param)


def read_records(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def write_records(path: Path, records: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(records)


def test_real_conversations_have_their_numbers(conversation: Path) -> None:
    participants, statements, rows, votes, judged = CONVERSATIONS[conversation.name]
    matrix = read_polis(conversation)
    assert len(read_records(conversation / "votes.csv")) - 1 == rows
    assert matrix.participant_count == participants
    assert matrix.statement_count == statements
    assert matrix.vote_count == votes
    assert int(matrix.judged.sum()) == judged


def test_real_matrices_alone_give_the_same_votes(conversation: Path, tmp_path: Path) -> None:
    whole = read_polis(conversation)
    for name in ("comments.csv", "participants-votes.csv"):
        shutil.copy(conversation / name, tmp_path)
    alone = read_polis(tmp_path)
    assert alone.participant_ids == whole.participant_ids
    assert alone.statements == whole.statements
    assert alone.digest_votes() == whole.digest_votes()
    assert np.array_equal(groups_of(alone), groups_of(whole))
    assert alone.arrival.tolist() == list(range(whole.participant_count))


def groups_of(matrix: VoteMatrix) -> Indices:
    assert matrix.given_groups is not None
    return matrix.given_groups


def test_real_conversations_are_the_same_with_rows_and_columns_shuffled(
    conversation: Path, tmp_path: Path
) -> None:
    shuffle = random.Random(7).shuffle  # noqa: S311 - no secret
    for name in ("votes.csv", "comments.csv", "participants-votes.csv"):
        header, *records = read_records(conversation / name)
        shuffle(records)
        fixed = header.index("n-disagree") + 1 if "n-disagree" in header else 0
        columns = list(range(fixed, len(header)))
        shuffle(columns)
        order = [*range(fixed), *columns]
        write_records(tmp_path / name, [[row[at] for at in order] for row in [header, *records]])
    assert describe(read_polis(tmp_path)) == describe(read_polis(conversation))


@pytest.mark.parametrize("share", [0.2, 0.99])
@pytest.mark.parametrize("name", ["votes.csv", "participants-votes.csv"])
def test_real_conversations_cut_off_anywhere_are_refused(
    conversation: Path, tmp_path: Path, name: str, share: float
) -> None:
    for other in ("votes.csv", "comments.csv", "participants-votes.csv"):
        shutil.copy(conversation / other, tmp_path)
    content = (conversation / name).read_bytes()
    cut = int(len(content) * share)
    line_end = content.index(b"\n", cut) + 1
    for end in (cut, line_end - 1, line_end):
        if end < len(content) - 1:
            (tmp_path / name).write_bytes(content[:end])
            refuse(read_polis, tmp_path)


def test_real_statements_cut_off_within_a_line_are_refused(
    conversation: Path, tmp_path: Path
) -> None:
    for other in ("votes.csv", "comments.csv", "participants-votes.csv"):
        shutil.copy(conversation / other, tmp_path)
    content = (conversation / "comments.csv").read_bytes()
    random_place = random.Random(7).randrange  # noqa: S311 - no secret
    for end in {random_place(1, len(content)) for _ in range(40)}:
        if content[end - 1 : end] not in b'\n"':
            (tmp_path / "comments.csv").write_bytes(content[:end])
            refuse(read_polis, tmp_path)
