"""Facts that ship with the system: the guidelines of others, as packs."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def read_packs() -> list[dict[str, Any]]:
    """Read the packs as they stand in ``packs.json``, unchecked."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("packs.json").read_text("utf-8"))
    packs: list[dict[str, Any]] = found["packs"]
    return packs
