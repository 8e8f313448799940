"""How a judgement is published: what is chosen beside the votes and the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

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
