"""Which guidelines and versions there are, and which lines of them apply to a context."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from spreekruimte.analysis.rules import FALSE, TRUE, evaluate_one
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import Guideline, Version
from spreekruimte.guidelines.stored import lines_of
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class AppliedLine:
    """A line beside one context.

    Attributes
    ----------
    holds
        Whether it holds there; False where that depends on what is not known of the context.
    """

    line: Line
    holds: bool


def guidelines_of(organisation: Organisation) -> list[Guideline]:
    """Return the guidelines of an organisation, the oldest first."""
    return list(Guideline.objects.filter(organisation=organisation).order_by("pk"))


def list_current_versions(organisation: Organisation | None = None) -> list[Version]:
    """Return the version that holds now of each guideline that is published and not withdrawn.

    Parameters
    ----------
    organisation
        Whose guidelines; None for those of all, in the order of names of organisations.
    """
    versions = _current().order_by("guideline__organisation__name", "guideline_id")
    if organisation is not None:
        versions = versions.filter(guideline__organisation=organisation)
    return list(versions)


def current_version(guideline: Guideline) -> Version | None:
    """Return the version that holds now, or None."""
    return _current().filter(guideline=guideline).first()


def versions_of(guideline: Guideline) -> list[Version]:
    """Return all versions of a guideline, the newest first."""
    return list(guideline.versions.select_related("guideline__organisation").order_by("-number"))


def find_version(guideline_id: int, number: int) -> Version | None:
    """Return one published version, or None; also of a guideline that was withdrawn."""
    found: Version | None = (
        Version.objects.filter(guideline_id=guideline_id, number=number)
        .select_related("guideline__organisation")
        .first()
    )
    return found


def find_applying_rules(version: Version, context: Context) -> tuple[AppliedLine, ...]:
    """Return the lines that hold in a context, and those that may, in the order of the version.

    A line that certainly does not hold is left out.
    """
    return apply_lines(lines_of(version), context)


def apply_lines(lines: tuple[Line, ...], context: Context) -> tuple[AppliedLine, ...]:
    """Say of lines what `find_applying_rules` says of those of a version."""
    codes = code_contexts([context])[0].tolist()
    truths = [(line, evaluate_one(line.predicate, codes)) for line in lines]
    return tuple(AppliedLine(line, truth == TRUE) for line, truth in truths if truth != FALSE)


def _current() -> QuerySet[Version]:
    latest = Version.objects.filter(guideline=OuterRef("guideline")).order_by("-number")
    found: QuerySet[Version] = (
        Version.objects.annotate(latest=Subquery(latest.values("number")[:1]))
        .filter(number=F("latest"), guideline__state__in=("current", "revising"))
        .select_related("guideline__organisation")
        .defer("lines")
        .annotate(written=Cast("lines", TextField()))
    )
    return found
