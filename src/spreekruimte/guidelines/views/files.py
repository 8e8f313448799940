"""Guidelines as files: JSON, PDF and a calendar."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spreekruimte.guidelines.evidence import Evidence
from spreekruimte.guidelines.exporting import export_pack, export_version, write_calendar
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.pdf import render_pdf
from spreekruimte.guidelines.queries.evidence import find_evidence
from spreekruimte.guidelines.queries.versions import current_version
from spreekruimte.guidelines.stored import lines_of
from spreekruimte.guidelines.studied_room import find_room
from spreekruimte.guidelines.views.found import find_pack, find_published, find_published_guideline
from spreekruimte.look.printing import find_obstacle


@require_safe
def download_version(
    request: HttpRequest,  # noqa: ARG001 - every view gets it
    guideline_id: int,
    number: int,
) -> HttpResponse:
    """Give a version as JSON."""
    version = find_published(guideline_id, number)
    name = f"guideline-{version.guideline_id}-{version.number}"
    room = find_room(version.guideline.organisation, lines_of(version))
    return _give_json(export_version(version, _evidence_of(version), room), name)


@require_safe
def download_pack(
    request: HttpRequest,  # noqa: ARG001 - every view gets it
    name: str,
) -> HttpResponse:
    """Give a pack as JSON."""
    pack = find_pack(name)
    return _give_json(export_pack(pack, find_room(None, pack.lines)), pack.id)


@require_safe
def download_pdf(
    request: HttpRequest,  # noqa: ARG001 - every view gets it
    guideline_id: int,
    number: int,
) -> HttpResponse:
    """Give a version as a tagged PDF, in the language of the reader."""
    version = find_published(guideline_id, number)
    if find_obstacle() is not None:
        raise Http404
    content = render_pdf(version, _evidence_of(version), today=timezone.localdate())
    return _give(content, "application/pdf", f"guideline-{version.guideline_id}-{number}.pdf")


@require_safe
def follow_expiries(
    request: HttpRequest,  # noqa: ARG001 - every view gets it
    guideline_id: int,
) -> HttpResponse:
    """Give a calendar of the days on which the evidence of lines lapses."""
    version = current_version(find_published_guideline(guideline_id))
    if version is None:
        raise Http404
    content = write_calendar(version, _evidence_of(version), now=timezone.now())
    name = f"guideline-{version.guideline_id}.ics"
    return _give(content.encode(), "text/calendar; charset=utf-8", name)


def _evidence_of(version: Version) -> tuple[Evidence, ...]:
    return find_evidence(version.guideline, lines_of(version), timezone.localdate())


def _give_json(document: dict[str, Any], name: str) -> HttpResponse:
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    return _give(content, "application/json", f"{name}.json")


def _give(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return HttpResponse(content, content_type=kind, headers=headers)
