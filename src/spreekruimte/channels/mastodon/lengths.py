"""How long a post is as Mastodon counts it: characters as people see them, addresses as 23."""

from __future__ import annotations

import regex  # type: ignore[import-untyped]

_ADDRESS = regex.compile(r"https?://\S+")
_CHARACTER = regex.compile(r"\X")


def count_characters(text: str, *, of_address: int) -> int:
    """Count the characters of a post; each address counts as so many, however long it is."""
    addresses = len(_ADDRESS.findall(text))
    return len(_CHARACTER.findall(_ADDRESS.sub("", text))) + addresses * of_address
