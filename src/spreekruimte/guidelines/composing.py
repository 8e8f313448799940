"""Compose a condition step by step: add a part to it, or take one out.

A part is named by its path: the places of parts within parts, from 0, with a point between; the
whole is the empty path. Of an exception, 0 is what holds and 1 what is excepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spreekruimte.analysis.rules import ALWAYS, AllOf, AnyOf, Except, OneOf, Predicate, parts_of

Join = Literal["and", "or", "except", "replace"]


def list_parts(predicate: Predicate, path: str = "") -> Iterator[tuple[str, Predicate]]:
    """Go through a condition and the parts in it, each with its path, the whole first."""
    yield path, predicate
    for place, part in enumerate(parts_of(predicate)):
        yield from list_parts(part, f"{path}.{place}".lstrip("."))


def join_part(predicate: Predicate, path: str, join: Join, new: Predicate) -> Predicate:
    """Add a part to the part at a path.

    What always holds is replaced, except by an exception: it is where a condition begins.

    Raises
    ------
    KeyError
        If there is no part at that path.
    """
    part = dict(list_parts(predicate))[path]
    return _put(predicate, path, _join(part, join, new))


def remove_part(predicate: Predicate, path: str) -> Predicate:
    """Take out the part at a path; what is left of the whole, if nothing, always holds.

    Raises
    ------
    KeyError
        If there is no part at that path.
    """
    dict(list_parts(predicate))[path]
    if not path:
        return ALWAYS
    above, _point, place = path.rpartition(".")
    return _put(predicate, above, _take_out(dict(list_parts(predicate))[above], int(place)))


def _join(part: Predicate, join: Join, new: Predicate) -> Predicate:
    if join == "except":
        if isinstance(part, Except):
            return Except(part.held, _join(part.exception, "or", new))
        return Except(part, new)
    if join == "replace" or part == ALWAYS:
        return new
    kind = AllOf if join == "and" else AnyOf
    return kind((*part.parts, new)) if isinstance(part, kind) else kind((part, new))


def _put(predicate: Predicate, path: str, new: Predicate) -> Predicate:
    """Give the condition with another part at a path."""
    if not path:
        return new
    place, _point, rest = path.partition(".")
    parts = list(parts_of(predicate))
    parts[int(place)] = _put(parts[int(place)], rest, new)
    return _remake(predicate, tuple(parts))


def _remake(predicate: Predicate, parts: tuple[Predicate, ...]) -> Predicate:
    """Give a condition of the same kind with other parts."""
    match predicate:
        case OneOf():
            return predicate
        case AllOf():
            return AllOf(parts)
        case AnyOf():
            return AnyOf(parts)
        case Except():
            return Except(*parts)


def _take_out(predicate: Predicate, place: int) -> Predicate:
    """Give a condition without one of its parts; one part that is left stands by itself."""
    if isinstance(predicate, Except):
        return predicate.held if place == 1 else Except(ALWAYS, predicate.exception)
    parts = parts_of(predicate)
    left = parts[:place] + parts[place + 1 :]
    if not left:
        return ALWAYS
    return left[0] if len(left) == 1 else _remake(predicate, left)
