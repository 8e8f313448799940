"""Plain tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def print_head(columns: Sequence[str]) -> None:
    """Print the names of the columns; each is as wide as its name, and at least 9."""
    print("  ".join(name.rjust(_width(name)) for name in columns), flush=True)


def print_row(columns: Sequence[str], cells: Sequence[str]) -> None:
    """Print a row as soon as it is known, since the next one may take minutes."""
    print(
        "  ".join(cell.rjust(_width(name)) for name, cell in zip(columns, cells, strict=True)),
        flush=True,
    )


def _width(name: str) -> int:
    return max(9, len(name))
