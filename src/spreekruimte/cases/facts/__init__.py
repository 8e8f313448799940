"""Facts that ship with the system: the context attributes, the case bank, the synthetic cases."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def read_facts(file: str) -> dict[str, Any]:
    """Read one of the JSON files beside this module.

    Parameters
    ----------
    file
        Its name without the folder, such as ``attributes.json``.
    """
    found: dict[str, Any] = json.loads(files(__package__).joinpath(file).read_text("utf-8"))
    return found
