"""Read what other servers answer, of which nothing is certain: not even its shape."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Object = Mapping[str, Any]


def read_value(content: bytes) -> Any:  # noqa: ANN401 - JSON may be anything
    """Read JSON; None where it is none, or is nested too deep.

    Halves of characters pass as JSON and fail wherever they are written: each becomes a ``?``.
    """
    try:
        found = json.loads(content)
        if b"\\u" in content:
            whole = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
            found = json.loads(whole)
    except (ValueError, RecursionError):
        return None
    return found


def read_object(content: bytes) -> Object:
    """Read JSON that should be an object; whatever is none is one without anything in it."""
    return as_object(read_value(content))


def as_object(found: object) -> Object:
    """Give an object; whatever is none is one without anything in it."""
    return found if isinstance(found, dict) else {}


def as_objects(found: object) -> Iterator[Object]:
    """Go through the objects of a list, and pass over whatever is none."""
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))


def as_text(found: object) -> str:
    """Give a text; whatever is none is empty."""
    return found if isinstance(found, str) else ""
