"""The closed cases that answers are compared with, and what the public found of them.

The same is read as in `spreekruimte.guidelines.queries.evidence`: of a case no more than citizens
are shown, save that an organisation knows the whole public context of its own; and of verdicts
those that are official. It is read in another way, since somebody waits while hundreds of cases are
laid beside a few answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts import Outcome
from spreekruimte.ballots.models import PREFERRED
from spreekruimte.ballots.queries.votes import JUDGEMENT
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.verdicts.models import Figures, Snapshot
from spreekruimte.verdicts.queries.snapshots import verdicts_of_closed

Codes = NDArray[np.int64]
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class EndedCase:
    """A closed case with an official verdict, or one that the law protects.

    Attributes
    ----------
    context, facts
        The context, and the attributes that citizens are shown, as the JSON that is stored.
    snapshots
        Those of the official verdict by channel; empty for a protected case.
    published_at
        When that verdict was published; None for a protected case.
    """

    id: int
    organisation_id: int
    context: str
    facts: str
    snapshots: Mapping[str, int]
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """How many people judged a case, and what came of it."""

    people: int
    outcome: Outcome


def list_ended() -> list[EndedCase]:
    """List the cases that are over, the newest first; never one that is asked again."""
    fields = (*_list_fields("round__case__"), "snapshots", "published_at")
    judged = verdicts_of_closed().values_list(*fields)
    protected = Case.objects.filter(state="protected").values_list(*_list_fields(""))
    ended = [EndedCase(*row) for row in judged] + [
        EndedCase(pk, owner, context, facts, {}, None) for pk, owner, context, facts in protected
    ]
    return sorted(ended, key=lambda each: -each.id)


def find_found(cases: Sequence[EndedCase]) -> dict[int, Found]:
    """Give what the public found of cases, by their numbers; of the panel, or else of all."""
    digests = dict(
        Snapshot.objects.filter(pk__in=[pk for each in cases for pk in each.snapshots.values()])
        .order_by("pk")
        .values_list("pk", "document_digest")
    )
    kept = _read_found(digests)
    found = {}
    for case in cases:
        snapshots = (case.snapshots.get(channel) for channel in PREFERRED)
        results = (kept.get(digests.get(pk, "")) for pk in snapshots if pk is not None)
        if (result := next((each for each in results if each is not None), None)) is not None:
            found[case.id] = result
    return found


def code_shown(cases: Sequence[EndedCase]) -> Codes:
    """Give what citizens are shown of cases as codes, shape (cases, attributes)."""
    return _stack([_code(each.context, each.facts) for each in cases])


def code_known(cases: Sequence[EndedCase], organisation_id: int) -> Codes:
    """Give what an organisation may know as codes: of its own cases all that is public."""
    return _stack(
        [
            _code(each.context, "" if each.organisation_id == organisation_id else each.facts)
            for each in cases
        ]
    )


def _list_fields(before: str) -> list[str | Cast]:
    as_text = (Cast(f"{before}{name}", TextField()) for name in ("context", "public_facts"))
    return [f"{before}pk", f"{before}organisation", *as_text]


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


_KEPT: dict[str, Found | None] = {}
"""What was read of figures, by their digest: they are large, and what they say never changes."""


def _read_found(digests: Mapping[int, str]) -> Mapping[str, Found | None]:
    if len(_KEPT) > MOST_KEPT:
        _KEPT.clear()
    new = [pk for pk, digest in digests.items() if digest not in _KEPT]
    for figures in Figures.objects.filter(pk__in=new).order_by("pk"):
        _KEPT[digests[figures.pk]] = _find_judgement(figures.document["results"])
    return _KEPT


def _find_judgement(results: Iterable[Mapping[str, Any]]) -> Found | None:
    """Find what was found of the post itself; None where nobody had an opinion."""
    for stored in results:
        people = stored["agree"] + stored["disagree"]
        if stored["id"] == JUDGEMENT and people:
            return Found(people, stored["outcome"])
    return None
