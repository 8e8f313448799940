"""How a judgement is published: what is chosen beside the votes and the rules."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import zstandard

from spreekruimte.analysis.errors import InputError

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class Publication:
    """Choices that change what is written and not what is found.

    Attributes
    ----------
    language
        Of the report.
    simulated
        Whether the votes are made up; the report then says so on top.
    polis
        Whether ``polis.json`` is written too.
    """

    language: Language = "nl"
    simulated: bool = False
    polis: bool = False

    def to_settings(self) -> dict[str, object]:
        """Give the choices as they stand in a replay file."""
        return asdict(self)

    @classmethod
    def from_settings(cls, settings: Mapping[str, object]) -> Publication:
        """Read the choices from a replay file.

        Raises
        ------
        InputError
            If there is no report in its language.
        """
        language = settings.get("language")
        if language not in ("nl", "en"):
            raise InputError("There is no report in the language that the replay file asks for.")
        return cls(
            language=language,
            simulated=settings.get("simulated") is True,
            polis=settings.get("polis") is True,
        )


def says_simulated(source: Path) -> bool:
    """Tell whether a source of votes, which was read before, is a replay file of made-up votes."""
    if not source.name.endswith(".jsonl.zst"):
        return False
    with source.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        header = json.loads(io.TextIOWrapper(stream, "utf-8").readline())
    return header["settings"].get("simulated") is True
