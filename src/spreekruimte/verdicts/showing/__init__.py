"""A result as a page shows it: sentences, pictures, tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.showing import (
    changes,
    framings,
    judgement,
    ladder,
    mirror,
    opinions,
    people,
    reasons,
)
from spreekruimte.verdicts.showing.pictures import Picture

__all__ = ["PAINTERS", "Picture", "find_picture", "make_pictures"]

PAINTERS: Mapping[str, Callable[[ChannelResult], Picture | None]] = MappingProxyType(
    {
        "judgement": judgement.draw,
        "framings": framings.draw_framings,
        "effects": framings.draw_effects,
        "mirror": mirror.draw,
        "measures": ladder.draw,
        "reasons": reasons.draw,
        "opinions": opinions.draw,
        "changes": changes.draw,
        "reply": changes.draw_reply,
        "people": people.draw,
    }
)


def make_pictures(result: ChannelResult) -> tuple[Picture, ...]:
    """Draw all that there is to draw of a result."""
    drawn = (draw(result) for draw in PAINTERS.values())
    return tuple(picture for picture in drawn if picture is not None)


def find_picture(result: ChannelResult, name: str) -> Picture | None:
    """Draw one picture; None where there is none of this name, or too little to draw."""
    draw = PAINTERS.get(name)
    return draw(result) if draw else None
