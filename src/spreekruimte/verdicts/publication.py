"""How a judgement is published: what is chosen beside the votes and the rules."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, get_type_hints

import zstandard

from spreekruimte.analysis.errors import InputError
from spreekruimte.verdicts.arms import ARM_NAMES

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class CaseIdentity:
    """Which votes of which case these are.

    Attributes
    ----------
    case, round
        The number of the case, and of the round of it.
    channel
        ``open`` or ``panel``.
    log
        The name in the first line of the log of the round.
    head_length, head_digest
        The head of that log up to which ballots were counted.
    ballots
        How many ballots of the channel the log holds, without those that were erased; several of
        one participant about the same count for one vote.
    """

    case: int
    round: int
    channel: str
    log: str
    head_length: int
    head_digest: str
    ballots: int

    @classmethod
    def from_settings(cls, settings: object) -> CaseIdentity:
        """Read the identity from a replay file.

        Raises
        ------
        InputError
            If it is not one.
        """
        types = get_type_hints(cls)
        if (
            isinstance(settings, dict)
            and settings.keys() == types.keys()
            and all(type(settings[name]) is kind for name, kind in types.items())
        ):
            return cls(**settings)
        raise InputError("The replay file does not say as it should which case it is about.")


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
    case
        The case that was asked, where the votes are those of one; ``case.json`` is written then.
    arms
        How often each text was drawn, by name, where participants were asked on different ones.
    """

    language: Language = "nl"
    simulated: bool = False
    polis: bool = False
    case: CaseIdentity | None = None
    arms: Mapping[str, int] = field(default_factory=dict)

    def to_settings(self) -> dict[str, object]:
        """Give the choices as they stand in a replay file."""
        settings = asdict(self)
        for name in ("case", "arms"):
            if not getattr(self, name):
                del settings[name]
        return settings

    @classmethod
    def from_settings(cls, settings: Mapping[str, object]) -> Publication:
        """Read the choices from a replay file.

        Raises
        ------
        InputError
            If there is no report in its language, or the case or the texts are not as they should
            be.
        """
        language = settings.get("language")
        if language not in ("nl", "en"):
            raise InputError("There is no report in the language that the replay file asks for.")
        return cls(
            language=language,
            simulated=settings.get("simulated") is True,
            polis=settings.get("polis") is True,
            case=CaseIdentity.from_settings(settings["case"]) if "case" in settings else None,
            arms=_read_arms(settings["arms"]) if "arms" in settings else {},
        )


def _read_arms(settings: object) -> Mapping[str, int]:
    if (
        isinstance(settings, dict)
        and settings
        and all(type(weight) is int and weight > 0 for weight in settings.values())
        and settings.keys() <= set(ARM_NAMES)
    ):
        return settings
    raise InputError("The replay file does not say as it should how often each text was drawn.")


def says_simulated(source: Path) -> bool:
    """Tell whether a source of votes, which was read before, is a replay file of made-up votes."""
    if not source.name.endswith(".jsonl.zst"):
        return False
    with source.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        header = json.loads(io.TextIOWrapper(stream, "utf-8").readline())
    return header["settings"].get("simulated") is True
