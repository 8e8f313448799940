"""Who took part, beside who lives in the country."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.queries.participants import LEAST, UNANSWERED
from spreekruimte.look.charts import Bar, draw_bars
from spreekruimte.look.numbers import write_count, write_percent
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import Document, round_number
from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.report.wording import DASH, count_people
from spreekruimte.verdicts.showing.pictures import Part, Picture

Cells = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: how many gave it, of how many who answered, and the share in the country."""

    question: str
    answer: str
    label: str
    count: int | None
    share: float | None
    country: float | None


@cache
def read_population() -> Document:
    """Read who lives in the country, by question; each with its day and source."""
    text = files("spreekruimte.verdicts").joinpath("facts/population.json").read_text("utf-8")
    population: Document = json.loads(text)
    return population


def draw(result: ChannelResult) -> Picture | None:
    """Draw who took part beside the population, where that is known."""
    people = result.crowd["people"]
    if not people["total"]:
        return None
    lines = list(_list_lines(people["about"]))
    title = _("Who took part")
    return Picture(
        name="people",
        title=title,
        sentence=_say_total(people["total"], lines),
        explanation=_explain(),
        table=Table(
            title,
            (_("Answer"), _("People"), _("Share here"), _("Share in the Netherlands")),
            [
                *_write_ways_in(people["tiers"], people["total"]),
                *(
                    (
                        f"{ABOUT[line.question].label} {line.label}",
                        _write_cell(line.count),
                        DASH if line.share is None else write_percent(line.share),
                        DASH if line.country is None else write_percent(line.country),
                    )
                    for line in lines
                ),
            ],
        ),
        rows=(
            ("question", "answer", "people", "share", "share_in_the_netherlands"),
            *(("way_in", tier, count, None, None) for tier, count in people["tiers"].items()),
            *(
                (
                    line.question,
                    line.answer or "unanswered",
                    line.count,
                    round_number(line.share),
                    round_number(line.country),
                )
                for line in lines
            ),
        ),
        parts=tuple(
            _make_part(line, line.share, line.country)
            for line in lines
            if line.share is not None and line.country is not None
        ),
    )


def _list_lines(about: Mapping[str, Cells]) -> Iterator[Line]:
    for question, asked in ABOUT.items():
        cells = about.get(question, {})
        if not cells:
            continue
        answered = sum(
            count for answer, count in cells.items() if answer != UNANSWERED and count is not None
        )
        for answer, label in [*asked.options.items(), (UNANSWERED, _("No answer"))]:
            count = cells.get(answer)
            is_share = count is not None and answer != UNANSWERED and answered
            yield Line(
                question,
                answer,
                str(label),
                count,
                count / answered if count is not None and is_share else None,
                _share_in_country(question, answer),
            )


def _share_in_country(question: str, answer: str) -> float | None:
    known = read_population().get(question)
    if known is None or answer not in known["counts"]:
        return None
    share: float = known["counts"][answer] / sum(known["counts"].values())
    return share


def _say_total(total: int, lines: list[Line]) -> str:
    sentence = _("%(people)s judged this post. They chose to take part or were invited.") % {
        "people": count_people(total)
    }
    gaps = [
        (abs(line.share - line.country), line)
        for line in lines
        if line.share is not None and line.country is not None
    ]
    if not gaps:
        return sentence
    _gap, line = max(gaps, key=lambda gap: gap[0])
    difference = _(
        "The greatest difference with the country: %(label)s, %(here)s here and %(country)s in "
        "the Netherlands."
    ) % {
        "label": line.label,
        "here": write_percent(line.share or 0.0),
        "country": write_percent(line.country or 0.0),
    }
    return f"{sentence} {difference}"


def _explain() -> str:
    sources = "; ".join(
        f"{known['source']}, {known['day']}" for known in read_population().values()
    )
    return _(
        "Answering questions about oneself is optional. Shares are of who answered and is shown. "
        "Groups of fewer than %(least)s people are not shown, nor what would give them away. "
        "The country: all inhabitants, of every age. Source: %(sources)s."
    ) % {"least": LEAST, "sources": sources}


def _write_ways_in(tiers: Cells, total: int) -> list[tuple[str, ...]]:
    return [
        (
            str(Tier(tier).label),
            _write_cell(count),
            DASH if count is None else write_percent(count / total),
            DASH,
        )
        for tier, count in tiers.items()
    ]


def _write_cell(count: int | None) -> str:
    if count is None:
        return _("not shown")
    return write_count(count)


def _make_part(line: Line, here: float, country: float) -> Part:
    bars = [
        Bar(_("Here"), here, here, here, write_percent(here)),
        Bar(_("Country"), country, country, country, write_percent(country)),
    ]
    description = "; ".join(f"{bar.label}: {bar.shown}" for bar in bars)
    svg = draw_bars(bars, title=line.label, description=description)
    return Part(line.label, mark_safe(svg))  # noqa: S308 (drawn by us)
