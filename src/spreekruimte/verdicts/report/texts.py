"""What was found on each text of a case, in the words and pictures of the result page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spreekruimte.verdicts.framings import Framings

if TYPE_CHECKING:
    from spreekruimte.verdicts.showing import Picture


@dataclass(frozen=True, slots=True)
class TextsView:
    """The pictures, and what is unusual about who saw which text."""

    pictures: tuple[Picture, ...]
    warnings: list[str]


def view_texts(framings: Framings | None) -> TextsView | None:
    """Show what each text made of the judgement; None where all were asked on the same one."""
    if framings is None:
        return None
    # The pictures use the words of a report, so that they can be read only after these.
    from spreekruimte.verdicts.showing import draw_texts
    from spreekruimte.verdicts.showing.framings import warn_of_dealing

    return TextsView(draw_texts(framings), warn_of_dealing(framings))
