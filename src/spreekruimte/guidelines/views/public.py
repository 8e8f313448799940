"""What everybody reads: guidelines with the evidence of each line, and packs."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from spreekruimte.guidelines.evidence import Evidence, measure_distances
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.queries.evidence import (
    find_evidence,
    find_findings,
    find_open_cases,
)
from spreekruimte.guidelines.queries.versions import list_current_versions, versions_of
from spreekruimte.guidelines.room import closed_contexts, rate_strictness
from spreekruimte.guidelines.showing import (
    say_distance,
    say_strictness,
    show_evidence,
    show_line,
)
from spreekruimte.guidelines.showing_room import ShownRoom, show_room
from spreekruimte.guidelines.stored import lines_of, title_of
from spreekruimte.guidelines.studied_room import find_room
from spreekruimte.guidelines.views.differences import show_differences
from spreekruimte.guidelines.views.found import (
    find_pack,
    find_published,
    find_published_guideline,
)
from spreekruimte.look.printing import find_obstacle


@require_safe
def list_public(request: HttpRequest) -> HttpResponse:
    """Show the guidelines that hold now, and those of others."""
    page = {
        "versions": [(each, title_of(each)) for each in list_current_versions()],
        "packs": packs().values(),
    }
    return _keep_fresh(render(request, "guidelines/list.html", page))


@require_safe
def show_guideline(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """Show the latest version of a guideline, with the evidence of each line."""
    versions = versions_of(find_published_guideline(guideline_id))
    return _show_version(request, versions[0], versions)


@require_safe
def show_version(request: HttpRequest, guideline_id: int, number: int) -> HttpResponse:
    """Show one version of a guideline, with the evidence of each line as it is now."""
    version = find_published(guideline_id, number)
    return _show_version(request, version, versions_of(version.guideline))


@require_safe
def compare_versions(request: HttpRequest, guideline_id: int, number: int) -> HttpResponse:
    """Show what a version changed of the one before."""
    version = find_published(guideline_id, number)
    before = find_published(guideline_id, number - 1)
    about = {"version": version, "before": before, "title": title_of(version)}
    response = show_differences(
        request,
        "guidelines/differences.html",
        lines_of(before),
        lines_of(version),
        about,
        organisation=version.guideline.organisation,
    )
    return _keep_fresh(response)


@require_safe
def show_pack(request: HttpRequest, name: str) -> HttpResponse:
    """Show a guideline that ships with the system."""
    pack = find_pack(name)
    room = show_room(pack.lines, find_room(None, pack.lines))
    page = {
        "pack": pack,
        "lines": list(zip(map(show_line, pack.lines), _say_over(room, pack.lines), strict=True)),
        "room": room,
        "strictness": say_strictness(rate_strictness(pack.lines, closed_contexts())),
    }
    return _keep_fresh(render(request, "guidelines/pack.html", page))


def _show_version(request: HttpRequest, version: Version, versions: list[Version]) -> HttpResponse:
    guideline, now = version.guideline, timezone.now()
    lines = lines_of(version)
    findings = find_findings(guideline.organisation)
    evidence = find_evidence(guideline, lines, timezone.localdate(now))
    open_cases = find_open_cases(guideline.organisation, lines, now)
    room = show_room(lines, find_room(guideline.organisation, lines))
    page = {
        "version": version,
        "guideline": guideline,
        "title": title_of(version),
        "is_current": version == versions[0] and guideline.state != "withdrawn",
        "versions": versions,
        "has_before": version.number > 1,
        "lines": [
            (show_evidence(each), open_, over_room)
            for each, open_, over_room in zip(
                evidence, open_cases, _say_over(room, lines), strict=True
            )
        ],
        "room": room,
        "strictness": say_strictness(rate_strictness(lines, closed_contexts())),
        "distances": [say_distance(each) for each in measure_distances(lines, findings)],
        "judged": len(findings),
        "is_simulated": any(_is_simulated(each) for each in evidence)
        or (room is not None and room.study.is_simulated),
        "has_pdf": find_obstacle() is None,
    }
    return _keep_fresh(render(request, "guidelines/guideline.html", page))


def _say_over(room: ShownRoom | None, lines: Sequence[Line]) -> Sequence[str]:
    return room.lines if room else [""] * len(lines)


def _is_simulated(evidence: Evidence) -> bool:
    cases, studies = evidence.findings, evidence.studies
    return any(each.is_simulated for each in cases) or any(each.is_simulated for each in studies)


def _keep_fresh(response: HttpResponse) -> HttpResponse:
    response.setdefault("Cache-Control", "no-cache")
    return response
