"""Style and script of the ballot inside other pages, which come within the page itself.

To a frame without an origin even our own files come from elsewhere, and browsers differ in what
they make of that. The policy of the page lets exactly these run, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Inline:
    """What stands in the page, and what may."""

    style: SafeString
    script: SafeString


@cache
def read_inline() -> Inline:
    """Read what stands in the page."""
    palette = files("spreekruimte.look").joinpath("static/look/palette.css").read_text("utf-8")
    here = files("spreekruimte.channels.embed")
    style = palette + here.joinpath("ballot.css").read_text("utf-8")
    script = here.joinpath("ballot.js").read_text("utf-8")
    # They are ours, and hold no text of anyone else.
    return Inline(mark_safe(style), mark_safe(script))  # noqa: S308


def write_policy(inline: Inline, origin: str) -> str:
    """Write the security policy: any page may show this one, which may ask us and nobody else."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_digest(inline.style)}'",
            f"script-src '{_digest(inline.script)}'",
            f"connect-src {origin}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors *",
        ]
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
