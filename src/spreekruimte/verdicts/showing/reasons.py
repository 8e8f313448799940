"""The reasons of citizens, those with most agreement across groups first."""

from __future__ import annotations

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from spreekruimte.look.charts import draw_bars
from spreekruimte.look.numbers import write_count, write_percent, write_range
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import round_number
from spreekruimte.verdicts.judgement import StatementResult
from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.report.wording import (
    count_people,
    describe_bars,
    make_bars,
    name_flag,
    name_outcome,
    write_share_and_range,
)
from spreekruimte.verdicts.showing.pictures import Part, Picture

# As many as a reader takes in; the table holds all.
DRAWN = 20


def draw(result: ChannelResult) -> Picture | None:
    """Draw the share that agrees with each reason, of all and of each opinion group."""
    if not result.reasons:
        return None
    title = _("Reasons")
    return Picture(
        name="reasons",
        title=title,
        sentence=_say_first(result.reasons[0]),
        explanation=_explain(len(result.reasons)),
        table=Table(
            title,
            (
                _("Reason"),
                _("Agrees (margin)"),
                _("Across groups (margin)"),
                _("Agree"),
                _("Disagree"),
                _("Passed"),
            ),
            [
                (
                    reason.statement.text,
                    write_share_and_range(reason.support),
                    _write_bridging(reason),
                    write_count(reason.agree),
                    write_count(reason.disagree),
                    write_count(reason.passed),
                )
                for reason in result.reasons
            ],
        ),
        rows=(
            (
                *("id", "text", "outcome", "agree", "disagree", "pass", "share", "low", "high"),
                *("across_groups", "across_groups_low", "across_groups_high"),
            ),
            *(_make_row(reason) for reason in result.reasons),
        ),
        parts=tuple(_make_part(reason) for reason in result.reasons[:DRAWN]),
        is_ranked=True,
    )


def _explain(count: int) -> str:
    explained = _(
        "The order is by agreement across groups: a reason stands high if people who differ "
        "otherwise agree with it. The filled part of a bar is the share that agrees, the thin "
        "line its margin. Who passed does not count."
    )
    if count <= DRAWN:
        return explained
    rest = _("The first %(drawn)s are drawn; all %(count)s stand in the table.") % {
        "drawn": write_count(DRAWN),
        "count": write_count(count),
    }
    return f"{explained} {rest}"


def _say_first(first: StatementResult) -> str:
    if first.support.estimate is None:
        return _("Nobody has voted on a reason yet.")
    return _("Agreement across groups is greatest on “%(text)s”: %(share)s.") % {
        "text": first.statement.text,
        "share": _write_bridging(first),
    }


def _make_part(reason: StatementResult) -> Part:
    bars = make_bars(reason)
    opinions = count_people(reason.agree + reason.disagree)
    flags = [name_flag(flag) for flag in reason.flags if flag != "few"]
    svg = draw_bars(bars, title=reason.statement.text, description=describe_bars(bars))
    return Part(
        reason.statement.text,
        mark_safe(svg),  # noqa: S308 (drawn by us)
        " · ".join([name_outcome(reason.outcome), opinions, *flags]),
        is_said=True,
    )


def _write_bridging(reason: StatementResult) -> str:
    bridging = reason.bridging
    return f"{write_percent(bridging.estimate)} ({write_range(bridging.low, bridging.high)})"


def _make_row(reason: StatementResult) -> tuple[str | int | float | None, ...]:
    return (
        reason.statement.id,
        reason.statement.text,
        reason.outcome,
        reason.agree,
        reason.disagree,
        reason.passed,
        round_number(reason.support.estimate),
        round_number(reason.support.low),
        round_number(reason.support.high),
        round_number(reason.bridging.estimate),
        round_number(reason.bridging.low),
        round_number(reason.bridging.high),
    )
