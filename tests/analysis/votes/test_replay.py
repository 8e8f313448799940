import hashlib
import io
import json
import tracemalloc
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.votes.reading import describe, refuse

from spreekruimte.analysis.votes import (
    Statement,
    VoteLog,
    VoteMatrix,
    digest_input,
    read_replay,
    read_votes,
    replay,
    write_replay,
)

ids = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).map(str.strip).filter(bool)
LINES = [
    '{"format":"spreekruimte-replay","method":{"name":"m"},"settings":{},"version":1}',
    '{"judged":true,"statement":"1","text":"Één"}',
    '{"judged":false,"statement":"2","text":""}',
    '{"agree":["1"],"arrival":1,"attributes":{"age":"old"},"disagree":[],"group":0,'
    '"participant":"a","pass":["2"]}',
    '{"agree":[],"arrival":0,"disagree":["1"],"participant":"b","pass":[]}',
]


def pack(path: Path, lines: list[str]) -> Path:
    path.write_bytes(zstandard.compress("".join(f"{line}\n" for line in lines).encode()))
    return path


def unpack(path: Path) -> bytes:
    with zstandard.open(path, "rb") as file:
        return bytes(file.read())


@st.composite
def matrices(draw: st.DrawFn) -> VoteMatrix:
    participants = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    statements = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    vote = st.tuples(
        st.sampled_from(participants),
        st.sampled_from(statements),
        st.sampled_from([1, 0, -1]),
        st.integers(0, 3),
    )
    log = VoteLog()
    log.append(*zip(*draw(st.lists(vote, min_size=1, max_size=30)), strict=True))
    answers = st.dictionaries(st.sampled_from(participants), ids)
    return log.to_matrix(
        statements=[
            Statement(name, draw(st.text(max_size=5)), draw(st.booleans())) for name in statements
        ],
        attributes=draw(st.dictionaries(st.text(max_size=3), answers, max_size=2)),
        given_groups=draw(st.dictionaries(st.sampled_from(participants), st.integers(0, 9))),
    )


@given(matrices())
def test_a_matrix_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, matrix: VoteMatrix
) -> None:
    path = tmp_path_factory.mktemp("replay") / "replay.jsonl.zst"
    digest = write_replay(matrix, path, method={"b": [1, None], "a": "é"}, settings={"lang": "nl"})
    read = read_replay(path)
    assert describe(read.matrix) == describe(matrix)
    assert (read.method, read.settings) == ({"a": "é", "b": [1, None]}, {"lang": "nl"})
    assert read.input_digest == digest == digest_input(matrix) == digest_input(read.matrix)


@given(matrices())
def test_lines_are_json_in_its_one_canonical_spelling(
    tmp_path_factory: pytest.TempPathFactory, matrix: VoteMatrix
) -> None:
    path = tmp_path_factory.mktemp("replay") / "replay.jsonl.zst"
    digest = write_replay(matrix, path, method={"b": 1, "a": 2}, settings={})
    content = unpack(path)
    for line in content.decode().removesuffix("\n").split("\n"):
        canonical = json.dumps(
            json.loads(line), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        assert line == canonical
    _, _, rest = content.partition(b"\n")
    assert hashlib.sha256(rest).hexdigest() == digest


def test_the_format_is_as_published(tmp_path: Path) -> None:
    log = VoteLog()
    log.append(["a", "a", "b"], ["1", "2", "1"], [1, 0, -1], [5, 6, 4])
    matrix = log.to_matrix(
        statements=[Statement("2", judged=False), Statement("1", "Één")],
        attributes={"age": {"a": "old"}},
        given_groups={"a": 0},
    )
    path = tmp_path / "replay.jsonl.zst"
    write_replay(matrix, path, method={"name": "m"}, settings={})
    assert unpack(path).decode() == "".join(f"{line}\n" for line in LINES)


def test_the_same_input_gives_the_same_bytes_and_another_header_the_same_digest(
    tmp_path: Path,
) -> None:
    log = VoteLog()
    log.append(["a", "b"], ["1", "1"], [1, -1], [0, 0])
    matrix = log.to_matrix()
    paths = [tmp_path / name for name in ("one", "two", "three")]
    settings: list[dict[str, object]] = [
        {"lang": "nl", "x": 1},
        {"x": 1, "lang": "nl"},
        {"lang": "en"},
    ]
    digests = {
        write_replay(matrix, path, method={}, settings=chosen)
        for path, chosen in zip(paths, settings, strict=True)
    }
    assert len(digests) == 1
    one, two, three = (path.read_bytes() for path in paths)
    assert one == two != three


def test_lines_of_participants_and_of_statements_come_in_any_order(tmp_path: Path) -> None:
    path = pack(tmp_path / "one", LINES)
    other = pack(tmp_path / "two", [LINES[0], LINES[2], LINES[1], LINES[4], LINES[3]])
    assert describe(read_replay(other).matrix) == describe(read_replay(path).matrix)
    assert read_replay(other).input_digest != read_replay(path).input_digest


def test_many_participants_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spreekruimte.analysis.votes.replay_lines._VOTES_PER_BATCH", 10)
    log = VoteLog()
    rows = range(5000)
    log.append([str(row // 3) for row in rows], [str(row % 7) for row in rows], [1] * 5000, rows)
    matrix = log.to_matrix()
    path = tmp_path / "replay.jsonl.zst"
    write_replay(matrix, path, method={}, settings={})
    assert describe(read_replay(path).matrix) == describe(matrix)


def change(place: int, old: str, new: str) -> list[str]:
    assert old in LINES[place]
    return [*LINES[:place], LINES[place].replace(old, new), *LINES[place + 1 :]]


IS_NO_OBJECT = "This line is not one JSON object."
IS_NO_STATEMENT = "A statement has an id, a text and whether it is judged, and nothing else."
IS_NEITHER = "This line is neither a statement nor a participant with arrival and votes."
ARE_NO_LISTS = "The votes are not lists of statements."
ARE_NOT_DIFFERENT = "The votes are not on one or more different statements of this file."
ARE_NO_ANSWERS = "The attributes are not questions with their answers."
IS_NO_GROUP = "The group is not a whole number from 0."


@pytest.mark.parametrize(
    ("lines", "line", "sentence"),
    [
        ([], 1, IS_NO_OBJECT),
        ([""], 1, IS_NO_OBJECT),
        (change(0, "-replay", ""), 1, "This is not a replay file of Spreekruimte."),
        (change(0, ":1}", ":2}"), 1, "This replay file has another version than 1, the one that "),
        (change(0, '"method"', '"way"'), 1, "The header lacks method or settings."),
        (change(0, "{}", "[]"), 1, "The header lacks method or settings."),
        (change(1, "}", ""), 2, IS_NO_OBJECT),
        (change(1, "}", "}x"), 2, IS_NO_OBJECT),
        (change(1, LINES[1], "[1]"), 2, IS_NO_OBJECT),
        (change(1, LINES[1], ""), 2, IS_NO_OBJECT),
        (change(1, LINES[1], "[" * 100_000), 2, IS_NO_OBJECT),
        (change(1, "}", ',"text":"x"}'), 2, IS_NO_OBJECT),
        (change(1, "Één", "\\ud800"), 2, IS_NO_OBJECT),
        (change(1, "true", "NaN"), 2, IS_NO_OBJECT),
        (change(1, "true", "1" * 5000), 2, IS_NO_OBJECT),
        (change(1, "true", "1"), 2, IS_NO_STATEMENT),
        (change(1, '"Één"', "7"), 2, IS_NO_STATEMENT),
        (change(1, '"1"', "1"), 2, IS_NO_STATEMENT),
        (change(1, '"1"', '""'), 2, IS_NO_STATEMENT),
        (change(1, '"1"', '" 1"'), 2, IS_NO_STATEMENT),
        (change(1, '"1"', f'"{"x" * 201}"'), 2, IS_NO_STATEMENT),
        (change(1, "}", ',"extra":1}'), 2, IS_NO_STATEMENT),
        (change(2, '"2"', '"1"'), 3, "This statement is here twice, or stands behind a partic"),
        ([*LINES, LINES[2].replace("2", "3")], 6, "This statement is here twice, or stands"),
        (change(3, '"pass"', '"passed"'), 4, IS_NEITHER),
        (change(3, '"arrival":1', '"arrival":-1'), 4, IS_NEITHER),
        (change(3, '"arrival":1', '"arrival":true'), 4, IS_NEITHER),
        (change(3, '"arrival":1', f'"arrival":{2**31}'), 4, IS_NEITHER),
        (change(3, '"a"', "7"), 4, IS_NEITHER),
        (change(4, "}", ',"extra":1}'), 5, IS_NEITHER),
        (change(4, '"b"', '"a"'), 5, "This participant is here twice."),
        (change(3, '["2"]', '"2"'), 4, ARE_NO_LISTS),
        (change(3, '["2"]', '["1"]'), 4, ARE_NOT_DIFFERENT),
        (change(3, '["2"]', '["3"]'), 4, ARE_NOT_DIFFERENT),
        (change(3, '["2"]', "[2]"), 4, ARE_NOT_DIFFERENT),
        (change(3, '["2"]', '[["2"]]'), 4, ARE_NOT_DIFFERENT),
        (change(4, '["1"]', "[]"), 5, ARE_NOT_DIFFERENT),
        (change(3, '{"age":"old"}', "[]"), 4, ARE_NO_ANSWERS),
        (change(3, '"old"', '""'), 4, ARE_NO_ANSWERS),
        (change(3, '"old"', "7"), 4, ARE_NO_ANSWERS),
        (change(3, '"group":0', '"group":-1'), 4, IS_NO_GROUP),
        (change(3, '"group":0', '"group":null'), 4, IS_NO_GROUP),
        (
            change(3, '"arrival":1', '"arrival":0'),
            None,
            "The arrivals of the participants are not the numbers from 0, each once.",
        ),
    ],
)
def test_a_line_that_is_wrong_is_refused(
    tmp_path: Path, lines: list[str], line: int | None, sentence: str
) -> None:
    refusal = refuse(read_replay, pack(tmp_path / "replay.jsonl.zst", lines))
    assert refusal.sentence.startswith(sentence)
    assert refusal.line == line


def test_a_file_cut_off_or_absent_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "replay.jsonl.zst", LINES)
    path.write_bytes(path.read_bytes()[:-3])
    assert refuse(read_replay, path).sentence == "This file was cut off: its end is missing."
    assert "cannot be read" in refuse(read_replay, tmp_path / "none").sentence


def test_a_line_that_unpacks_to_gigabytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "replay.jsonl.zst"
    packed = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(packed, closefd=False) as stream:
        for _ in range(2**10):
            stream.write(b"[" * 2**20)
    path.write_bytes(packed.getvalue())
    assert path.stat().st_size < 2**18
    tracemalloc.start()
    refusal = refuse(read_replay, path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusal.line == 1
    assert "longer than 16777216 bytes" in refusal.sentence
    assert peak < 64 * 2**20


def test_a_participant_with_more_votes_than_a_line_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "LONGEST_LINE", 200)
    log = VoteLog()
    log.append(["a"] * 60, [str(number) for number in range(60)], [1] * 60, [0] * 60)
    matrix = log.to_matrix()
    refusal = refuse(lambda _: digest_input(matrix), tmp_path)
    assert refusal.sentence == "One participant has more votes than a replay file can hold."


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    matrix = VoteLog().to_matrix()
    path = tmp_path / "none" / "replay.jsonl.zst"
    refusal = refuse(lambda path: write_replay(matrix, path, method={}, settings={}), path)
    assert "cannot be written" in refusal.sentence


@pytest.mark.parametrize("name", ["polis/brexit-consensus", "remesh/right-to-assemble"])
def test_real_conversations_come_back(shared_data: Path, tmp_path: Path, name: str) -> None:
    matrix = read_votes(shared_data / name)
    path = tmp_path / "replay.jsonl.zst"
    write_replay(matrix, path, method={}, settings={})
    assert describe(read_votes(path)) == describe(matrix)
