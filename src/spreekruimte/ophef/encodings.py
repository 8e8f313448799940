"""Text of programs that do not agree on an encoding."""

from __future__ import annotations


def decode_line(line: bytes) -> str:
    """Decode one line as UTF-8, or else as Windows-1252, whatever the others are."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
