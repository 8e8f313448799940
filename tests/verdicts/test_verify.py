import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verdicts.judgements import make_matrix

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.verdicts import Rules
from spreekruimte.analysis.votes.replay import read_replay, write_replay
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.files import (
    ALL_FILES,
    FRAMINGS,
    POLIS,
    REPLAY,
    REPORT,
    STATEMENTS,
    VERDICT,
)
from spreekruimte.verdicts.publication import CaseIdentity, Publication
from spreekruimte.verdicts.publish import publish
from spreekruimte.verdicts.verify import Difference, compare_file, compare_values, verify

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=3), children, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify") / "out"
    judgement = judge_votes(make_matrix(), Rules(credible_level=0.8))
    case = CaseIdentity(7, 2, "open", "case-7-round-2", 40, "ab" * 32, 38)
    publish(judgement, folder, Publication("en", polis=True, case=case))
    return folder


@pytest.fixture
def published(original: Path, tmp_path: Path) -> Path:
    for path in original.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_a_published_folder_follows_from_its_votes(published: Path) -> None:
    # Everybody was asked on the same text, so there is nothing to tell of framings.
    told = set(ALL_FILES) - {FRAMINGS}
    assert {path.name for path in published.iterdir()} == told
    assert verify(published) == []


def test_a_changed_number_is_found_by_its_place(published: Path) -> None:
    path = published / VERDICT
    document = json.loads(path.read_text())
    support = document["results"][2]["support"]["estimate"]
    document["results"][2]["support"]["estimate"] = 0.123456
    path.write_text(json.dumps(document, sort_keys=True, indent=1) + "\n")
    assert verify(published) == [
        Difference(VERDICT, "$.results[2].support.estimate", "0.123456", str(support))
    ]


def test_a_changed_line_is_found_by_its_number(published: Path) -> None:
    path = published / STATEMENTS
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([lines[0], b"changed", *lines[2:-2], b""]))
    (one, other) = verify(published)
    assert (one.file, one.place, one.published) == (STATEMENTS, "line 2", "changed")
    assert other.place == f"line {len(lines) - 1}"
    assert other.published == "nothing"


@pytest.mark.parametrize("name", [VERDICT, REPORT, POLIS])
def test_a_missing_file_is_found(published: Path, name: str) -> None:
    size = (published / name).stat().st_size
    (published / name).unlink()
    assert verify(published) == [Difference(name, "", "nothing", f"{size} bytes")]


def test_a_file_that_should_not_be_there_is_found(tmp_path: Path) -> None:
    publish(judge_votes(make_matrix()), tmp_path / "out", Publication())
    (tmp_path / "out" / POLIS).write_text("{}")
    assert verify(tmp_path / "out") == [Difference(POLIS, "", "2 bytes", "nothing")]


def test_a_changed_vote_is_found_in_what_follows_from_it(published: Path) -> None:
    replay = read_replay(published / REPLAY)
    values = replay.matrix.values.copy()
    values[0] = -1 if values[0] == 1 else 1
    write_replay(
        replace(replay.matrix, values=values),
        published / REPLAY,
        method=replay.method,
        settings=replay.settings,
    )
    places = {(difference.file, difference.place) for difference in verify(published)}
    assert (VERDICT, "$.input_digest") in places
    assert {file for file, _place in places} == {VERDICT, STATEMENTS, REPORT, POLIS}


def test_a_folder_without_a_replay_file_cannot_be_verified(published: Path) -> None:
    (published / REPLAY).unlink()
    with pytest.raises(InputError, match=REPLAY):
        verify(published)


def test_a_file_that_is_no_json_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / VERDICT
    path.write_text("{")
    assert list(compare_file(path, b"{}")) == [Difference(VERDICT, "", "no JSON", "2 bytes")]


def test_json_that_only_looks_different_is_different(tmp_path: Path) -> None:
    path = tmp_path / VERDICT
    path.write_text("{ }")
    assert list(compare_file(path, b"{}")) == [Difference(VERDICT, "", "3 bytes", "2 bytes")]


def test_equal_files_and_absent_ones_have_no_difference(tmp_path: Path) -> None:
    path = tmp_path / VERDICT
    assert list(compare_file(path, None)) == []
    path.write_text("{}")
    assert list(compare_file(path, b"{}")) == []


@pytest.mark.parametrize(
    ("published", "recomputed", "differences"),
    [
        ({"a": [1, 2]}, {"a": [1, 3]}, [("$.a[1]", "2", "3")]),
        ({"a": 1}, {"b": 1}, [("$.a", "1", "nothing"), ("$.b", "nothing", "1")]),
        ([1], [1, {"c": None}], [("$[1]", "nothing", '{"c": null}')]),
        (1, 1.0, [("$", "1", "1.0")]),
        ({"a": "x" * 200}, {"a": ""}, [("$.a", f'"{"x" * 119}…', '""')]),
        ([], {}, [("$", "[]", "{}")]),
    ],
)
def test_values_are_compared_place_by_place(
    published: object, recomputed: object, differences: list[tuple[str, str, str]]
) -> None:
    assert list(compare_values(published, recomputed)) == differences


@given(json_values, json_values)
def test_values_differ_somewhere_exactly_where_their_json_differs(
    one: object, other: object
) -> None:
    assert list(compare_values(one, one)) == []
    is_equal = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (list(compare_values(one, other)) == []) is is_equal
