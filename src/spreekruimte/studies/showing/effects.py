"""What each value of an attribute changes: a picture for each attribute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from spreekruimte.ballots.about import ABOUT
from spreekruimte.look.numbers import write_count, write_decimal
from spreekruimte.look.tables import Table
from spreekruimte.studies.estimating import is_refusal
from spreekruimte.studies.plans import Plan, name_value
from spreekruimte.studies.showing.words import (
    Row,
    is_certain,
    name_answer,
    name_attribute,
    name_values,
    say_refusal,
    write_difference,
    write_share,
)
from spreekruimte.verdicts.showing import Picture
from spreekruimte.verdicts.showing.pictures import Part, draw_share

Figures = Mapping[str, Any]
_COLUMNS = ("estimate", "error", "low", "high")


def draw_all(plan: Plan, figures: Figures) -> list[Picture]:
    """Draw one picture for each attribute; none where there is no support."""
    if "means" not in figures or is_refusal(figures["means"]):
        return []
    return [_draw(plan, attribute, figures) for attribute in plan.values]


def say_largest(figures: Figures) -> str:
    """Say which value changes most of those whose margin leaves out nothing at all."""
    effects = figures.get("effects", [])
    if is_refusal(effects):
        return ""
    certain = [row for row in effects if is_certain(row)]
    if not certain:
        return _("Of no value it is certain that it changes anything.")
    most = max(certain, key=lambda row: abs(row["estimate"]))
    ((attribute, value),) = most["values"].items()
    base = next(iter(_rows_of(attribute, figures["means"])))["values"][attribute]
    points = write_decimal(100.0 * abs(most["estimate"]), 0)
    sentence = (
        _(
            "What makes most difference is “%(attribute)s”: with “%(value)s” %(points)s more in a "
            "hundred find the post admissible than with “%(base)s”."
        )
        if most["estimate"] > 0.0
        else _(
            "What makes most difference is “%(attribute)s”: with “%(value)s” %(points)s fewer in a "
            "hundred find the post admissible than with “%(base)s”."
        )
    )
    return sentence % {
        "attribute": name_attribute(attribute),
        "value": name_value(attribute, value),
        "base": name_value(attribute, base),
        "points": points,
    }


def tabulate_interactions(figures: Figures) -> Table | None:
    """Give what two values change together beyond what each does alone."""
    rows = figures.get("interactions", [])
    if is_refusal(rows) or not rows:
        return None
    return Table(
        _("What two values change together"),
        (_("Values"), _("Beyond each alone, in percentage points (margin)")),
        [(name_values(row["values"]), write_difference(row)) for row in rows],
    )


def tabulate_groups(figures: Figures) -> list[Table]:
    """Give how groups of respondents differ, a table for each group beside the largest."""
    return [
        Table(
            _("%(question)s “%(group)s” (%(count)s people) beside “%(against)s”")
            % {
                "question": ABOUT[question].label,
                "group": name_answer(question, each["group"]),
                "count": write_count(each["respondents"]),
                "against": name_answer(question, each["against"]),
            },
            (_("Value"), _("More often admissible, in percentage points (margin)")),
            [(name_values(row["values"]), write_difference(row)) for row in each["differences"]],
        )
        for question, compared in figures.get("groups", {}).items()
        if not is_refusal(compared)
        for each in compared
    ]


def list_refusals(figures: Figures) -> list[str]:
    """Say which parts have no figures, and why; each reason once."""
    if is_refusal(figures):
        return [say_refusal(figures)]
    parts = (figures[name] for name in ("means", "effects", "interactions", "model"))
    compared = figures["groups"].values()
    return list(
        dict.fromkeys(say_refusal(part) for part in (*parts, *compared) if is_refusal(part))
    )


def list_rows(figures: Figures) -> list[tuple[str | int | float | None, ...]]:
    """Give all estimates of a channel as rows: kind, group, values, and the numbers."""
    rows: list[tuple[str | int | float | None, ...]] = []
    for kind in ("means", "effects", "interactions"):
        if kind in figures and not is_refusal(figures[kind]):
            rows += [_to_row(kind, "", row) for row in figures[kind]]
    for question, compared in figures.get("groups", {}).items():
        if not is_refusal(compared):
            for each in compared:
                group = f"{question}: {each['group']} against {each['against']}"
                rows += [_to_row("difference of means", group, row) for row in each["differences"]]
    return rows


def _draw(plan: Plan, attribute: str, figures: Figures) -> Picture:
    means = _rows_of(attribute, figures["means"])
    effects = {} if is_refusal(figures["effects"]) else _by_value(attribute, figures["effects"])
    title = name_attribute(attribute)
    highest = max(means, key=lambda row: float(row["estimate"]))
    lowest = min(means, key=lambda row: float(row["estimate"]))
    said = _("With “%(most)s” %(high)s find the post admissible; with “%(least)s” %(low)s do.") % {
        "most": name_value(attribute, highest["values"][attribute]),
        "high": write_share(highest),
        "least": name_value(attribute, lowest["values"][attribute]),
        "low": write_share(lowest),
    }
    return Picture(
        name=attribute,
        title=title,
        sentence=said,
        explanation=_explain(plan, attribute),
        table=Table(
            title,
            (_("Value"), _("Admissible (margin)"), _("Change in percentage points (margin)")),
            [
                (
                    str(name_value(attribute, value)),
                    write_share(row),
                    write_difference(effects[value]) if value in effects else "—",
                )
                for row in means
                for value in row["values"].values()
            ],
        ),
        rows=(
            ("value", *(f"share_{name}" for name in _COLUMNS), *(f"change_{n}" for n in _COLUMNS)),
            *(
                (
                    value,
                    *(row[name] for name in _COLUMNS),
                    *(effects.get(value, {}).get(name) for name in _COLUMNS),
                )
                for row in means
                for value in row["values"].values()
            ),
        ),
        parts=tuple(
            Part(str(name_value(attribute, value)), _draw_bar(attribute, value, row))
            for row in means
            for value in row["values"].values()
        ),
    )


def _explain(plan: Plan, attribute: str) -> str:
    said = _(
        "The share that finds the post admissible, on average over the rest of the context. The "
        "thin line is the margin: the true share very likely lies there."
    )
    if not any(attribute in rule for rule in plan.forbidden):
        return said
    tied = _(
        "Some of these values were never shown with some others, so part of the difference can be "
        "of those others. The change in the table has that taken out."
    )
    return f"{said} {tied}"


def _draw_bar(attribute: str, value: str, row: Row) -> SafeString:
    name = str(name_value(attribute, value))
    low = row["estimate"] if row["low"] is None else max(row["low"], 0.0)
    high = row["estimate"] if row["high"] is None else min(row["high"], 1.0)
    return draw_share(row["estimate"], low, high, title=name, description=write_share(row))


def _rows_of(attribute: str, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if attribute in row["values"]]


def _by_value(attribute: str, rows: Sequence[Row]) -> dict[str, Row]:
    return {row["values"][attribute]: row for row in _rows_of(attribute, rows)}


def _to_row(kind: str, group: str, row: Row) -> tuple[str | int | float | None, ...]:
    values = "; ".join(f"{attribute}={value}" for attribute, value in row["values"].items())
    return (kind, group, values, *(row[name] for name in _COLUMNS))
