"""What the formula would have done, beside what the public finds."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from spreekruimte.look.numbers import write_count, write_percent, write_range
from spreekruimte.ophef.measuring.figures import Figures
from spreekruimte.ophef.models import Comparison, Incident
from spreekruimte.ophef.showing.words import explain_refusal, name_measure
from spreekruimte.verdicts.queries.results import ChannelResult, RoundResult
from spreekruimte.verdicts.showing.judgement import name_channel
from spreekruimte.verdicts.showing.ladder import say_median


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: who speaks, what they say in short, and what goes with it."""

    who: str
    says: str
    notes: tuple[str, ...]


def say_formula(comparison: Comparison | None, incident: Incident) -> Side:
    """Say what the formula would have done in an incident, or why that cannot be told."""
    who = _("By the formula")
    figures: Figures = comparison.figures if comparison else {}
    if refusal := figures.get("refusal"):
        why = _("What the formula would have done cannot be told yet. %(why)s") % {
            "why": explain_refusal(refusal)
        }
        return Side(who, _("not known yet"), (why,))
    found = figures.get("measures", {}).get(str(incident.pk))
    if found is None:
        return Side(who, _("is being worked out"), (_("Look again in a few minutes."),))
    step, low, high = found
    notes = [
        _(
            "This is what usually followed on so many media items and calls, in %(count)s "
            "incidents of which the measure is known. Nobody says that it was right."
        )
        % {"count": write_count(figures["fitted_on"])}
    ]
    if low != high:
        notes.insert(
            0,
            _("It could be anything from “%(low)s” to “%(high)s”.")
            % {"low": name_measure(low), "high": name_measure(high)},
        )
    return Side(who, name_measure(step), tuple(notes))


def say_public(result: RoundResult | None) -> list[Side]:
    """Say what the public finds, by each channel of a round."""
    if result is None:
        return []
    return [_say_channel(each) for each in result.channels]


def _say_channel(result: ChannelResult) -> Side:
    support, median = result.judgement.support, result.measures.median
    if support.estimate is None:
        return Side(name_channel(result.channel), _("no judgement yet"), ())
    says = _("%(share)s (%(range)s) find it admissible") % {
        "share": write_percent(support.estimate),
        "range": write_range(support.low, support.high),
    }
    notes = (say_median(result.measures, median),) if median else ()
    return Side(name_channel(result.channel), says, notes)
