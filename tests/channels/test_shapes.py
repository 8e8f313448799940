from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.channels.shapes import as_objects, as_text, read_object, read_value


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 100_000, b'{"a":' * 100_000, b"\xff", b"1" * 5000, b"[]", b"1"]
)
def test_what_is_no_object_is_one_without_anything(content: bytes) -> None:
    assert read_object(content) == {}


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters())))
def test_whatever_is_read_can_be_written(told: dict[str, str]) -> None:
    """Halves of characters are no text, and pass as JSON all the same."""
    found = read_value(json.dumps(told).encode())
    assert json.loads(json.dumps(found, ensure_ascii=False).encode()) == found
    if all(text == text.encode("utf-8", "replace").decode() for text in (*told, *told.values())):
        assert found == told


def test_of_a_list_its_objects_are_gone_through() -> None:
    assert list(as_objects([1, {"a": 1}, None])) == [{"a": 1}]
    assert (list(as_objects("x")), as_text(1), as_text("x")) == ([], "", "x")
