"""Differences between shares in words, rows and bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from spreekruimte.analysis.framings import FEWEST_OPINIONS, Support
from spreekruimte.look.charts import Difference, draw_differences, find_reach
from spreekruimte.look.numbers import write_points
from spreekruimte.verdicts.documents import name_group, round_number
from spreekruimte.verdicts.framings import Figure, Figures
from spreekruimte.verdicts.report.wording import DASH
from spreekruimte.verdicts.showing.pictures import Part

COLUMNS = ("estimate", "low", "high", "anytime_low", "anytime_high")
"""Of a figure in a file of numbers."""


def name_scopes(count: int) -> list[str]:
    """Name everybody and then each group."""
    groups = (_("Group %(name)s") % {"name": name_group(group)} for group in range(count - 1))
    return [_("All"), *groups]


def write_difference(figure: Figure) -> str:
    """Write a difference with its margin, in percentage points; or why there is none."""
    if figure.estimate is None or figure.anytime_low is None or figure.anytime_high is None:
        return say_missing(figure.support)
    return _("%(points)s percentage points (between %(low)s and %(high)s)") % {
        "points": write_points(figure.estimate),
        "low": write_points(figure.anytime_low),
        "high": write_points(figure.anytime_high),
    }


def say_missing(support: Support) -> str:
    """Say in a few words why there is no figure."""
    if support == Support.NO_OPINIONS:
        return _("not asked")
    return _("fewer than %(least)s people") % {"least": FEWEST_OPINIONS}


def list_cells(figure: Figure) -> tuple[float | None, ...]:
    """Give the numbers of a figure in the order of `COLUMNS`."""
    return tuple(round_number(getattr(figure, name)) for name in COLUMNS)


def draw_parts(told: Mapping[str, Figures], notes: Mapping[str, str]) -> tuple[Part, ...]:
    """Draw the figures under each name on one scale.

    Parameters
    ----------
    told
        By the text that stands above.
    notes
        By the same text, what else there is to say.
    """
    rows = {text: _make_rows(figures) for text, figures in told.items()}
    reach = find_reach([row for each in rows.values() for row in each])
    return tuple(
        Part(text, _draw(each, reach, text), notes.get(text, "")) for text, each in rows.items()
    )


def _draw(rows: Sequence[Difference], reach: float, title: str) -> SafeString:
    description = "; ".join(f"{row.label}: {row.shown}" for row in rows)
    svg = draw_differences(rows, reach=reach, title=title, description=description)
    return mark_safe(svg)  # noqa: S308 (drawn by us)


def _make_rows(figures: Figures) -> list[Difference]:
    labels = [_("All"), *(name_group(group) for group in range(len(figures) - 1))]
    return [
        Difference(
            label,
            figure.estimate,
            figure.anytime_low or 0.0,
            figure.anytime_high or 0.0,
            DASH if figure.estimate is None else write_points(figure.estimate),
        )
        for label, figure in zip(labels, figures, strict=True)
    ]
