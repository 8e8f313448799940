"""What came out of a survey in words, as a picture, and as a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from spreekruimte.analysis.chill import FEWEST
from spreekruimte.cases.sentences import Language
from spreekruimte.guidelines.chill.models import Survey
from spreekruimte.guidelines.chill.queries import is_simulated
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.stored import lines_of
from spreekruimte.look.numbers import write_count, write_percent, write_range
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.showing.pictures import Part, Picture, draw_share

Document = dict[str, Any]
COLUMNS = ("line", "share", "low", "high", "respondents", "cases")


def say_overall(figures: Document) -> str:
    """Say how much chill there is, or why that cannot be told."""
    overall = figures["overall"]
    if figures["respondents"] is None:
        return _("Fewer than %(fewest)s people answered, so there are no figures.") % {
            "fewest": FEWEST
        }
    if overall is None:
        return _(
            "There is no figure: too few people answered on the cases that the public finds "
            "admissible, or the public may well find none of them admissible."
        )
    return _(
        "Where the public finds speaking admissible, %(share)s of public servants would stay "
        "silent (margin %(range)s)."
    ) % {
        "share": write_percent(overall["share"]),
        "range": write_range(overall["low"], overall["high"]),
    }


def list_silent_lines(survey: Survey, figures: Document) -> list[Line]:
    """Give the lines of the version that hold in a case that was asked, without a figure."""
    measured = figures["lines"]
    return [
        line
        for line in lines_of(survey.version)
        if line.name in measured and measured[line.name] is None
    ]


def draw(survey: Survey, figures: Document, language: Language) -> Picture | None:
    """Draw the share that would stay silent: of all, and of each line with a figure."""
    if figures["overall"] is None:
        return None
    lines = [each for each in lines_of(survey.version) if figures["lines"].get(each.name)]
    rows = [(_("All lines"), "", figures["overall"])]
    rows += [
        (line.name, line.text.in_language(language), figures["lines"][line.name]) for line in lines
    ]
    title = _("Silence by line")
    return Picture(
        name="chill",
        title=title,
        sentence=_("Would stay silent, by line: %(shares)s.")
        % {"shares": "; ".join(_say_row(name, found) for name, _text, found in rows)},
        explanation=_(
            "The filled part is the share of answers “I would stay silent” on cases where the line "
            "holds and the public finds the post admissible. The thin line is the margin: the true "
            "share very likely lies there. It holds both that not everybody answered and that it "
            "is not known for certain what the public finds. Who does not know is left out."
        ),
        table=_make_table(title, rows),
        rows=_write_rows(lines, figures),
        parts=tuple(_draw_row(*row) for row in rows),
    )


def write_document(survey: Survey) -> Document:
    """Give all figures of a published survey, for other programs."""
    return {
        "survey": survey.pk,
        "guideline": survey.version.guideline_id,
        "version": survey.version.number,
        "published_at": survey.published_at.isoformat() if survey.published_at else None,
        "method": survey.result.method,
        "simulated": is_simulated(survey),
        **survey.result.figures,
    }


def _draw_row(name: str, text: str, found: Document) -> Part:
    figures = (found["share"], found["low"], found["high"])
    svg = draw_share(*figures, title=name, description=_say_row(name, found))
    return Part(_name_row(name, text), svg)


def _say_row(name: str, found: Document) -> str:
    return _("%(name)s: %(share)s (margin %(range)s)") % {
        "name": name,
        "share": write_percent(found["share"]),
        "range": write_range(found["low"], found["high"]),
    }


def _name_row(name: str, text: str) -> str:
    return f"{name}. {text}" if text else name


def _make_table(title: str, rows: Sequence[tuple[str, str, Document]]) -> Table:
    return Table(
        title,
        (
            _("Line"),
            _("Would stay silent"),
            _("Margin"),
            _("People"),
            _("Cases"),
        ),
        [
            (
                _name_row(name, text),
                write_percent(found["share"]),
                write_range(found["low"], found["high"]),
                write_count(found["respondents"]),
                write_count(len(found["cases"])),
            )
            for name, text, found in rows
        ],
    )


def _write_rows(
    lines: Sequence[Line], figures: Document
) -> tuple[tuple[str | int | float | None, ...], ...]:
    found = [("all", figures["overall"])]
    found += [(line.name, figures["lines"][line.name]) for line in lines]
    return (
        COLUMNS,
        *(
            (
                name,
                each["share"],
                each["low"],
                each["high"],
                each["respondents"],
                " ".join(map(str, each["cases"])),
            )
            for name, each in found
        ),
    )
