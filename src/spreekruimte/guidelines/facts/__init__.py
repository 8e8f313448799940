"""Facts that ship with the system: guidelines of others as packs, and those of the draft check."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def read_packs() -> list[dict[str, Any]]:
    """Read the packs as they stand in ``packs.json``, unchecked."""
    packs: list[dict[str, Any]] = _read("packs.json")["packs"]
    return packs


def read_draft_check() -> dict[str, Any]:
    """Read what the draft check asks, what a writer can change, and its tips, unchecked."""
    return _read("draft_check.json")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text("utf-8"))
    return found
