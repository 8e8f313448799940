"""QR codes, as pictures within a page."""

from __future__ import annotations

import segno


def draw_qr(text: str) -> str:
    """Draw a QR code as the address of a picture, dark on white whatever the scheme of the page."""
    drawn: str = segno.make(text, error="m").svg_data_uri(scale=4, dark="#000", light="#fff")
    return drawn
