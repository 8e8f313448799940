"""Guidelines for other programs: JSON with its evidence, and a calendar of when that lapses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from spreekruimte.analysis.rules import Reach
from spreekruimte.cases.sentences import LANGUAGES, Bilingual
from spreekruimte.guidelines.documents import SCHEMA, write_lines
from spreekruimte.guidelines.evidence import Evidence
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.packs import Pack
from spreekruimte.guidelines.stored import lines_of, title_of
from spreekruimte.guidelines.studied_room import StudiedRoom, measure_lines
from spreekruimte.verdicts.documents import round_number
from spreekruimte.verdicts.judgement import Interval

LONGEST_OCTETS = 75
"""How long a line of a calendar may be (RFC 5545, 3.1)."""


def export_pack(pack: Pack, room: StudiedRoom | None) -> dict[str, Any]:
    """Give a pack as JSON; each key is explained in ``schema/guideline.schema.json``."""
    return {
        "schema": SCHEMA,
        "title": _write_text(pack.title),
        "pack": pack.id,
        "lines": write_lines(pack.lines),
        "over_study": _write_room(pack.lines, room),
    }


def export_version(
    version: Version, evidence: Sequence[Evidence], room: StudiedRoom | None
) -> dict[str, Any]:
    """Give a published version as JSON, with what its lines rest on."""
    return {
        "schema": SCHEMA,
        "title": _write_text(title_of(version)),
        "organisation": version.guideline.organisation.name,
        "guideline": version.guideline_id,
        "version": version.number,
        "published_at": version.published_at.isoformat(),
        "lines": write_lines(lines_of(version)),
        "evidence": [_write_evidence(each) for each in evidence],
        "over_study": _write_room(lines_of(version), room),
    }


def write_calendar(version: Version, evidence: Sequence[Evidence], *, now: datetime) -> str:
    """Give a calendar (RFC 5545) of the days from which the evidence of lines has lapsed."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Spreekruimte//Guidelines//EN",
        f"X-WR-CALNAME:{_escape(str(title_of(version)))}",
        *_write_events(version, evidence, now),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _write_events(version: Version, evidence: Iterable[Evidence], now: datetime) -> Iterator[str]:
    for each in evidence:
        if each.expires_on is None:
            continue
        summary = _("The evidence of line %(line)s lapses: %(text)s") % {
            "line": each.line.name,
            "text": each.line.text,
        }
        yield "BEGIN:VEVENT"
        yield f"UID:guideline-{version.guideline_id}-{each.line.name}@spreekruimte"
        yield f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;VALUE=DATE:{each.expires_on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{each.expires_on + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_escape(summary)}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _write_evidence(evidence: Evidence) -> dict[str, Any]:
    distance = evidence.distance
    return {
        "line": evidence.line.name,
        "standing": evidence.standing,
        "people": evidence.people,
        "expires_on": evidence.expires_on.isoformat() if evidence.expires_on else None,
        "distance": None
        if distance is None
        else {"kind": distance.kind, **_write_reach(distance.reach)},
        "cases": [
            {
                "case": found.case_id,
                "channel": found.channel.value,
                "admissible": found.admissible,
                "inadmissible": found.inadmissible,
                "share": _write_interval(found.share),
                "outcome": found.outcome,
                "mirror_gap": _write_interval(found.mirror_gap),
                "simulated": found.is_simulated,
                "published_at": found.published_at.isoformat(),
            }
            for found in evidence.findings
        ],
        "studies": [
            {
                "study": found.study_id,
                "channel": found.channel.value,
                "contexts": found.contexts,
                "people": found.people,
                "opinions": found.opinions,
                "share": _write_interval(found.share),
                "simulated": found.is_simulated,
                "published_at": found.published_at.isoformat(),
            }
            for found in evidence.studies
        ],
    }


def _write_room(lines: Sequence[Line], room: StudiedRoom | None) -> dict[str, Any] | None:
    """Give what lines do over the contexts of a study; null where none compares what they ask."""
    if room is None:
        return None
    found = measure_lines(lines, room)
    index, is_told = found.strictness.index, bool(found.strictness.decided)
    return {
        "study": room.study.pk,
        "people": room.people,
        "contexts": len(room.codes),
        "simulated": room.study.is_simulated,
        "strictness": None if index is None else round_number(index),
        "decided": round_number(found.strictness.decided),
        "overreach": _write_reach(found.overreach) if is_told else None,
        "underreach": _write_reach(found.underreach) if is_told else None,
    }


def _write_reach(reach: Reach) -> dict[str, float | None]:
    return {name: round_number(getattr(reach, name)) for name in ("share", "low", "high")}


def _write_interval(interval: Interval | None) -> dict[str, float | None] | None:
    if interval is None:
        return None
    return {name: round_number(getattr(interval, name)) for name in ("estimate", "low", "high")}


def _write_text(text: Bilingual) -> dict[str, str]:
    return {language: text.in_language(language) for language in LANGUAGES}


def _escape(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _fold(line: str) -> str:
    """Break a line where it is too long, between letters; each further part begins with a space."""
    parts = [""]
    for sign in line:
        if len(f"{parts[-1]}{sign}".encode()) > LONGEST_OCTETS - 1:
            parts.append("")
        parts[-1] += sign
    return "\r\n ".join(parts)
