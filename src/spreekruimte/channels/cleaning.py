"""Turn what people wrote elsewhere, as HTML, into plain text; nothing of the markup is left."""

from __future__ import annotations

import html
import re

import nh3

LONGEST_HTML = 100_000
_LINE_ENDS = re.compile(r"<br\s*/?>|</p>\s*<p>|</?p>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


def plain_text(markup: str) -> str:
    """Give the text of HTML, with its line ends; scripts, styles and comments leave nothing."""
    cleaned = nh3.clean(markup[:LONGEST_HTML], tags={"br", "p"}, attributes={}, link_rel=None)
    lines = html.unescape(_LINE_ENDS.sub("\n", cleaned)).split("\n")
    tidy = (_SPACES.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in tidy if line)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts have the same letters and figures in one order.

    Servers change what stands between them: spaces, line ends, marks that they take for markup.
    """
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())
