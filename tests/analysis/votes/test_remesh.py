import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.analysis.votes.reading import describe, list_votes, refuse

from spreekruimte.analysis.votes import Statement
from spreekruimte.analysis.votes.remesh import read_remesh

BINARY = """"Name","A talk"
"Participant Count","9"
"",""
"Question ID","Participant ID","Thought ID","Vote","Timestamp"
"q","p-one","t-one","Agree","June 25, 2024 at 12:05 PM (GMT)"
"q","p-two","t-one","disagree","June 25, 2024 at 11:59 AM (GMT)"
"q","p-one","t-one","Disagree","June 25, 2024 at 12:59 AM (GMT)"
"q","p-one","t-two","Agree","June 26, 2024 at 1:00 AM (GMT)"
"""
VERBATIM = '''\ufeff"Name","A talk"
"",""
"Question ID","Question Text","Participant ID","Thought ID","Thought Text"
"q","What?","p-one","t-one","First,
""quoted"""
"q","What?","p-two","t-none","Never voted on"
'''
PARTICIPANTS = """\ufeff"Name","A talk"
"Participants","3"

""
"","","Participant Id","Sample Provider Id","Your age?","What?","Sentiment","All (%agree)",\
"Why?","Sentiment","Categories","City? ","Never asked","Muted"
"","","p-two","secret","60+","words","Neutral","49%","w","Positive","--","Delft","--","False"
"","","p-one","secret","--","words","Neutral","49%","--","--","--"," ","--","False"
"","","p-mute","secret","18-29","--","--","--","--","--","--","Gouda","--","True"
"""

Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Writes an export of two voters and three participants; None leaves a file out."""

    def write(**files: str | None) -> Path:
        folder = tmp_path / "export"
        folder.mkdir(exist_ok=True)
        contents = {"binary": BINARY, "verbatim_map": VERBATIM, "participants": PARTICIPANTS}
        for name, content in {**contents, **files}.items():
            path = folder / f"talk_{name}.csv"
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_text(content)
        return folder

    return write


def test_an_export_is_read(export: Export) -> None:
    matrix = read_remesh(export())
    assert list_votes(matrix) == {
        ("p-one", "t-one"): 1,
        ("p-one", "t-two"): 1,
        ("p-two", "t-one"): -1,
    }
    assert matrix.statements == (
        Statement("t-none", "Never voted on"),
        Statement("t-one", 'First,\n"quoted"'),
        Statement("t-two"),
    )
    assert matrix.arrival.tolist() == [0, 1]
    assert matrix.attributes == {"City?": (None, "Delft"), "Your age?": (None, "60+")}
    assert matrix.given_groups is None


def test_nothing_that_the_panel_provider_knows_a_person_by_is_kept(export: Export) -> None:
    assert "secret" not in repr(describe(read_remesh(export())))


def test_the_votes_alone_are_enough(export: Export) -> None:
    matrix = read_remesh(export(verbatim_map=None, participants=None))
    assert matrix.statements == (Statement("t-one"), Statement("t-two"))
    assert matrix.attributes == {}


def test_a_preamble_need_not_tell_the_number_of_participants(export: Export) -> None:
    folder = export(participants=PARTICIPANTS.replace('"Participants","3"', '"Participants","?"'))
    assert set(read_remesh(folder).attributes) == {"City?", "Your age?"}


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "sentence"),
    [
        ("binary", '"Agree"', '"Neutral"', 5, "The vote “Neutral” is unknown; expected is Agree"),
        ("binary", "June 26", "Juni 26", 8, "The time “Juni 26, 2024 at 1:00 AM (GMT)” cannot"),
        ("binary", "June 26", "June 31", 8, "The time “June 31, 2024 at 1:00 AM (GMT)” cannot"),
        ("binary", "June 26, ", "26/6/", 8, "The time “26/6/2024 at 1:00 AM (GMT)” cannot"),
        ("binary", "1:00 AM (GMT)", "1:00 AM (EST)", 8, "The time is in the zone EST here"),
        ("binary", '"t-two"', '""', 8, "The column Thought ID is empty here"),
        ("binary", '"p-two"', '"12"', 5, "The column Participant ID mixes kinds"),
        ("binary", '"t-two"', '"12"', 5, "The column Thought ID mixes kinds"),
        ("binary", '"Vote"', '"Choice"', 4, "These columns are missing: vote"),
        ("binary", '"Thought ID"', '"Idea"', None, "No line at the beginning names a column “tho"),
        ("verbatim_map", '"t-none"', '"t-one"', 6, "“t-one” is in column thought-id on line 4"),
        ("verbatim_map", 'on"\n', "on", 6, "A quote that opens here is never closed"),
        ("participants", '"p-mute"', '"p-one"', 8, "“p-one” is in column Participant Id on lin"),
        ("participants", '"Participants","3"', '"Participants","4"', None, "There are 3 partici"),
        ("participants", '"City? "', '"Your age?"', 5, "Two columns have the name “Your age?”"),
        ("participants", ',"False"\n"","","p-m', '\n"","","p-m', 7, "There are 13 fields here"),
    ],
)
def test_what_is_wrong_in_a_file_is_refused_with_its_line(
    export: Export, name: str, old: str, new: str, line: int | None, sentence: str
) -> None:
    contents = {"binary": BINARY, "verbatim_map": VERBATIM, "participants": PARTICIPANTS}
    assert old in contents[name]
    contents[name] = contents[name].replace(old, new, 1)
    refusal = refuse(read_remesh, export(**contents))
    assert refusal.sentence.startswith(sentence)
    assert refusal.file == f"talk_{name}.csv"
    assert refusal.line == line


def test_a_participant_can_be_absent_from_the_list(export: Export) -> None:
    lines = PARTICIPANTS.replace('"Participants","3"', '"Participants","2"').splitlines()
    kept = [line for line in lines if "p-two" not in line]
    matrix = read_remesh(export(participants="\n".join(kept)))
    assert matrix.attributes == {}
    assert matrix.participant_count == 2


def test_a_folder_with_several_dialogues_is_refused(export: Export) -> None:
    folder = export()
    shutil.copy(folder / "talk_binary.csv", folder / "other_binary.csv")
    assert "several files *_binary.csv" in refuse(read_remesh, folder).sentence


def test_a_folder_without_votes_is_refused(export: Export) -> None:
    assert "no file *_binary.csv" in refuse(read_remesh, export(binary=None)).sentence


@pytest.fixture
def dialogue(shared_data: Path) -> Path:
    return shared_data / "remesh" / "right-to-assemble"


def test_the_real_dialogue_has_its_numbers(dialogue: Path) -> None:
    matrix = read_remesh(dialogue)
    assert matrix.participant_count == 307
    assert matrix.statement_count == 1527
    assert matrix.vote_count == 7551
    assert set(matrix.values.tolist()) == {1, -1}
    assert all(statement.text for statement in matrix.statements)
    views = matrix.attributes["What is your political viewpoints?"]
    assert set(views) == {
        "Very liberal",
        "Slightly liberal",
        "Moderate",
        "Slightly conservative",
        "Very conservative",
    }
    assert set(matrix.attributes["Have you attended or participated in a protest?"]) <= {
        "Yes",
        "No",
        None,
    }
    longest = max(len(answer or "") for given in matrix.attributes.values() for answer in given)
    assert longest < 60, "an open answer"


def test_the_real_dialogue_is_the_same_with_its_votes_shuffled(
    dialogue: Path, tmp_path: Path
) -> None:
    for path in dialogue.iterdir():
        shutil.copy(path, tmp_path)
    (votes,) = tmp_path.glob("*_binary.csv")
    lines = votes.read_text().splitlines(keepends=True)
    preamble, records = lines[:9], lines[9:]
    random.Random(7).shuffle(records)  # noqa: S311 - no secret
    votes.write_text("".join([*preamble, *records]))
    assert describe(read_remesh(tmp_path)) == describe(read_remesh(dialogue))
