"""Bytes that mean one thing only: what digests are taken of."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Content: TypeAlias = "bool | int | str | Sequence[Content] | Mapping[str, Content] | None"

SALT_BYTES = 32
# Every JSON reader takes whole numbers up to here exactly.
LARGEST = 2**53 - 1


class ContentError(ValueError):
    """A content that has no single spelling."""


def encode(*parts: bytes) -> bytes:
    """Join parts so that no other parts give the same bytes.

    Each part follows its own length, a number of eight bytes with the largest first. The first
    part names what the bytes are for, so that bytes for one purpose never serve another.
    """
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def salted_digest(domain: bytes, salt: bytes, *parts: bytes) -> bytes:
    """Give the SHA-256 of a domain, a salt and parts, each with its length before it.

    Raises
    ------
    ValueError
        If the salt has not 32 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"A salt has {SALT_BYTES} bytes, not {len(salt)}.")
    return hashlib.sha256(encode(domain, salt, *parts)).digest()


def canonical(content: Content) -> bytes:
    """Write a content as JSON, in the one way that equal contents share.

    Keys stand in the order of their code points, text in Unicode's form NFC, without spaces, in
    UTF-8. Lists keep their order; a tuple is a list.

    Parameters
    ----------
    content
        None, truth values, whole numbers up to 2**53 - 1 either way, text, lists or tuples, and
        mappings with text as keys.

    Raises
    ------
    ContentError
        If there is anything else in it, such as a fraction, whose spelling differs between
        programs; or if two keys, or half a character, have no NFC form of their own.
    """
    plain = json.dumps(
        _plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return plain.encode("utf-8")


def _plain(value: object) -> object:
    """Give the value as the types that JSON knows."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _whole_number(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return _mapping(value)
    raise ContentError(f"A value of type {type(value).__name__} cannot be recorded.")


def _whole_number(value: int) -> int:
    if abs(value) > LARGEST:
        raise ContentError(f"A number lies between -{LARGEST} and {LARGEST}.")
    return int(value)


def _text(value: str) -> str:
    if value.isascii():
        return value
    text = unicodedata.normalize("NFC", value)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ContentError("A text contains half a character.")
    return text


def _mapping(value: Mapping[Any, object]) -> dict[str, object]:
    if not all(isinstance(key, str) for key in value):
        raise ContentError("A key is text.")
    plain = {_text(key): _plain(each) for key, each in value.items()}
    if len(plain) < len(value):
        raise ContentError("Two keys are the same text.")
    return plain
