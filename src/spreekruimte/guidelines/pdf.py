"""A guideline as a tagged PDF, with the evidence of each line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.template.loader import render_to_string

from spreekruimte.guidelines.evidence import Evidence
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.showing import reading_language, show_evidence
from spreekruimte.guidelines.stored import title_of
from spreekruimte.look.printing import print_page


def render_pdf(version: Version, evidence: Sequence[Evidence], *, today: date) -> bytes:
    """Write a version in the active language.

    Raises
    ------
    OSError
        Where the library that draws text is missing; see `spreekruimte.look.printing`.
    """
    page = {
        "language": reading_language(),
        "version": version,
        "title": title_of(version),
        "lines": [show_evidence(each) for each in evidence],
        "today": today,
    }
    return print_page(render_to_string("guidelines/pdf.html", page))
