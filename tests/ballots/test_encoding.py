import json
import unicodedata
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ballots.encoding import (
    LARGEST,
    Content,
    ContentError,
    canonical,
    encode,
    salted_digest,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
contents = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé"), inner, max_size=4),
    max_leaves=20,
)


def composed(value: object) -> object:
    """The value with all text in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(each) for each in value]
    if isinstance(value, dict):
        return {composed(key): composed(each) for key, each in value.items()}
    return value


@given(contents)
def test_what_is_written_can_be_read_by_any_reader_of_json(content: Content) -> None:
    assert json.loads(canonical(content)) == composed(content)


@given(st.dictionaries(st.text("abcdef", max_size=3), st.integers(0, 9)), st.randoms())
def test_the_order_of_keys_does_not_matter(content: dict[str, int], random: Random) -> None:
    items = list(content.items())
    random.shuffle(items)
    assert canonical(dict(items)) == canonical(content)


def test_a_content_has_one_spelling() -> None:
    content: Content = {
        "step": 3,
        "judgement": "na\u0131\u0308ef e\u0301e\u0301n",
        "reasons": (1, None),
        "sure": True,
    }
    assert (
        canonical(content)
        == (
            '{"judgement":"na\u0131\u0308ef \u00e9\u00e9n","reasons":[1,null],"step":3,"sure":true}'
        ).encode()
    )


@pytest.mark.parametrize(
    "content",
    [0.5, float("nan"), {"a": [1.0]}, b"bytes", {1, 2}, {1: "a"}, {"a": object()}],
)
def test_what_has_no_single_spelling_is_refused(content: Content) -> None:
    with pytest.raises(ContentError):
        canonical(content)


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1])
def test_numbers_that_some_readers_round_are_refused(number: int) -> None:
    with pytest.raises(ContentError, match="number"):
        canonical({"number": number})


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ContentError, match="half a character"):
        canonical("\ud83d")


def test_two_keys_that_are_the_same_text_are_refused() -> None:
    with pytest.raises(ContentError, match="same text"):
        canonical({"\u00e9": 1, "e\u0301": 2})


@given(st.lists(st.binary(max_size=9)), st.lists(st.binary(max_size=9)))
def test_different_parts_never_give_the_same_bytes(one: list[bytes], other: list[bytes]) -> None:
    assert (encode(*one) == encode(*other)) == (one == other)


def test_a_salted_digest_is_what_the_documentation_says() -> None:
    salt = bytes(range(32))
    expected = sha256(
        b"\0\0\0\0\0\0\0\x06domain" + b"\0\0\0\0\0\0\0\x20" + salt + b"\0\0\0\0\0\0\0\x01x"
    )
    assert salted_digest(b"domain", salt, b"x") == expected.digest()


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"32 bytes, not {length}"):
        salted_digest(b"domain", bytes(length))
