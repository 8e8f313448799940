"""The words that the report has for outcomes, groups, shares and flags."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.analysis.verdicts import Outcome
from spreekruimte.analysis.votes import Statement
from spreekruimte.look.charts import Bar, Mark
from spreekruimte.look.numbers import write_count, write_percent, write_range
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.judgement import Interval, StatementResult

# In the order in which the report counts them.
MARKS: dict[Outcome, Mark] = {
    "admissible": "disc",
    "inadmissible": "square",
    "divided": "diamond",
    "undecided": "ring",
}
DASH = "–"
# A longer id is a code that says a reader nothing.
LONGEST_ID = 12


def name_outcome(outcome: Outcome) -> str:
    """Say an outcome in one or two words."""
    return {
        "admissible": _("admissible"),
        "inadmissible": _("not admissible"),
        "divided": _("divided"),
        "undecided": _("not decided yet"),
    }[outcome]


def name_flag(flag: str) -> str:
    """Say a flag in a few words."""
    return {
        "pushed": _("Pushed"),
        "second-opinion": _("Two methods disagree"),
        "few": _("Few opinions"),
    }[flag]


def say_statement(statement: Statement) -> str:
    """Give the text of a statement, or its id where it has no text."""
    return statement.text or statement.id


def list_statement(statement: Statement) -> str:
    """Give the text of a statement behind its id, as a table needs it."""
    if not statement.text or len(statement.id) > LONGEST_ID:
        return say_statement(statement)
    return f"{statement.id}. {statement.text}"


def name_statement(statement: Statement) -> str:
    """Name a statement by its id, cut short where it is long."""
    is_long = len(statement.id) > LONGEST_ID
    short = f"{statement.id[: LONGEST_ID - 1]}…" if is_long else statement.id
    return _("Statement %(id)s") % {"id": short}


def write_share(interval: Interval) -> str:
    """Write a share without its interval."""
    return DASH if interval.estimate is None else write_percent(interval.estimate)


def write_share_and_range(interval: Interval) -> str:
    """Write a share with its interval."""
    if interval.estimate is None:
        return DASH
    return f"{write_share(interval)} ({write_range(interval.low, interval.high)})"


def make_bars(result: StatementResult) -> list[Bar]:
    """Make the bars of a statement: everyone first, then each group."""
    return [
        make_bar(_("All"), result.support),
        *(make_bar(name_group(group.group), group.support) for group in result.by_group),
    ]


def make_bar(label: str, interval: Interval) -> Bar:
    """Make the bar of one share."""
    return Bar(label, interval.estimate, interval.low, interval.high, write_share(interval))


def describe_bars(bars: list[Bar]) -> str:
    """Say what a picture of bars shows."""
    return "; ".join(
        f"{bar.label}: {bar.shown}"
        if bar.value is None
        else f"{bar.label}: {bar.shown} ({write_range(bar.low, bar.high)})"
        for bar in bars
    )


def describe_cost(result: StatementResult) -> str:
    """Say how many accounts it takes to change an outcome, or to reach one."""
    accounts = result.cost_to_flip
    if accounts is None:
        return _("No number of accounts changes this.")
    if result.outcome == "undecided":
        sentence = ngettext(
            "With %(count)s account more or less there can be an outcome.",
            "With %(count)s accounts more or less there can be an outcome.",
            accounts,
        )
    else:
        sentence = ngettext(
            "%(count)s account can change this.",
            "%(count)s accounts together can change this.",
            accounts,
        )
    return sentence % {"count": write_count(accounts)}


def count_people(count: int) -> str:
    """Say a number of people."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": write_count(count)}


def count_statements(count: int) -> str:
    """Say a number of statements."""
    return ngettext("%(count)s statement", "%(count)s statements", count) % {
        "count": write_count(count)
    }


def join_words(parts: list[str]) -> str:
    """Join parts of a sentence: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
