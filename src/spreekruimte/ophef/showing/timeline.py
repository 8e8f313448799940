"""The fuss over time: how much came in, when it burst, and when rules were changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.look.charts import LEAST, Column, Moment, Stretch, draw_timeline
from spreekruimte.look.numbers import write_count
from spreekruimte.look.tables import Table
from spreekruimte.ophef.measuring.figures import Figures
from spreekruimte.ophef.measuring.reading import EPOCH, read_wall
from spreekruimte.ophef.models import Act
from spreekruimte.ophef.showing.words import DAY, HOUR, write_moment, write_period, write_small
from spreekruimte.verdicts.showing import Picture

MOST_COLUMNS = 60
_WIDTHS = (1, 2, 3, 6, 12, 24, 48, 168, 672, 2184, 8736)


@dataclass(frozen=True, slots=True)
class Series:
    """Counts per column: from `start` on, each `width` seconds wide."""

    start: float
    width: float
    counts: tuple[int, ...]

    @property
    def end(self) -> float:
        """When the last column ends."""
        return self.start + self.width * len(self.counts)

    def place(self, seconds: float) -> int:
        """Give the column that a moment lies in."""
        inside = int((seconds - self.start) // self.width)
        return min(max(inside, 0), len(self.counts) - 1)


def draw(figures: Figures, acts: Sequence[Act]) -> Picture | None:
    """Draw the fuss of an incident over time; None where nothing came in."""
    series = gather(figures["series"])
    if series is None:
        return None
    stretches = _find_stretches(series, figures["bursts"])
    changes = [act for act in acts if act.kind == Act.Kind.RULE and _is_within(series, act)]
    changes = sorted(changes, key=lambda act: (act.on, act.pk))[: len(ascii_uppercase)]
    title = _("The fuss over time")
    sentence = " ".join([_say_peak(series), _say_bursts(figures["bursts"]), *_say_changes(changes)])
    svg = draw_timeline(
        [_make_column(count) for count in series.counts],
        stretches=stretches,
        moments=[
            Moment((_seconds_of(act) - series.start) / (series.end - series.start), letter)
            for letter, act in zip(ascii_uppercase, changes, strict=False)
        ],
        ends=(
            write_moment(series.start, has_hour=False),
            write_moment(series.end - 1.0, has_hour=False),
        ),
        top=_("%(count)s in %(period)s")
        % {"count": write_small(max(series.counts)), "period": write_period(series.width)},
        title=title,
        description=sentence,
    )
    return Picture(
        name="timeline",
        title=title,
        sentence=sentence,
        explanation=_explain(series),
        table=_make_table(title, series, stretches),
        rows=_make_rows(series, stretches),
        drawing=mark_safe(svg),  # noqa: S308 (drawn by us)
    )


def gather(stored: Figures) -> Series | None:
    """Gather the stored counts into few columns, from the first signal to the last."""
    counts, start, width = stored["counts"], stored["start"], stored["width"]
    filled = [place for place, count in enumerate(counts) if count]
    if not filled:
        return None
    first, last = start + filled[0] * width, start + (filled[-1] + 1) * width
    wide = next(
        hours * HOUR
        for hours in _WIDTHS
        if hours * HOUR >= width and (last - first) / (hours * HOUR) <= MOST_COLUMNS - 1
    )
    # No column begins in the middle of a day unless it is narrower than one.
    step = min(wide, DAY)
    origin = first // step * step
    gathered = [0] * (int((last - 1.0 - origin) // wide) + 1)
    for place in filled:
        gathered[int((start + place * width - origin) // wide)] += counts[place]
    return Series(origin, wide, tuple(gathered))


def is_small(count: int) -> bool:
    """Tell whether a count could point at a person."""
    return 0 < count < LEAST


def _make_column(count: int) -> Column:
    return Column(LEAST - 1, is_small=True) if is_small(count) else Column(count)


def _find_stretches(series: Series, bursts: Sequence[Figures]) -> list[Stretch]:
    return [
        Stretch(series.place(burst["start"]), series.place(burst["end"] - 1.0), str(number))
        for number, burst in enumerate(bursts, 1)
    ]


def _seconds_of(act: Act) -> float:
    # A day without a time is at noon.
    moment = datetime(act.on.year, act.on.month, act.on.day, 12)  # noqa: DTZ001 - on the wall
    return (moment - EPOCH).total_seconds()


def _is_within(series: Series, act: Act) -> bool:
    return series.start <= _seconds_of(act) < series.end


def _say_peak(series: Series) -> str:
    highest = max(series.counts)
    place = series.counts.index(highest)
    return _("Most came in on %(when)s: %(count)s signals in %(period)s.") % {
        "when": write_moment(series.start + place * series.width, has_hour=series.width < DAY),
        "count": write_small(highest),
        "period": write_period(series.width),
    }


def _say_bursts(bursts: Sequence[Figures]) -> str:
    if not bursts:
        return _("Nothing stands out from the usual hours and days: there was no burst.")
    told = "; ".join(
        _("%(number)s: from %(start)s, %(period)s long, %(count)s signals")
        % {
            "number": number,
            "start": write_moment(burst["start"], has_hour=True),
            "period": write_period(burst["end"] - burst["start"]),
            "count": write_small(burst["count"]),
        }
        for number, burst in enumerate(bursts, 1)
    )
    sentence = ngettext(
        "There was %(count)s burst, more than the usual hours and days explain (%(told)s).",
        "There were %(count)s bursts, more than the usual hours and days explain (%(told)s).",
        len(bursts),
    )
    return sentence % {"count": write_count(len(bursts)), "told": told}


def _say_changes(changes: Sequence[Act]) -> list[str]:
    if not changes:
        return []
    told = "; ".join(
        f"{letter}: {act.guideline}, {act.get_strictness_display()}, {date_format(act.on, 'j F Y')}"
        for letter, act in zip(ascii_uppercase, changes, strict=False)
    )
    return [_("Rules were looked at meanwhile (%(told)s).") % {"told": told}]


def _explain(series: Series) -> str:
    return _(
        "Each column stands for %(period)s. A bracket with a number, and another colour, mark a "
        "burst; a diamond with a letter marks rules that were looked at. A hollow column stands "
        "for fewer than %(least)s signals: how many exactly is told nowhere, so that nobody can be "
        "picked out. Signals of the employer itself do not count."
    ) % {"period": write_period(series.width), "least": LEAST}


def _make_table(title: str, series: Series, stretches: Sequence[Stretch]) -> Table:
    rows = [
        (
            date_format(read_wall(series.start + place * series.width), "j F Y, H:i"),
            write_small(count),
            _name_burst(place, stretches),
        )
        for place, count in enumerate(series.counts)
        if count
    ]
    return Table(title, (_("From"), _("Signals"), _("Burst")), rows)


def _make_rows(
    series: Series, stretches: Sequence[Stretch]
) -> tuple[tuple[str | int | float | None, ...], ...]:
    head = ("from", "to", "signals", "at_most", "burst")
    rows = []
    for place, count in enumerate(series.counts):
        start = read_wall(series.start + place * series.width)
        end = read_wall(series.start + (place + 1) * series.width)
        told = (None, LEAST - 1) if is_small(count) else (count, count)
        rows.append((start.isoformat(), end.isoformat(), *told, _name_burst(place, stretches)))
    return (head, *rows)


def _name_burst(place: int, stretches: Sequence[Stretch]) -> str:
    return ", ".join(each.label for each in stretches if each.first <= place <= each.last)
