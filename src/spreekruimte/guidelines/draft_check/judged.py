"""The closed cases that answers are compared with, and what the public found of them.

The same is read as in `spreekruimte.guidelines.queries.evidence`: of a case no more than citizens
are shown, save that an organisation knows the whole public context of its own; and of verdicts
those that are official. It is read in another way, since somebody waits while hundreds of cases are
laid beside a few answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import OuterRef, Subquery

from spreekruimte.analysis.verdicts import Outcome
from spreekruimte.ballots.models import Channel
from spreekruimte.ballots.queries.votes import JUDGEMENT
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.models import Case
from spreekruimte.verdicts.models import Figures, OfficialVerdict, Snapshot

# Who was drawn by lot stands for more than who came.
PREFERRED = (Channel.PANEL, Channel.OPEN)
MOST_KEPT = 20_000
_FIELDS = ("pk", "organisation", "context", "public_facts")


@dataclass(frozen=True, slots=True)
class EndedCase:
    """A closed case with an official verdict, or one that the law protects.

    Attributes
    ----------
    context
        As it is stored.
    facts
        The attributes that citizens are shown.
    snapshots
        Those of the official verdict by channel; empty for a protected case.
    published_at
        When that verdict was published; None for a protected case.
    """

    id: int
    organisation_id: int
    context: Mapping[str, Any]
    facts: Sequence[str]
    snapshots: Mapping[str, int]
    published_at: datetime | None

    def list_shown(self) -> Mapping[str, str]:
        """Give the values that citizens are shown."""
        return self._list_public(self.facts)

    def list_known(self, organisation_id: int) -> Mapping[str, str]:
        """Give the values that an organisation may know: of its own case all public ones."""
        is_own = organisation_id == self.organisation_id
        return self._list_public(self.context if is_own else self.facts)

    def _list_public(self, names: Iterable[str]) -> Mapping[str, str]:
        wanted = _public_attributes().intersection(names).intersection(self.context)
        given = {name: self.context[name] for name in wanted}
        return {
            name: value["value"] if isinstance(value, dict) else value
            for name, value in given.items()
        }


@dataclass(frozen=True, slots=True)
class Found:
    """How many people judged a case, and what came of it."""

    people: int
    outcome: Outcome


def list_ended() -> list[EndedCase]:
    """List the cases that are over, the newest first; never one that is asked again."""
    latest = OfficialVerdict.objects.filter(round__case=OuterRef("round__case")).order_by("-pk")
    verdicts = OfficialVerdict.objects.filter(
        round__case__state="closed", pk=Subquery(latest.values("pk")[:1])
    )
    fields = (f"round__case__{field}" for field in _FIELDS)
    judged = verdicts.values_list(*fields, "snapshots", "published_at")
    protected = Case.objects.filter(state="protected").values_list(*_FIELDS)
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


@cache
def _public_attributes() -> frozenset[str]:
    return frozenset(name for name, each in attributes().items() if each.is_public)


_KEPT: dict[str, Found | None] = {}
"""What was read of figures, by their digest: they are large, and what they say never changes."""


def _read_found(digests: Mapping[int, str]) -> Mapping[str, Found | None]:
    if len(_KEPT) > MOST_KEPT:
        _KEPT.clear()
    new = [pk for pk, digest in digests.items() if digest not in _KEPT]
    for figures in Figures.objects.filter(pk__in=new).order_by("pk").iterator():
        _KEPT[digests[figures.pk]] = _find_judgement(figures.document["results"])
    return _KEPT


def _find_judgement(results: Iterable[Mapping[str, Any]]) -> Found | None:
    """Find what was found of the post itself; None where nobody had an opinion."""
    for stored in results:
        people = stored["agree"] + stored["disagree"]
        if stored["id"] == JUDGEMENT and people:
            return Found(people, stored["outcome"])
    return None
