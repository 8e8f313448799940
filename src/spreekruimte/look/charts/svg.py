"""Write SVG: elements, numbers and the frame of a picture."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def number(value: float, digits: int = 1) -> str:
    """Write a coordinate as briefly as possible, the same in every language."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: str | float) -> str:
    """Write one element.

    Parameters
    ----------
    name
        Name of the element.
    children
        Markup inside it: elements, or text that went through `words`.
    attributes
        In the given order. An underscore at the end of a name is dropped, one inside
        becomes a hyphen; numbers are written with one decimal, texts are escaped.
    """
    written = "".join(
        f' {_attribute_name(key)}="{_attribute_value(value)}"' for key, value in attributes.items()
    )
    content = "".join(children)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(text: str) -> str:
    """Escape a text that stands inside an element."""
    return escape(text, quote=False)


def picture(
    children: Iterable[str], *, title: str, description: str, **attributes: str | float
) -> str:
    """Frame a picture that a screen reader announces by its title and description.

    Parameters
    ----------
    children
        Elements inside the picture.
    title, description
        What it is, and what it shows.
    attributes
        Of the ``svg`` element, as for `element`.
    """
    return element(
        "svg",
        element("title", words(title)),
        element("desc", words(description)) if description else "",
        *children,
        role="img",
        **attributes,
    )


def _attribute_name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _attribute_value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)
