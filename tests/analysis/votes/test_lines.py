import csv
import io
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.votes.reading import Refusal, refuse

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes import lines
from spreekruimte.analysis.votes.lines import (
    ByteSource,
    list_names,
    open_csv,
    quote,
    read_blocks,
)

HERE = Path("here.csv")
MEBIBYTE = 2**20


def read_all(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    with open_csv(path) as table:
        return [
            record
            for batch in table.batches()
            for record in zip(batch.lines, zip(*batch.columns, strict=True), strict=True)
        ]


def refuse_text(tmp_path: Path, content: str | bytes) -> Refusal:
    path = tmp_path / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return refuse(read_all, path)


def blocks_of(content: bytes, chunk: int, longest: int = MEBIBYTE) -> list[str]:
    stream = io.BytesIO(content)
    return list(read_blocks(lambda size: stream.read(min(size, chunk)), HERE, longest_line=longest))


@given(st.text(alphabet="ab,é\n\r😀\u2028", max_size=80), st.integers(1, 9))
def test_blocks_are_the_text_in_whole_lines_however_it_is_read(text: str, chunk: int) -> None:
    blocks = blocks_of(text.encode(), chunk)
    assert "".join(blocks) == text
    assert all(block.endswith("\n") for block in blocks[:-1])


@given(st.lists(st.integers(0, 12), max_size=8), st.booleans(), st.integers(1, 5))
def test_the_longest_line_is_the_same_however_it_is_read(
    lengths: list[int], ended: bool, chunk: int
) -> None:
    text = "\n".join("x" * length for length in lengths) + ("\n" if ended else "")
    limit = 6
    last_can_be_full = not ended and max([*lengths[:-1], 0]) < limit
    if max([*lengths, 0]) < limit or (last_can_be_full and lengths and lengths[-1] == limit):
        assert "".join(blocks_of(text.encode(), chunk, limit)) == text
    else:
        with pytest.raises(InputError) as caught:
            blocks_of(text.encode(), chunk, limit)
        assert caught.value.line == 1 + next(
            place for place, length in enumerate(lengths) if length >= limit
        )


def test_a_byte_order_mark_is_no_text() -> None:
    assert blocks_of(b"\xef\xbb\xbfa\n", 100) == ["a\n"]
    assert blocks_of(b"\xef\xbb\xbf", 100) == []


@pytest.mark.parametrize("chunk", [3, 100])
def test_a_nul_byte_is_refused_with_its_line(chunk: int) -> None:
    with pytest.raises(InputError, match=r"here.csv, line 3: This line holds a NUL byte") as caught:
        blocks_of(b"one\ntwo\nthr\0ee\n", chunk)
    assert caught.value.line == 3


@pytest.mark.parametrize("chunk", [3, 100])
def test_another_encoding_is_refused_with_its_line(chunk: int) -> None:
    with pytest.raises(InputError, match="UTF-8") as caught:
        blocks_of("één\ntwee\ndrieën\n".encode("latin-1").replace(b"\xe9", b"e"), chunk)
    assert caught.value.line == 3


def test_half_a_character_at_the_end_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        blocks_of("a\né".encode()[:-1], 100)


def test_records_know_their_lines_past_empty_lines_and_quoted_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b'\xef\xbb\xbf\r\na, b\r\n1,"x\r\ny"\r\n\r\n2,"q""q,"\n\n3,\xc3\xa9\n\n')
    assert read_all(path) == [(3, ("1", "x\r\ny")), (6, ("2", 'q"q,')), (8, ("3", "é"))]
    with open_csv(path) as table:
        assert table.header == ("a", "b")
        assert table.header_line == 2


@given(st.lists(st.tuples(*[st.text(max_size=9).filter(lambda t: "\0" not in t)] * 3)))
def test_what_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([("a", "b", "c"), *records])
    assert [record for _, record in read_all(path)] == records


def test_many_records_come_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_CELLS_PER_BATCH", 1)
    path = tmp_path / "table.csv"
    path.write_text("a,b\n" + "".join(f"{number},x\n" for number in range(200)))
    with open_csv(path) as table:
        assert [len(batch.lines) for batch in table.batches()] == [64, 64, 64, 8]
    assert [line for line, _ in read_all(path)] == list(range(2, 202))


def test_large_fields_make_small_batches(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n" + f"{'x' * 100_000},y\n" * 100)
    with open_csv(path) as table:
        sizes = [len(batch.lines) for batch in table.batches()]
    assert sum(sizes) == 100
    assert max(sizes) * 100_000 < 6 * MEBIBYTE


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    assert refuse_text(tmp_path, content).sentence == "This file is empty."


@pytest.mark.parametrize(("row", "found"), [("1", 1), ("1,2,3", 3)])
def test_too_few_and_too_many_fields_are_refused(tmp_path: Path, row: str, found: int) -> None:
    refusal = refuse_text(tmp_path, f'a,b\n"1\n",2\n{row}\n3,4\n')
    assert refusal.line == 4
    assert refusal.sentence == f"There are {found} fields here and 2 columns in the header."


def test_a_last_line_with_too_few_fields_is_a_file_cut_off(tmp_path: Path) -> None:
    refusal = refuse_text(tmp_path, "a,b\n1,2\n3")
    assert refusal.line == 3
    assert refusal.sentence.startswith("The file was cut off: its last line has 1 fields")


def test_a_quote_never_closed_is_a_file_cut_off(tmp_path: Path) -> None:
    refusal = refuse_text(tmp_path, 'a,b\n1,"x\ny"\n2,"open\nmore\nmore\n')
    assert refusal.line == 4
    assert "never closed, so the file was cut off" in refusal.sentence


def test_a_quote_never_closed_in_the_header_is_refused(tmp_path: Path) -> None:
    refusal = refuse_text(tmp_path, '\na,"b\n1,2\n')
    assert refusal.line == 2
    assert "never closed" in refusal.sentence


def test_text_behind_a_closing_quote_is_refused(tmp_path: Path) -> None:
    refusal = refuse_text(tmp_path, 'a,b\n1,2\n3,"x"y\n')
    assert refusal.line == 3
    assert "followed by something else" in refusal.sentence


def test_a_field_that_swallows_the_rest_of_the_file_is_refused(tmp_path: Path) -> None:
    refusal = refuse_text(tmp_path, 'a,b\n1,2\n3,"' + "text\n" * 40_000)
    assert refusal.line == 3
    assert "longer than 131072 characters" in refusal.sentence


def test_a_lone_carriage_return_is_refused(tmp_path: Path) -> None:
    refusal = refuse_text(tmp_path, "a,b\r1,2\r")
    assert refusal.line == 1
    assert "not valid CSV" in refusal.sentence


@pytest.mark.parametrize("header", ["a,b,a", "vote,comment_id,Comment-ID", " x,x "])
def test_a_name_that_two_columns_have_is_refused(tmp_path: Path, header: str) -> None:
    refusal = refuse_text(tmp_path, f"\n{header}\n")
    assert refusal.line == 2
    assert "Two columns have the name" in refusal.sentence


def test_nameless_columns_can_be_several(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,,\n1,2,3\n")
    assert read_all(path) == [(2, ("1", "2", "3"))]


def test_columns_are_found_however_they_are_spelled(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(" Voter_ID,comment id,VOTE\n")
    with open_csv(path) as table:
        assert table.require("vote", "voter-id", "comment-id") == (2, 0, 1)
        assert table.find("timestamp") is None


def test_missing_columns_are_named(tmp_path: Path) -> None:
    def require(path: Path) -> None:
        with open_csv(path) as table:
            table.require("vote", "voter-id", "comment-id")

    path = tmp_path / "table.csv"
    path.write_text("voter-id;comment-id;vote\n")
    refusal = refuse(require, path)
    assert refusal.line == 1
    assert "These columns are missing: vote, voter-id, comment-id;" in refusal.sentence
    assert "voter-id;comment-id;vote" in refusal.sentence


def read_after_preamble(path: Path) -> tuple[list[list[str]], tuple[str, ...]]:
    with open_csv(path, marker="vote-id") as table:
        return table.preamble, table.header


def test_a_marker_finds_the_header_behind_a_preamble(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('"Name","x"\n\n"",""\nVote ID,b\n1,2\n')
    assert read_after_preamble(path) == ([["Name", "x"], [], ["", ""]], ("Vote ID", "b"))


def test_a_preamble_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    for content in ("a,b\n", "a,b\n" * 500):
        path.write_text(content)
        assert "names a column “vote-id”" in refuse(read_after_preamble, path).sentence
    path.write_text("")
    assert refuse(read_after_preamble, path).sentence == "This file is empty."


@pytest.mark.parametrize(
    ("content", "last_fields"),
    [
        ("a,b\n1,2\n", ()),
        ("a,b\n1,2", ("2",)),
        ('a,b\n1,"2"', ()),
        ("a,b\n1,2\r", ()),
        ("a,b\n", ()),
    ],
)
def test_a_file_that_ends_properly_is_accepted(
    tmp_path: Path, content: str, last_fields: tuple[str, ...]
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content.encode())
    with open_csv(path) as table:
        for _ in table.batches():
            pass
        table.require_end(last_fields)


def test_a_last_line_that_can_have_lost_its_end_is_refused(tmp_path: Path) -> None:
    def read(path: Path) -> None:
        with open_csv(path) as table:
            for _ in table.batches():
                pass
            table.require_end(("3",))

    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2")
    refusal = refuse(read, path)
    assert refusal.line == 2
    assert "probably cut off" in refusal.sentence


def test_what_the_system_does_not_let_us_read_is_refused(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refuse(read_all, tmp_path / "none.csv").sentence
    assert "cannot be read: Is a directory" in refuse(read_all, tmp_path).sentence
    assert "cannot be read: No such file" in refuse(list_names, tmp_path / "none").sentence


def test_a_read_that_fails_halfway_is_refused() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError

    source = ByteSource(Broken(), HERE, lines.ignore_progress, None)
    with pytest.raises(InputError, match="cannot be read: OSError"):
        source.read(1)


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b", ".hidden", "a"):
        (tmp_path / name).touch()
    assert list_names(tmp_path) == ["a", "b"]


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    path = tmp_path / "table.csv"
    path.write_text("a,b\n" + "1,2\n" * 200_000)
    with open_csv(path, lambda *step: told.append(step)) as table:
        for _ in table.batches():
            pass
    size = path.stat().st_size
    assert {(name, total) for name, _, total in told} == {("table.csv", size)}
    done = [step for _, step, _ in told]
    assert done == sorted(done)
    assert done[-1] == size
    assert len(set(done)) > 2


def test_a_pipe_is_read_though_nobody_knows_its_size(tmp_path: Path) -> None:
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=("a,b\n1,2\n",))
    writer.start()
    told: list[int | None] = []
    with open_csv(path, lambda _name, _done, total: told.append(total)) as table:
        assert [batch.columns for batch in table.batches()] == [[("1",), ("2",)]]
    writer.join()
    assert set(told) == {None}


def test_quotes_in_errors_are_short_and_on_one_line() -> None:
    assert quote("a\nb\x1b[0m") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[0m"
    assert quote("x" * 61) == "x" * 59 + "…"
    assert quote("x" * 60) == "x" * 60


@pytest.mark.parametrize("content", [b"\0", b"x", b'a,b\n1,"', b"a,b\n1,"], ids=repr)
def test_a_long_line_is_refused_after_a_mebibyte(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(content + b"x" * (5 * MEBIBYTE))
    told: list[int] = []

    def read(path: Path) -> None:
        with open_csv(path, lambda _name, done, _total: told.append(done)) as table:
            for _ in table.batches():
                pass

    refusal = refuse(read, path)
    assert refusal.line == 1 + content.count(b"\n")
    assert told[-1] < 2 * MEBIBYTE


@pytest.mark.parametrize("fill", ["sparse", "text"])
def test_a_line_of_two_gigabytes_is_refused_in_little_memory(tmp_path: Path, fill: str) -> None:
    path = tmp_path / "huge.csv"
    if fill == "sparse":
        with path.open("wb") as file:
            file.truncate(2**31)
    else:
        os.mkfifo(path)
    script = (
        "import sys; from pathlib import Path\n"
        "from spreekruimte.analysis.votes import read_votes\n"
        "from spreekruimte.analysis.errors import InputError\n"
        "import resource\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: read_votes(Path(sys.argv[1]))\n"
        "except InputError as error: print(error)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
    )
    if fill == "text":
        pour(path, 2**31)
    output, _ = process.communicate(timeout=120)
    sentence, grown = output.splitlines()
    assert sentence.startswith("huge.csv, line 1: This line ")
    assert int(grown) * 1024 < 16 * MEBIBYTE
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - used.ru_utime < 30


def pour(pipe: Path, size: int) -> None:
    """Write a line into a pipe until the reader has had enough."""
    try:
        with pipe.open("wb") as file:
            for _ in range(size // MEBIBYTE):
                file.write(b"x" * MEBIBYTE)
    except BrokenPipeError:
        return
    raise AssertionError("the reader took in everything")
