"""The verdict itself: one sentence, and the shares that it rests on."""

from __future__ import annotations

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Channel
from spreekruimte.look.charts import draw_bars
from spreekruimte.look.numbers import write_count, write_percent
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import name_group, round_number
from spreekruimte.verdicts.judgement import GroupResult, Interval, StatementResult
from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.report.wording import (
    count_people,
    describe_bars,
    describe_cost,
    make_bars,
    name_flag,
    write_share_and_range,
)
from spreekruimte.verdicts.showing.pictures import Part, Picture


def name_channel(channel: Channel) -> str:
    """Name a channel by who was asked."""
    return {
        Channel.OPEN: _("Open vote: whoever wanted to take part"),
        Channel.PANEL: _("Panel: people who were invited by lot"),
    }[channel]


def say_verdict(result: StatementResult) -> str:
    """Say in one sentence what came out, with how much certainty and of how many."""
    share, opinions = result.support, result.agree + result.disagree
    if share.estimate is None:
        return _("Nobody has given a judgement yet.")
    sentence = {
        "admissible": _(
            "Most people who voted find this post admissible: %(share)s (between %(low)s and "
            "%(high)s) of %(people)s with a judgement."
        ),
        "inadmissible": _(
            "Most people who voted find this post not admissible: only %(share)s (between "
            "%(low)s and %(high)s) of %(people)s with a judgement find it admissible."
        ),
        "divided": _(
            "People are divided about this post: %(share)s (between %(low)s and %(high)s) of "
            "%(people)s with a judgement find it admissible."
        ),
        "undecided": _(
            "It is not decided yet: %(share)s (between %(low)s and %(high)s) of %(people)s with "
            "a judgement find this post admissible."
        ),
    }[result.outcome]
    return sentence % {
        "share": write_percent(share.estimate),
        "low": write_percent(share.low),
        "high": write_percent(share.high),
        "people": count_people(opinions),
    }


def explain_outcome(result: StatementResult) -> str:
    """Say what the outcome means, in plain words."""
    return {
        "admissible": _(
            "Clearly more than half find it admissible, and no opinion group is against."
        ),
        "inadmissible": _(
            "Clearly more than half find it not admissible, and no opinion group is for."
        ),
        "divided": _(
            "Divided means that we know enough, and that people do not agree: one group is for "
            "and another is against, or it is close to half against half. More votes will "
            "hardly change that."
        ),
        "undecided": _(
            "Not decided means that there are too few votes, or that the votes are too close, "
            "to say on which side the public is. More votes can change that."
        ),
    }[result.outcome]


def list_warnings(result: StatementResult) -> list[str]:
    """Say what to look at twice before building on this verdict."""
    return [name_flag(flag) for flag in result.flags if flag != "few"]


def draw(result: ChannelResult) -> Picture | None:
    """Draw the share that finds the post admissible, of all and of each opinion group."""
    judged = result.judgement
    if judged.support.estimate is None:
        return None
    bars = make_bars(judged)
    title = _("Admissible or not")
    svg = draw_bars(bars, title=title, description=describe_bars(bars))
    return Picture(
        name="judgement",
        title=title,
        sentence=_("%(bars)s of who gave a judgement find the post admissible.")
        % {"bars": describe_bars(bars)},
        explanation=_(
            "The filled part is the share that finds the post admissible. The thin line is the "
            "margin: the true share very likely lies there. Who answered “I don’t know” does not "
            "count in a share."
        ),
        table=_make_table(title, judged),
        rows=_make_rows(judged),
        parts=(Part("", mark_safe(svg), describe_cost(judged)),),  # noqa: S308 (drawn by us)
    )


def _make_table(title: str, judged: StatementResult) -> Table:
    whole = (judged.support, judged.agree, judged.disagree, judged.passed)
    return Table(
        title,
        (
            _("Who"),
            _("Admissible (margin)"),
            _("Admissible"),
            _("Not admissible"),
            _("Don’t know"),
        ),
        [
            _make_row(_("All"), *whole),
            *(
                _make_row(_("Group %(name)s") % {"name": name_group(group.group)}, *_counts(group))
                for group in judged.by_group
            ),
        ],
    )


def _make_row(name: str, share: Interval, *counts: int) -> tuple[str, ...]:
    return (name, write_share_and_range(share), *(write_count(count) for count in counts))


def _counts(group: GroupResult) -> tuple[Interval, int, int, int]:
    return group.support, group.agree, group.disagree, group.passed


def _make_rows(judged: StatementResult) -> tuple[tuple[str | int | float | None, ...], ...]:
    head = ("group", "share", "low", "high", "admissible", "not_admissible", "unknown")
    whole = (judged.support, judged.agree, judged.disagree, judged.passed)
    pools = [("all", whole), *((name_group(g.group), _counts(g)) for g in judged.by_group)]
    return (
        head,
        *(
            (
                name,
                round_number(share.estimate),
                round_number(share.low),
                round_number(share.high),
                *counts,
            )
            for name, (share, *counts) in pools
        ),
    )
