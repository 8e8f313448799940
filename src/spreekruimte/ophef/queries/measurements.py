"""What was measured of the fuss, and what is to be measured anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import NormalDist

from django.db.models import F, OuterRef, Q, Subquery

from spreekruimte.analysis.verdicts import Rules
from spreekruimte.ballots.models import Channel
from spreekruimte.ballots.queries.votes import JUDGEMENT
from spreekruimte.ophef.measuring.comparing import ComparedIncident, RuleChange
from spreekruimte.ophef.models import (
    Act,
    Comparison,
    Incident,
    Kind,
    Measurement,
    Measuring,
    Tally,
)
from spreekruimte.organisations.models import Organisation
from spreekruimte.verdicts.models import Figures, Snapshot

# The interval of a share reaches so many standard errors to either side.
_REACH = NormalDist().inv_cdf(0.5 + Rules().credible_level / 2.0)


def latest_measurement(incident: Incident) -> Measurement | None:
    """Give the newest measurement of an incident."""
    found: Measurement | None = (
        Measurement.objects.filter(incident=incident).order_by("-number").first()
    )
    return found


def measuring_of(incident: Incident) -> Measuring | None:
    """Give how far the measuring of an incident is, if it is under way."""
    return Measuring.objects.filter(incident=incident).first()


@dataclass(frozen=True, slots=True)
class Due:
    """An incident that changed since it was measured; `measured_at` is None if it never was."""

    incident: Incident
    measured_at: datetime | None


def incidents_to_measure() -> list[Due]:
    """Give the incidents that changed since they were measured, and are not being measured."""
    newest = Measurement.objects.filter(incident=OuterRef("pk")).order_by("-number")
    found = Incident.objects.filter(measuring=None, revision__gt=0).annotate(
        measured_revision=Subquery(newest.values("revision")[:1]),
        measured_at=Subquery(newest.values("computed_at")[:1]),
    )
    changed = Q(measured_revision=None) | ~Q(measured_revision=F("revision"))
    return [Due(each, each.measured_at) for each in found.filter(changed).order_by("pk")]


def latest_comparison(organisation: Organisation | None) -> Comparison | None:
    """Give the comparison of the incidents of an organisation; None is the whole installation."""
    return Comparison.objects.filter(organisation=organisation).first()


def compared_incidents(organisation: Organisation | None) -> list[ComparedIncident]:
    """Give what is known of incidents that something came in about, without the shares.

    The verdict is that of the open vote of the last round, of cases that are closed: every case
    has one. Nothing of a case that is asked takes part.
    """
    found = Incident.objects.filter(revision__gt=0).select_related("case")
    if organisation is not None:
        found = found.filter(organisation=organisation)
    incidents = list(found.order_by("pk"))
    counts = _count_kinds(incidents)
    acts = _acts_of(incidents)
    verdicts = _verdicts_of([each.case_id for each in incidents if _is_closed(each)])
    return [
        ComparedIncident(
            incident=each.pk,
            case=each.case_id,
            started=each.starts_at.date().toordinal(),
            items=counts.get((each.pk, Kind.MEDIA), 0),
            calls=counts.get((each.pk, Kind.CALL), 0),
            measure=_most_severe(acts[each.pk]),
            rules=tuple(
                RuleChange(act.on.toordinal(), act.strictness)
                for act in acts[each.pk]
                if act.strictness is not None
            ),
            verdict=verdicts.get(each.case_id or 0, ""),
        )
        for each in incidents
    ]


def shares_of(verdicts: Iterable[str]) -> Mapping[str, tuple[float, float]]:
    """Give the share that finds the post admissible and its standard error, by verdict."""
    found = Figures.objects.filter(snapshot__document_digest__in=list(verdicts))
    shares = {}
    for digest, results in found.values_list("snapshot__document_digest", "document__results"):
        support = next(each["support"] for each in results if each["id"] == JUDGEMENT)
        if support["estimate"] is not None:
            width = support["high"] - support["low"]
            shares[digest] = (support["estimate"], width / (2.0 * _REACH))
    return shares


def _is_closed(incident: Incident) -> bool:
    return incident.case is not None and incident.case.state == "closed"


def _count_kinds(incidents: Sequence[Incident]) -> dict[tuple[int, str], int]:
    tallies = Tally.objects.filter(incident__in=incidents, kind__in=[Kind.MEDIA, Kind.CALL])
    return {
        (pk, kind): count for pk, kind, count in tallies.values_list("incident", "kind", "count")
    }


def _acts_of(incidents: Sequence[Incident]) -> Mapping[int, list[Act]]:
    acts: dict[int, list[Act]] = defaultdict(list)
    for act in Act.objects.filter(incident__in=incidents, withdrawn_at=None).order_by("pk"):
        acts[act.incident_id].append(act)
    return acts


def _most_severe(acts: Iterable[Act]) -> int | None:
    return max((act.measure for act in acts if act.measure is not None), default=None)


def _verdicts_of(cases: Iterable[int | None]) -> dict[int, str]:
    """Name the figures of the open vote of the last round of cases, by case."""
    found = Snapshot.objects.filter(
        round__case__in=list(cases), channel=Channel.OPEN, figures__isnull=False
    ).order_by("round__number", "head_length", "moderation_id", "number")
    # The last of each case stays.
    return dict(found.values_list("round__case", "document_digest"))
