"""The guidelines of others that ship with the system, told in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.documents import read_lines, read_texts
from spreekruimte.guidelines.facts import read_packs
from spreekruimte.guidelines.lines import Line


@dataclass(frozen=True, slots=True)
class Pack:
    """One guideline that ships with the system.

    Attributes
    ----------
    id
        What names it in addresses.
    jurisdiction
        Where it holds, such as ``NL``, ``VL`` or ``AU``.
    """

    id: str
    jurisdiction: str
    title: Bilingual
    lines: tuple[Line, ...]


@cache
def packs() -> Mapping[str, Pack]:
    """Give the packs by id, in the order of the facts.

    Raises
    ------
    ValidationError
        If a line is wrong; a test reads them all.
    """
    read = (_read_pack(each) for each in read_packs())
    return MappingProxyType({pack.id: pack for pack in read})


def _read_pack(facts: dict[str, Any]) -> Pack:
    title = read_texts(facts["title"])
    return Pack(facts["id"], facts["jurisdiction"], title, read_lines(facts["lines"]))
