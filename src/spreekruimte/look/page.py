"""Render a page that carries its own style and asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

STYLES = ("static/look/palette.css", "styles/page.css", "static/look/charts.css")


def render_page(template: str, context: Mapping[str, object]) -> str:
    """Render a template that extends ``look/page.html`` in the active language.

    The page's security policy allows exactly its own style and nothing else.
    """
    style = _read_style()
    return render_to_string(
        template, {**context, "style": style, "style_digest": _digest_style(style)}
    )


@cache
def _read_style() -> SafeString:
    folder = files("spreekruimte.look")
    style = "".join(folder.joinpath(name).read_text("utf-8") for name in STYLES)
    # The style is ours and holds no text of anyone else.
    return mark_safe(style)  # noqa: S308


def _digest_style(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
