"""All statements along one line, from agreed to divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from spreekruimte.look.charts import Point, Tick, draw_beeswarm
from spreekruimte.look.numbers import write_percent
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.judgement import Judgement, StatementResult
from spreekruimte.verdicts.report.wording import (
    MARKS,
    join_words,
    list_statement,
    name_outcome,
    name_statement,
    say_statement,
    write_share,
)

# Of two widths one is shown, so that text keeps its size on a phone.
NARROW, WIDE = 320, 900
# The statements with most division, by name in the table.
LISTED = 20


@dataclass(frozen=True, slots=True)
class DividedRow:
    """One statement with its division and each group's share."""

    text: str
    outcome: str
    division: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """How many statements lie in one part of the line."""

    range: str
    count: int


@dataclass(frozen=True, slots=True)
class DivisionView:
    """The beeswarm and the table beside it."""

    narrow: SafeString
    wide: SafeString
    finding: str
    bands: tuple[Band, ...]
    groups: tuple[str, ...]
    rows: tuple[DividedRow, ...]


def view_division(judgement: Judgement) -> DivisionView | None:
    """Lay the statements along a line; None where there is no statement."""
    if not judgement.results:
        return None
    ranked = sorted(
        judgement.results,
        key=lambda result: ("few" in result.flags, -result.division, result.rank),
    )
    # A few opinions can lie far apart by chance.
    most = None if "few" in ranked[0].flags else ranked[0]
    finding = _describe_most_divided(most)
    return DivisionView(
        narrow=_draw(judgement.results, most, NARROW, "swarm narrow", finding),
        wide=_draw(judgement.results, most, WIDE, "swarm wide", finding),
        finding=finding,
        bands=_count_bands(judgement.results),
        groups=tuple(name_group(group) for group in range(judgement.groups.count)),
        rows=tuple(
            DividedRow(
                text=list_statement(result.statement),
                outcome=name_outcome(result.outcome),
                division=write_percent(result.division),
                shares=tuple(write_share(group.support) for group in result.by_group),
            )
            for result in ranked[:LISTED]
        ),
    )


def _draw(
    results: Sequence[StatementResult],
    most: StatementResult | None,
    width: int,
    name: str,
    finding: str,
) -> SafeString:
    points = [
        Point(
            result.division,
            MARKS[result.outcome],
            name_statement(result.statement) if result is most else "",
        )
        for result in results
    ]
    ticks = [
        Tick(0.0, _("0%: agreed")),
        Tick(0.25),
        Tick(0.5, write_percent(0.5)),
        Tick(0.75),
        Tick(1.0, _("divided: 100%")),
    ]
    picture = draw_beeswarm(
        points,
        ticks,
        width=width,
        title=_("Statements by division"),
        description=finding,
        name=name,
    )
    return mark_safe(picture)  # noqa: S308 (drawn by us)


def _describe_most_divided(result: StatementResult | None) -> str:
    if result is None:
        return _("No statement has enough opinions to tell where people differ most.")
    text = say_statement(result.statement)
    known = [group for group in result.by_group if group.support.estimate is not None]
    if not known:
        return _("People are most divided on “%(text)s”: %(share)s agrees.") % {
            "text": text,
            "share": write_share(result.support),
        }
    shares = join_words(
        [
            _("%(share)s of group %(name)s")
            % {"share": write_share(group.support), "name": name_group(group.group)}
            for group in known
        ]
    )
    return _("The groups lie furthest apart on “%(text)s”: %(shares)s agrees.") % {
        "text": text,
        "shares": shares,
    }


def _count_bands(results: Sequence[StatementResult]) -> tuple[Band, ...]:
    bands = []
    for start in range(0, 100, 10):
        count = sum(start <= min(100 * result.division, 99.999) < start + 10 for result in results)
        bands.append(Band(f"{start}–{start + 10}%", count))
    return tuple(bands)
