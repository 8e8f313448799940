"""The cases that answers are compared with: those that are over, in the codes of rules.

The same is read as in `spreekruimte.guidelines.queries.evidence`: of a case no more than citizens
are shown, save that an organisation knows the whole public context of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spreekruimte.cases.attributes import attributes
from spreekruimte.guidelines.queries.ended import (
    EndedCase,
    Judged,
    list_protected,
    make_ended,
    read_judged,
)
from spreekruimte.guidelines.vocabulary import rule_attributes

Codes = NDArray[np.int64]
MOST_KEPT = 20_000


@dataclass(frozen=True, eq=False)
class Ended:
    """All cases that are over, the newest first."""

    cases: tuple[EndedCase, ...]

    @cached_property
    def shown(self) -> Codes:
        """What citizens are shown of them as codes, shape (cases, attributes)."""
        return _stack([_code(each.context, each.facts) for each in self.cases])

    @cached_property
    def judged(self) -> tuple[EndedCase, ...]:
        """Those of which something was found."""
        return tuple(each for each in self.cases if each.found is not None)


def read_ended() -> Ended:
    """Read the cases that are over: closed ones with a verdict, and those the law protects."""
    return _join(read_judged(), list_protected())


def code_known(ended: Ended, organisation_id: int) -> Codes:
    """Give what an organisation may know of those of which something was found, as codes.

    Of its own cases that is all that is public.
    """
    return _stack(
        [
            _code(each.context, "" if each.organisation_id == organisation_id else each.facts)
            for each in ended.judged
        ]
    )


@lru_cache(maxsize=2)
def _join(judged: Judged, protected: Sequence[tuple[Any, ...]]) -> Ended:
    ended = [*judged.cases, *(make_ended(row) for row in protected)]
    return Ended(tuple(sorted(ended, key=lambda each: -each.id)))


def _stack(rows: Sequence[Codes]) -> Codes:
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(rule_attributes().columns))


@lru_cache(maxsize=MOST_KEPT)
def _code(context: str, facts: str) -> Codes:
    """Code a context: of these facts, or else of all that is public; the same text is the same."""
    stored = json.loads(context)
    names = json.loads(facts) if facts else list(stored)
    public = {
        name: value["value"] if isinstance(value, dict) else value
        for name, value in stored.items()
        if name in names and attributes()[name].is_public
    }
    coded: Codes = rule_attributes().code_cases([public])[0]
    return coded
