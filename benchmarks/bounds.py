"""The last line of a measurement: whether its bound is held."""

from __future__ import annotations

from collections.abc import Sequence


def print_outcome(failures: Sequence[str]) -> None:
    """Print "held", or "not held" with what fails."""
    print(f"not held: {'; '.join(failures)}" if failures else "held")
