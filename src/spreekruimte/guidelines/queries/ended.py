"""Closed cases with what their official verdicts say, read anew only when something differs.

Hundreds of cases are laid beside a page while somebody waits. So what their rows say is worked out
once, and again when one of the rows is another, whichever process made it so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from spreekruimte.ballots.models import PREFERRED, Channel
from spreekruimte.ballots.queries.votes import JUDGEMENT
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.verdicts.judgement import Interval, StatementResult
from spreekruimte.verdicts.models import Figures, OfficialVerdict
from spreekruimte.verdicts.queries.snapshots import verdicts_of_closed
from spreekruimte.verdicts.reading import read_result

MOST_KEPT = 20_000
"""Of how many snapshots it is remembered what their figures say."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the figures of one channel say of the post itself.

    Attributes
    ----------
    mirror_gap
        That of everybody; None where nobody was asked on the mirror.
    """

    channel: Channel
    judgement: StatementResult
    mirror_gap: Interval | None

    @property
    def people(self) -> int:
        """How many had an opinion."""
        return self.judgement.agree + self.judgement.disagree


@dataclass(frozen=True, slots=True)
class EndedCase:
    """A closed case with an official verdict, or one that the law protects.

    Attributes
    ----------
    context, facts
        The context, and the attributes that citizens are shown, as the JSON that is stored.
    opinions
        Those of the official verdict, of the panel first; none for a protected case.
    published_at
        When that verdict was published; None for a protected case.
    """

    id: int
    organisation_id: int
    context: str
    facts: str
    description: Bilingual
    is_simulated: bool
    opinions: tuple[Opinion, ...] = ()
    published_at: datetime | None = None

    @property
    def found(self) -> Opinion | None:
        """What people found: those of the panel, or else all; None where none had an opinion."""
        return next((each for each in self.opinions if each.people), None)


@dataclass(frozen=True, eq=False)
class Judged:
    """All closed cases with an official verdict, in the order of these; equal to itself only."""

    cases: tuple[EndedCase, ...]


def read_judged() -> Judged:
    """Read the closed cases with an official verdict; never one that is asked again."""
    as_text = (Cast(name, TextField()) for name in ("snapshots", "published_at"))
    fields = ("pk", *as_text, *list_fields("round__case__"))
    rows = verdicts_of_closed().order_by("pk").values_list(*fields)
    # Found by the case, since to ask for each by its number takes longer.
    figures = Figures.objects.filter(snapshot__round__case__state="closed").order_by("pk")
    digests = figures.values_list("pk", "snapshot__document_digest")
    return _lay_out(tuple(rows), tuple(digests))


def list_fields(before: str = "") -> list[str | Cast]:
    """List what `make_ended` reads of a case, which is found behind so many relations."""
    as_text = (Cast(f"{before}{name}", TextField()) for name in ("context", "public_facts"))
    plain = ("pk", "organisation", "description_nl", "description_en", "is_simulated")
    return [*(f"{before}{name}" for name in plain), *as_text]


def make_ended(
    row: Sequence[Any], opinions: tuple[Opinion, ...] = (), published_at: datetime | None = None
) -> EndedCase:
    """Make a case of what `list_fields` names."""
    pk, owner, nl, en, is_simulated, context, facts = row
    description = Bilingual(nl=nl, en=en)
    return EndedCase(pk, owner, context, facts, description, is_simulated, opinions, published_at)


def list_protected() -> tuple[tuple[Any, ...], ...]:
    """List the rows of cases that the law protects."""
    found = Case.objects.filter(state="protected").order_by("pk")
    return tuple(found.values_list(*list_fields()))


@lru_cache(maxsize=2)
def _lay_out(rows: Sequence[tuple[Any, ...]], digests: Sequence[tuple[int, str]]) -> Judged:
    figures = _read_figures(digests)
    verdicts = OfficialVerdict.objects.filter(pk__in=[pk for pk, *_rest in rows])
    moments = dict(verdicts.values_list("pk", "published_at"))
    return Judged(
        tuple(
            make_ended(case, _list_opinions(json.loads(snapshots), figures), moments[pk])
            for pk, snapshots, _published_at, *case in rows
        )
    )


_Said = tuple[StatementResult, Interval | None]
_KEPT: dict[str, _Said | None] = {}
"""What was read of figures, by their digest: they are large, and what they say never changes."""


def _read_figures(digests: Sequence[tuple[int, str]]) -> Mapping[int, _Said | None]:
    """Give what figures say of the post itself, by the number of their snapshot."""
    if len(_KEPT) > MOST_KEPT:
        _KEPT.clear()
    named = dict(digests)
    new = [pk for pk, digest in digests if digest not in _KEPT]
    for figures in Figures.objects.filter(pk__in=new).order_by("pk"):
        _KEPT[named[figures.pk]] = _read_judgement(figures.document)
    return {pk: _KEPT[digest] for pk, digest in digests if digest in _KEPT}


def _list_opinions(
    snapshots: Mapping[str, int], figures: Mapping[int, _Said | None]
) -> tuple[Opinion, ...]:
    found = ((channel, figures.get(snapshots.get(channel, 0))) for channel in PREFERRED)
    return tuple(Opinion(channel, *said) for channel, said in found if said is not None)


def _read_judgement(document: Mapping[str, Any]) -> _Said | None:
    """Read what was found of the post itself; None where nothing of it was counted."""
    for stored in document["results"]:
        if stored["id"] == JUDGEMENT:
            return read_result(stored, {JUDGEMENT: ""}), _read_mirror_gap(document)
    return None


def _read_mirror_gap(document: Mapping[str, Any]) -> Interval | None:
    """Read the gap of everybody, where people were asked on the mirror."""
    figures = document.get("framings", {}).get("mirror_gap", [])
    everybody = next((each for each in figures if each["group"] is None), None)
    if everybody is None or everybody["estimate"] is None:
        return None
    return Interval(everybody["estimate"], everybody["low"], everybody["high"])
