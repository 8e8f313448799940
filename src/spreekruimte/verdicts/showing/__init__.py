"""A result as a page shows it: sentences, pictures, tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from spreekruimte.verdicts.framings import Framings
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

__all__ = ["FRAMING_PAINTERS", "PAINTERS", "Picture", "draw_texts", "find_picture", "make_pictures"]

FRAMING_PAINTERS: Mapping[str, Callable[[Framings], Picture | None]] = MappingProxyType(
    {"framings": framings.draw_framings, "effects": framings.draw_effects, "mirror": mirror.draw}
)


def _paint_framings(
    draw: Callable[[Framings], Picture | None],
) -> Callable[[ChannelResult], Picture | None]:
    """Draw nothing where all were asked on the same text."""
    return lambda result: None if result.framings is None else draw(result.framings)


PAINTERS: Mapping[str, Callable[[ChannelResult], Picture | None]] = MappingProxyType(
    {
        "judgement": judgement.draw,
        **{name: _paint_framings(draw) for name, draw in FRAMING_PAINTERS.items()},
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


def draw_texts(found: Framings) -> tuple[Picture, ...]:
    """Draw what was found on each text of a case, and what makes the difference."""
    drawn = (draw(found) for draw in FRAMING_PAINTERS.values())
    return tuple(picture for picture in drawn if picture is not None)


def find_picture(result: ChannelResult, name: str) -> Picture | None:
    """Draw one picture; None where there is none of this name, or too little to draw."""
    draw = PAINTERS.get(name)
    return draw(result) if draw else None
