"""What context, fuss and the mirror change over all closed cases: in words, bars and a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from spreekruimte.analysis.framings import Pooled, pool_effects
from spreekruimte.ballots.models import Channel
from spreekruimte.look.charts import Difference, draw_differences, find_reach
from spreekruimte.look.numbers import write_count, write_points
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import round_number
from spreekruimte.verdicts.framings import EFFECTS, Figure, Framings
from spreekruimte.verdicts.queries.context import CaseFramings
from spreekruimte.verdicts.report.wording import DASH
from spreekruimte.verdicts.showing.differences import COLUMNS, list_cells, write_difference
from spreekruimte.verdicts.showing.framings import name_effects

HEADLINES = ("weight_of_context", "pull_of_fuss", "mirror_gap")
# More cases than these stand in the table alone.
DRAWN = 30

Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison over all cases.

    Attributes
    ----------
    name
        In addresses and files.
    sentence
        What comes out of all cases together.
    svg
        Empty where no case has a figure.
    """

    name: str
    title: str
    sentence: str
    table: Table
    svg: SafeString


def compare_cases(cases: Sequence[CaseFramings]) -> list[Comparison]:
    """Show what changes a judgement over the cases of one channel: what matters most first."""
    titles = {**name_effects(), "mirror_gap": _("The same post with its direction turned round")}
    order = [*HEADLINES, *(name for name in EFFECTS if name not in HEADLINES)]
    return [_compare(name, titles[name], cases) for name in order]


def list_rows(cases: Sequence[CaseFramings]) -> list[Row]:
    """Give all figures of everybody as rows for a file, with those over all cases.

    What is over all cases is simulated where one of them is.
    """
    head = ("simulated", "channel", "comparison", "case", "round", *COLUMNS, "spread")
    rows: list[Row] = [head]
    for channel in Channel:
        own = [each for each in cases if each.channel == channel]
        for name in (*EFFECTS, "mirror_gap"):
            figures = _read(name, own)
            rows += [
                (
                    _write_flag(each.is_simulated),
                    channel.value,
                    name,
                    each.case_id,
                    each.round_number,
                    *list_cells(figure),
                    None,
                )
                for each, figure in figures
            ]
            if (pooled := _pool(figures)) is not None:
                flag = _write_flag(any(each.is_simulated for each in own))
                numbers = map(round_number, (pooled.value, pooled.low, pooled.high))
                spread = round_number(pooled.spread)
                rows.append((flag, channel.value, name, "all", None, *numbers, None, None, spread))
    return rows


def _write_flag(is_set: bool) -> str:
    return "yes" if is_set else "no"


def _compare(name: str, title: str, cases: Sequence[CaseFramings]) -> Comparison:
    figures = _read(name, cases)
    pooled = _pool(figures)
    return Comparison(
        name=name,
        title=title,
        sentence=_say(name, pooled),
        table=Table(
            title,
            (_("Case"), _("Difference (margin)")),
            [
                *([] if pooled is None else [(_("All cases"), _write_pooled(pooled))]),
                *((_name(each), write_difference(figure)) for each, figure in figures),
            ],
        ),
        svg=_draw(title, figures, pooled),
    )


def _read(name: str, cases: Sequence[CaseFramings]) -> list[tuple[CaseFramings, Figure]]:
    find: Callable[[Framings], Figure] = (
        (lambda found: found.mirror_gap[0])
        if name == "mirror_gap"
        else (lambda found: found.effects[name][0])
    )
    return [(each, find(each.framings)) for each in cases]


def _pool(figures: Sequence[tuple[CaseFramings, Figure]]) -> Pooled | None:
    told = [figure for _case, figure in figures if figure.estimate is not None]
    columns = np.array([[each.estimate, each.low, each.high] for each in told], dtype=np.float64)
    levels = {each.framings.level for each, _figure in figures}
    if len(levels) != 1:
        return None
    values, low, high = columns.reshape(-1, 3).T
    return pool_effects(values, low, high, levels.pop())


def _draw(
    title: str, figures: Sequence[tuple[CaseFramings, Figure]], pooled: Pooled | None
) -> SafeString:
    rows = [
        Difference(
            str(each.case_id),
            figure.estimate,
            figure.anytime_low or 0.0,
            figure.anytime_high or 0.0,
            DASH if figure.estimate is None else write_points(figure.estimate),
        )
        for each, figure in figures[:DRAWN]
    ]
    if all(row.value is None for row in rows):
        return SafeString("")
    if pooled is not None:
        shown = write_points(pooled.value)
        rows.insert(0, Difference(_("Together"), pooled.value, pooled.low, pooled.high, shown))
    description = "; ".join(f"{row.label}: {row.shown}" for row in rows)
    svg = draw_differences(rows, reach=find_reach(rows), title=title, description=description)
    return mark_safe(svg)  # noqa: S308 (drawn by us)


def _name(case: CaseFramings) -> str:
    if case.round_number == 1:
        return _("Case %(case)s") % {"case": case.case_id}
    return _("Case %(case)s, round %(round)s") % {"case": case.case_id, "round": case.round_number}


def _write_pooled(pooled: Pooled) -> str:
    return _("%(points)s percentage points (between %(low)s and %(high)s)") % {
        "points": write_points(pooled.value),
        "low": write_points(pooled.low),
        "high": write_points(pooled.high),
    }


def _say(name: str, pooled: Pooled | None) -> str:
    if pooled is None:
        return _("There are not yet two cases with figures, so there is no figure over all cases.")
    is_sure = pooled.low > 0.0 or pooled.high < 0.0
    told = _sentences()[name, is_sure] % {"difference": _write_pooled(pooled)}
    spread = _(
        "That is over %(cases)s cases; what is true of single cases lies about %(spread)s "
        "percentage points from it."
    ) % {"cases": write_count(pooled.cases), "spread": write_count(round(100 * pooled.spread))}
    return f"{told} {spread}"


def _sentences() -> Mapping[tuple[str, bool], str]:
    plain = {
        True: _("This changes the judgement: %(difference)s."),
        False: _("This makes no difference that is sure: %(difference)s."),
    }
    steps = {(name, is_sure): plain[is_sure] for name in EFFECTS for is_sure in plain}
    return {
        **steps,
        ("weight_of_context", True): _("All context changes the judgement: %(difference)s."),
        ("weight_of_context", False): _(
            "All context makes no difference that is sure: %(difference)s."
        ),
        ("pull_of_fuss", True): _("The fuss changes the judgement: %(difference)s."),
        ("pull_of_fuss", False): _("The fuss makes no difference that is sure: %(difference)s."),
        ("mirror_gap", True): _(
            "The same post in the opposite direction is judged otherwise: %(difference)s."
        ),
        ("mirror_gap", False): _(
            "The same post in the opposite direction is not surely judged otherwise: "
            "%(difference)s."
        ),
    }
