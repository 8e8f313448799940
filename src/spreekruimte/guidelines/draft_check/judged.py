"""The closed cases that answers are compared with, and what the public found of them.

The same is read as in `spreekruimte.guidelines.queries.evidence`: of a case no more than citizens
are shown, save that an organisation knows the whole public context of its own; and of verdicts
those that are official. It is read in another way, since somebody waits while hundreds of cases are
laid beside a few answers: what the rows say is worked out once, and again when one of them differs,
whichever process made it so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts import Outcome
from spreekruimte.ballots.models import PREFERRED
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.queries.evidence import read_judgement
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.verdicts.judgement import StatementResult
from spreekruimte.verdicts.models import Figures, OfficialVerdict
from spreekruimte.verdicts.queries.snapshots import verdicts_of_closed

Codes = NDArray[np.int64]
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """How many people judged a case, and what came of it."""

    people: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class EndedCase:
    """A closed case with an official verdict, or one that the law protects.

    Attributes
    ----------
    context, facts
        The context, and the attributes that citizens are shown, as the JSON that is stored.
    judgement
        What the official verdict says of the post; None for a protected case, or without figures.
    found
        What was found by people with an opinion: of the panel, or else of all; None without any.
    published_at
        When that verdict was published; None for a protected case.
    """

    id: int
    organisation_id: int
    context: str
    facts: str
    judgement: StatementResult | None = None
    found: Found | None = None
    published_at: datetime | None = None


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
    """Read the cases that are over; never one that is asked again."""
    as_text = (Cast(name, TextField()) for name in ("snapshots", "published_at"))
    judged = verdicts_of_closed().values_list("pk", *as_text, *_list_fields("round__case__"))
    protected = Case.objects.filter(state="protected").values_list(*_list_fields(""))
    # Each with figures is joined by its number: to list all numbers would take longer.
    figures = Figures.objects.filter(snapshot__round__case__state="closed").order_by("pk")
    digests = figures.values_list("pk", "snapshot__document_digest")
    return _lay_out(tuple(judged.order_by("pk")), tuple(protected.order_by("pk")), tuple(digests))


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


@lru_cache(maxsize=4)
def _lay_out(
    judged: Sequence[tuple[Any, ...]],
    protected: Sequence[tuple[int, int, str, str]],
    digests: Sequence[tuple[int, str]],
) -> Ended:
    """Work out what rows say, once for the same rows."""
    ended = [EndedCase(*row) for row in protected]
    read = _read_judgements(digests)
    verdicts = OfficialVerdict.objects.filter(pk__in=[pk for pk, *_rest in judged])
    moments = dict(verdicts.values_list("pk", "published_at"))
    for pk, snapshots, _published_at, case_id, owner, context, facts in judged:
        by_channel = json.loads(snapshots)
        results = [read.get(by_channel.get(channel)) for channel in PREFERRED]
        judgements = [each for each in results if each is not None]
        found = (_count(each) for each in judgements)
        ended.append(
            EndedCase(
                id=case_id,
                organisation_id=owner,
                context=context,
                facts=facts,
                judgement=next(iter(judgements), None),
                found=next((each for each in found if each is not None), None),
                published_at=moments[pk],
            )
        )
    return Ended(tuple(sorted(ended, key=lambda each: -each.id)))


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


_KEPT: dict[str, StatementResult | None] = {}
"""What was read of figures, by their digest: they are large, and what they say never changes."""


def _read_judgements(
    digests: Sequence[tuple[int, str]],
) -> Mapping[int, StatementResult | None]:
    """Give what figures say of the post itself, by the number of their snapshot."""
    if len(_KEPT) > MOST_KEPT:
        _KEPT.clear()
    named = dict(digests)
    new = [pk for pk, digest in digests if digest not in _KEPT]
    for figures in Figures.objects.filter(pk__in=new).order_by("pk"):
        _KEPT[named[figures.pk]] = read_judgement(figures)
    return {pk: _KEPT[digest] for pk, digest in digests if digest in _KEPT}


def _count(judgement: StatementResult) -> Found | None:
    """Give what was found; None where nobody had an opinion."""
    people = judgement.agree + judgement.disagree
    return Found(people, judgement.outcome) if people else None
