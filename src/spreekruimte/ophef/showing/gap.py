"""The formula put to the test on the incidents of an organisation, and where the public parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import NormalDist
from types import MappingProxyType
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.look.charts import Bar, draw_bars
from spreekruimte.look.numbers import (
    write_count,
    write_decimal,
    write_percent,
)
from spreekruimte.look.tables import Table
from spreekruimte.ophef.measuring.figures import Figures
from spreekruimte.ophef.showing.words import explain_refusal, is_refusal, write_share
from spreekruimte.verdicts.documents import round_number
from spreekruimte.verdicts.showing import Picture
from spreekruimte.verdicts.showing.pictures import Part

MOST_SHOWN = 10
# The names of the bars are words; on a narrow page they take this part of the width, in percent.
LABELS = 24.0
_REACH = NormalDist().inv_cdf(0.975)

_SHARE = ("not_admissible", "low", "high")

Titles = Mapping[int, str]
"""What the incident of each case is called, by the id of the case; only what may be shown."""


def draw_all(figures: Figures, titles: Titles) -> list[Picture]:
    """Draw all that there is to draw."""
    drawn = (draw(figures, titles) for draw in PAINTERS.values())
    return [picture for picture in drawn if picture is not None]


def find_picture(figures: Figures, titles: Titles, name: str) -> Picture | None:
    """Draw one picture; None where there is none of this name, or too little to draw."""
    draw = PAINTERS.get(name)
    return draw(figures, titles) if draw else None


def list_refusals(figures: Figures) -> list[str]:
    """Say which parts cannot be told yet, and why."""
    sentences = {
        "measures": _("Whether fuss or the public explains the measures cannot be told. %(why)s"),
        "rules": _("Whether fuss or the public explains stricter rules cannot be told. %(why)s"),
        "tau": _("How far fuss and public go together cannot be told. %(why)s"),
        "calibration": _("What the formula expects cannot be set beside the public. %(why)s"),
    }
    return [
        sentence % {"why": explain_refusal(figures[name])}
        for name, sentence in sentences.items()
        if is_refusal(figures[name])
    ]


def say_tau(figures: Figures) -> str:
    """Say how far the order by fuss is the order by what the public finds; empty if unknown."""
    if is_refusal(figures["tau"]):
        return ""
    value, low, high = figures["tau"]
    return _(
        "Rank correlation: %(value)s (%(low)s to %(high)s). 1 means: the more fuss, the less the "
        "public finds it admissible. 0 means: fuss says nothing about what the public finds. −1 "
        "means: the other way round."
    ) % {
        "value": write_decimal(value, 2),
        "low": write_decimal(low, 2),
        "high": write_decimal(high, 2),
    }


def _draw_measures(figures: Figures, _titles: Titles) -> Picture | None:
    return _draw_test(
        figures["measures"],
        name="explained",
        title=_("What explains the measures"),
        sentence=_(
            "Of the differences between measures, fuss explains %(fuss)s and what the public finds "
            "%(public)s, in %(count)s incidents."
        ),
    )


def _draw_rules(figures: Figures, _titles: Titles) -> Picture | None:
    return _draw_test(
        figures["rules"],
        name="rules",
        title=_("What explains stricter rules"),
        sentence=_(
            "Of the differences between stricter and looser rules, fuss explains %(fuss)s and what "
            "the public finds %(public)s, in %(count)s changes."
        ),
    )


def _draw_test(test: Figures, *, name: str, title: str, sentence: str) -> Picture | None:
    if is_refusal(test):
        return None
    parts = ((_("fuss"), "by_fuss"), (_("public"), "by_public"))
    bars = [_bar(label, test[key]) for label, key in parts]
    said = sentence % {
        "fuss": write_share(_limit(test["by_fuss"])),
        "public": write_share(_limit(test["by_public"])),
        "count": write_count(test["incidents"]),
    }
    return Picture(
        name=name,
        title=title,
        sentence=said,
        explanation=_(
            "What either could explain is halved between them. The rest is explained by neither. "
            "The thin line is the margin: the true part very likely lies there."
        ),
        table=Table(
            title,
            (_("By"), _("Explained (margin)")),
            [(label, write_share(_limit(test[key]))) for label, key in parts],
        ),
        rows=(
            ("by", "explained", "low", "high"),
            *((key.removeprefix("by_"), *test[key]) for _label, key in parts),
        ),
        parts=(Part("", mark_safe(draw_bars(bars, title=title, description=said, left=LABELS))),),  # noqa: S308
    )


def _draw_calibration(figures: Figures, _titles: Titles) -> Picture | None:
    found = figures["calibration"]
    if is_refusal(found) or not found["bins"]:
        return None
    bins: Sequence[Sequence[Any]] = found["bins"]
    title = _("What the formula expects, and what the public finds")
    bars = [
        _bar(_("step %(step)s") % {"step": write_decimal(severity, 1)}, [share, low, high])
        for severity, share, low, high, _count in bins
    ]
    least, most = bins[0], bins[-1]
    said = _(
        "Where the formula expects the mildest measures (step %(low)s on average), %(first)s find "
        "the post not admissible; where it expects the most severe (step %(high)s), %(last)s."
    ) % {
        "low": write_decimal(least[0], 1),
        "first": write_share(least[1:4]),
        "high": write_decimal(most[0], 1),
        "last": write_share(most[1:4]),
    }
    return Picture(
        name="calibration",
        title=title,
        sentence=said,
        explanation=_(
            "Each bar stands for incidents in which the formula expects about the same step of the "
            "ladder, from 0 to 8. The filled part is the share that finds the posts not "
            "admissible. If the formula followed the public, the bars would grow downwards."
        ),
        table=Table(
            title,
            (_("Expected step"), _("Not admissible (margin)"), _("Incidents")),
            [
                (write_decimal(each[0], 1), write_share(each[1:4]), write_count(each[4]))
                for each in bins
            ],
        ),
        rows=(("expected_step", *_SHARE, "incidents"), *map(tuple, bins)),
        parts=(Part("", mark_safe(draw_bars(bars, title=title, description=said, left=LABELS))),),  # noqa: S308
    )


def _draw_gaps(figures: Figures, titles: Titles) -> Picture | None:
    shown = [each for each in figures["gaps"] if each["case"] in titles]
    if len(shown) < 2:
        return None
    title = _("Where fuss and public part furthest")
    first = shown[0]
    said = ngettext(
        "Of %(count)s incident with a verdict, fuss and public part furthest in: %(title)s",
        "Of %(count)s incidents with a verdict, fuss and public part furthest in: %(title)s",
        len(shown),
    ) % {"count": write_count(len(shown)), "title": titles[first["case"]]}
    return Picture(
        name="apart",
        title=title,
        sentence=said,
        explanation=_(
            "Fuss: how large a part of the other incidents had fewer media items and calls. "
            "Public: how many find the post not admissible; the thin line is the margin. Those "
            "that part furthest stand first; at most %(most)s are drawn, and the table has all."
        )
        % {"most": MOST_SHOWN},
        table=Table(
            title,
            (_("Case"), _("More fuss than"), _("Not admissible (margin)"), _("Apart (−1 to 1)")),
            [
                (
                    titles[each["case"]],
                    write_percent(each["above"]),
                    write_share(_bound(each)),
                    _write_gap(each["gap"]),
                )
                for each in shown
            ],
        ),
        rows=(
            (
                "case",
                "more_fuss_than",
                "not_admissible",
                "low",
                "high",
                "gap",
                "gap_low",
                "gap_high",
            ),
            *((each["case"], each["above"], *_bound(each), *each["gap"]) for each in shown),
        ),
        parts=tuple(_draw_gap(each, titles[each["case"]]) for each in shown[:MOST_SHOWN]),
        is_ranked=True,
    )


def _draw_gap(each: Figures, title: str) -> Part:
    above = each["above"]
    bars = [
        Bar(_("fuss"), above, above, above, write_percent(above)),
        _bar(_("public"), _bound(each)),
    ]
    said = _("More fuss than %(fuss)s of incidents; %(public)s find it not admissible.") % {
        "fuss": write_percent(above),
        "public": write_share(_bound(each)),
    }
    return Part(title, mark_safe(draw_bars(bars, title=title, description=said, left=LABELS)))  # noqa: S308


def _bound(each: Figures) -> list[float]:
    share, reach = each["inadmissible"], _REACH * each["error"]
    ends = (share, max(share - reach, 0.0), min(share + reach, 1.0))
    return [round_number(end) or 0.0 for end in ends]


def _write_gap(gap: Sequence[float]) -> str:
    value, low, high = (write_decimal(each, 2) for each in gap)
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def _limit(interval: Sequence[float]) -> list[float]:
    """Bring parts that chance would explain better, which are below 0, up to 0."""
    return [min(max(each, 0.0), 1.0) for each in interval]


def _bar(label: str, interval: Sequence[float]) -> Bar:
    value, low, high = _limit(interval)
    return Bar(label, value, low, high, write_percent(value))


PAINTERS: Mapping[str, Callable[[Figures, Titles], Picture | None]] = MappingProxyType(
    {
        "explained": _draw_measures,
        "rules": _draw_rules,
        "calibration": _draw_calibration,
        "apart": _draw_gaps,
    }
)
