from pathlib import Path

import pytest
from tests.analysis.votes.reading import refuse

from spreekruimte.analysis.votes import Statement
from spreekruimte.analysis.votes.lines import open_csv
from spreekruimte.analysis.votes.statements import add_unlisted, read_statements


def read(path: Path) -> list[Statement]:
    with open_csv(path) as table:
        return read_statements(
            table,
            identifier="id",
            text="text",
            judged={"kept": {"yes": True, "no": False}.__getitem__, "own": str.isdigit},
        )


def test_statements_have_ids_texts_and_are_judged_where_all_say_so(tmp_path: Path) -> None:
    path = tmp_path / "statements.csv"
    path.write_text('own,id,kept,text\n1,b,yes,"two\nlines"\n1,a,no,\nx,c,yes,t\n')
    assert read(path) == [
        Statement("b", "two\nlines", judged=True),
        Statement("a", "", judged=False),
        Statement("c", "t", judged=False),
    ]


def test_all_but_the_ids_can_be_absent(tmp_path: Path) -> None:
    path = tmp_path / "statements.csv"
    path.write_text("id\n2\n")
    assert read(path) == [Statement("2", "", judged=True)]


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        ("text\nx\n", 1, "These columns are missing: id"),
        ("id,text\n1,x\n1,y\n", 3, "“1” is in column id on line 2 too"),
        ("id,text\n1,x\nb,y\n", 3, "The column id mixes kinds of ids"),
        ("id,text\n1,x\n2,half a sent", 3, "The last line has no line break"),
    ],
)
def test_what_is_no_list_of_statements_is_refused(
    tmp_path: Path, content: str, line: int, sentence: str
) -> None:
    path = tmp_path / "statements.csv"
    path.write_text(content)
    refusal = refuse(read, path)
    assert refusal.sentence.startswith(sentence)
    assert refusal.line == line


def test_unlisted_statements_are_added_without_text() -> None:
    listed = [Statement("1", "one", judged=False)]
    assert add_unlisted(listed, ["1", "2"]) == [*listed, Statement("2")]
