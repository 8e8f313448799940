from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ophef.importing.files import MOST_COLUMNS, read_header, read_lines
from spreekruimte.ophef.importing.lines import FileError, Line

TABLE = "Datum;Beller\n1-2-2026;Café\n2-2-2026;b\n"
ROWS = [["Datum", "Beller"], ["1-2-2026", "Café"], ["2-2-2026", "b"]]


def read(content: bytes) -> list[Line]:
    return list(read_lines(io.BytesIO(content), len(content)))


def rows(content: bytes) -> list[object]:
    return [line.cells for line in read(content)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_table_is_read_in_each_encoding(encoding: str) -> None:
    assert rows(TABLE.encode(encoding)) == ROWS


def test_one_line_in_another_encoding_spoils_no_other() -> None:
    content = "a;b\nCafé;1\n".encode() + "Café;2\n".encode("cp1252")
    assert rows(content)[1:] == [["Café", "1"], ["Café", "2"]]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_table_is_read_with_each_separator(separator: str, ending: str) -> None:
    content = TABLE.replace(";", separator).replace("\n", ending).encode()
    assert rows(content) == ROWS


def test_what_excel_writes_above_a_table_is_no_line_of_it() -> None:
    lines = read(f"sep=;\n\n{TABLE}".encode())
    assert [line.cells for line in lines] == ROWS
    assert [line.number for line in lines] == [3, 4, 5]


def test_a_cell_holds_line_breaks_and_lines_are_numbered_as_in_the_file() -> None:
    lines = read(b'a,b\n"one\ntwo",2\n\n,,\nc,d\n')
    assert [(line.number, line.cells) for line in lines] == [
        (1, ["a", "b"]),
        (2, ["one\ntwo", "2"]),
        (6, ["c", "d"]),
    ]


@pytest.mark.parametrize("lines_after", [0, 3, 100])
def test_a_quotation_that_is_never_closed_costs_one_line(lines_after: int) -> None:
    after = "".join(f"{number},x\n" for number in range(lines_after))
    lines = read(f'a,b\n"open,1\n{after}'.encode())
    assert [line.number for line in lines if line.cells is None] == [2]
    assert len(lines) == 2 + lines_after
    assert [line.number for line in lines] == list(range(1, 3 + lines_after))


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n")), min_size=2),
        min_size=1,
    )
)
def test_whatever_is_written_as_csv_is_read_back(table: list[list[str]]) -> None:
    import csv

    written = io.StringIO()
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["a", "b"], *table])
    kept = []
    for row in table:
        trimmed = list(row)
        while trimmed and not trimmed[-1]:
            trimmed.pop()
        kept += [trimmed[:]] if trimmed else []
    if all(len(row) <= MOST_COLUMNS for row in kept):
        assert rows(written.getvalue().encode())[1:] == kept


def problem(content: bytes, size: int | None = None) -> str:
    with pytest.raises(FileError) as caught:
        read_header(iter(list(read_lines(io.BytesIO(content), size or len(content)))))
    return caught.value.problem


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"a\x00b\x01\xff", "not_a_table"),
        (b"a;a\n1;2\n", "no_columns"),
        (b'"a;b\n', "no_columns"),
        (b";" * MOST_COLUMNS + b"a\n", "too_many_columns"),
        (b"a" * 1_100_000, "not_a_table"),
        (b"PK\x03\x04nothing", "not_a_workbook"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, code: str) -> None:
    assert problem(content) == code


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert problem(b"a;b\n", size=10**9) == "too_large"


def workbook(*table: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in table:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_with_its_times_and_numbers() -> None:
    moment = datetime(2026, 2, 1, 14, 5)  # noqa: DTZ001 - as a workbook has it
    content = workbook(["At", "Reach"], [moment, 1200], [None, None], ["x", 2.5])
    lines = read(content)
    assert [(line.number, line.cells) for line in lines] == [
        (1, ["At", "Reach"]),
        (2, [moment, 1200]),
        (4, ["x", 2.5]),
    ]
    assert lines[-1].done == len(content)


def repacked(content: bytes, part: str, text: bytes) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return packed.getvalue()


def test_an_entity_in_a_workbook_is_not_followed() -> None:
    sheet = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;&b;</t></is></c></row></sheetData></worksheet>"""
    assert problem(repacked(workbook(["a"]), "xl/worksheets/sheet1.xml", sheet)) == "not_a_workbook"


def test_a_workbook_that_swells_is_not_opened() -> None:
    swollen = repacked(workbook(["a"]), "xl/worksheets/sheet1.xml", b" " * 5_000_000)
    assert problem(swollen) == "bomb"


def test_a_broken_part_of_a_workbook_is_told() -> None:
    broken = repacked(workbook(["a"]), "xl/worksheets/sheet1.xml", b"<worksheet><row></worksheet>")
    assert problem(broken) == "not_a_workbook"
