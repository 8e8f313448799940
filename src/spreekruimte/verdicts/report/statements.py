"""Statement by statement: bars, figures, and a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from spreekruimte.look.charts import draw_bars, draw_key
from spreekruimte.look.numbers import write_count, write_percent, write_range
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.judgement import GroupResult, Judgement, StatementResult
from spreekruimte.verdicts.report.wording import (
    DASH,
    MARKS,
    describe_bars,
    describe_cost,
    list_statement,
    make_bars,
    name_flag,
    name_outcome,
    name_statement,
    say_statement,
    write_share,
    write_share_and_range,
)

# How many statements stand open, and how many each fold below them holds.
OPEN, FOLD = 20, 50


@dataclass(frozen=True, slots=True)
class Item:
    """One statement as the list shows it."""

    text: str
    key: SafeString
    outcome: str
    opinions: str
    passed: str
    cost: str
    flags: tuple[str, ...]
    picture: SafeString


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of statements that is opened at will."""

    first: str
    last: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement as a row of the table."""

    text: str
    outcome: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementsView:
    """All judged statements, by rank."""

    finding: str
    open: tuple[Item, ...]
    folds: tuple[Fold, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def view_statements(judgement: Judgement) -> StatementsView:
    """Show each judged statement, the one with most agreement across groups first."""
    ranked = sorted(judgement.results, key=lambda result: result.rank)
    items = tuple(_view_item(result) for result in ranked)
    return StatementsView(
        finding=_describe_first(ranked),
        open=items[:OPEN],
        folds=tuple(
            Fold(
                write_count(start + 1),
                write_count(start + len(items[start : start + FOLD])),
                items[start : start + FOLD],
            )
            for start in range(OPEN, len(items), FOLD)
        ),
        columns=_name_columns(judgement.groups.count),
        rows=tuple(_view_row(result) for result in ranked),
    )


def _view_item(result: StatementResult) -> Item:
    bars = make_bars(result)
    picture = draw_bars(
        bars,
        title=name_statement(result.statement),
        description=describe_bars(bars),
    )
    votes = result.agree + result.disagree + result.passed
    return Item(
        text=say_statement(result.statement),
        key=mark_safe(draw_key(MARKS[result.outcome])),  # noqa: S308 (drawn by us)
        outcome=name_outcome(result.outcome),
        opinions=write_count(result.agree + result.disagree),
        passed=write_percent(result.passed / votes) if votes else DASH,
        cost=describe_cost(result),
        flags=tuple(name_flag(flag) for flag in result.flags),
        picture=mark_safe(picture),  # noqa: S308 (drawn by us)
    )


def _describe_first(ranked: Sequence[StatementResult]) -> str:
    if not ranked:
        return _("No statement could be judged.")
    first = ranked[0]
    text = say_statement(first.statement)
    if not first.by_group:
        return _("Agreement is greatest on “%(text)s”: %(share)s.") % {
            "text": text,
            "share": write_share_and_range(first.support),
        }
    return _(
        "Agreement across groups is greatest on “%(text)s”: "
        "%(estimate)s, with a margin of %(range)s."
    ) % {
        "text": text,
        "estimate": write_percent(first.bridging.estimate),
        "range": write_range(first.bridging.low, first.bridging.high),
    }


def _name_columns(group_count: int) -> tuple[str, ...]:
    whole = (
        _("Agrees (margin)"),
        _("However often one looks"),
        _("Agree"),
        _("Disagree"),
        _("Passed"),
        _("Across groups (margin)"),
    )
    groups = tuple(
        _("Group %(name)s (margin), opinions") % {"name": name_group(group)}
        for group in range(group_count)
    )
    return whole + groups


def _view_row(result: StatementResult) -> Row:
    bridging = result.bridging
    whole = (
        write_share_and_range(result.support),
        write_range(result.anytime.low, result.anytime.high),
        write_count(result.agree),
        write_count(result.disagree),
        write_count(result.passed),
        f"{write_percent(bridging.estimate)} ({write_range(bridging.low, bridging.high)})",
    )
    return Row(
        text=list_statement(result.statement),
        outcome=name_outcome(result.outcome),
        cells=whole + tuple(_write_group(group) for group in result.by_group),
    )


def _write_group(group: GroupResult) -> str:
    opinions = write_count(group.agree + group.disagree)
    return (
        f"{write_share_and_range(group.support)}, {opinions}"
        if group.support.estimate is not None
        else write_share(group.support)
    )
