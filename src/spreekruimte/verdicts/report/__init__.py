"""The report: one page that anyone can open, read and keep."""

from __future__ import annotations

from django.utils import translation

from spreekruimte.look.page import render_page
from spreekruimte.verdicts.framings import Framings
from spreekruimte.verdicts.judgement import Judgement
from spreekruimte.verdicts.method import describe_method
from spreekruimte.verdicts.publication import Publication
from spreekruimte.verdicts.report.division import view_division
from spreekruimte.verdicts.report.opinions import view_opinions
from spreekruimte.verdicts.report.rules import view_rules
from spreekruimte.verdicts.report.standing import view_firmness, view_flags, view_top
from spreekruimte.verdicts.report.statements import view_statements
from spreekruimte.verdicts.report.summary import summarise
from spreekruimte.verdicts.report.texts import view_texts

__all__ = ["render_report"]


def render_report(
    judgement: Judgement,
    *,
    input_digest: str,
    publication: Publication,
    framings: Framings | None = None,
) -> bytes:
    """Write ``report.html``: self-contained, without scripts, in the chosen language.

    Parameters
    ----------
    framings
        What was found where people were asked on different texts; None where there was one.
    """
    with translation.override(publication.language):
        page = render_page(
            "verdicts/report.html",
            {
                "summary": summarise(judgement),
                "opinions": view_opinions(judgement),
                "statements": view_statements(judgement),
                "division": view_division(judgement),
                "texts": view_texts(framings),
                "top": view_top(judgement),
                "flags": view_flags(judgement),
                "firmness": view_firmness(judgement),
                "rules": view_rules(judgement.rules),
                "method": describe_method(judgement.rules),
                "input_digest": input_digest,
                "simulated": publication.simulated,
                "has_groups": judgement.groups.count > 0,
            },
        )
    return page.encode()
