"""What the employer should do, in the eyes of who voted: the ladder with its steps."""

from __future__ import annotations

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from spreekruimte.ballots.ladder import MEASURES
from spreekruimte.look.charts import draw_bars
from spreekruimte.look.numbers import write_count
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import round_number
from spreekruimte.verdicts.measures import Measures, Median
from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.report.wording import (
    count_people,
    make_bar,
    write_share,
    write_share_and_range,
)
from spreekruimte.verdicts.showing.pictures import Part, Picture


def draw(result: ChannelResult) -> Picture | None:
    """Draw how many chose each step."""
    measures = result.measures
    if measures.median is None:
        return None
    title = _("What the employer should do")
    return Picture(
        name="measures",
        title=title,
        sentence=say_median(measures, measures.median),
        explanation=_(
            "This is what people who voted think. It is no advice, and no ground for a measure "
            "against a person. The thin line is the margin."
        ),
        table=Table(
            title,
            (_("Step"), _("People"), _("Share (margin)")),
            [
                *(
                    (
                        f"{step.number}. {MEASURES[step.number]}",
                        write_count(step.count),
                        write_share_and_range(step.share),
                    )
                    for step in measures.steps
                ),
                (_("Don’t know"), write_count(measures.unknown), ""),
            ],
        ),
        rows=(
            ("step", "people", "share", "low", "high"),
            *(
                (
                    step.number,
                    step.count,
                    round_number(step.share.estimate),
                    round_number(step.share.low),
                    round_number(step.share.high),
                )
                for step in measures.steps
            ),
            ("unknown", measures.unknown, None, None, None),
        ),
        parts=tuple(
            Part(
                str(MEASURES[step.number]),
                mark_safe(  # noqa: S308 (drawn by us)
                    draw_bars(
                        [make_bar(str(step.number), step.share)],
                        title=str(MEASURES[step.number]),
                        description=write_share(step.share),
                    )
                ),
            )
            for step in measures.steps
        ),
    )


def say_median(measures: Measures, median: Median) -> str:
    """Say which step splits who chose one in halves, and how sure that is."""
    sentence = (
        _("Half of %(people)s who chose a step want nothing more severe than: %(step)s.")
        if median.low == median.high
        else _(
            "Half of %(people)s who chose a step want nothing more severe than: %(step)s. "
            "With few votes this is not sure: it can be any step from %(low)s to %(high)s."
        )
    )
    return sentence % {
        "people": count_people(measures.chosen),
        "step": f"{median.step} ({MEASURES[median.step]})",
        "low": median.low,
        "high": median.high,
    }
