"""The published rules in words, with their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from spreekruimte.analysis.verdicts import Outcome, Rules
from spreekruimte.look.numbers import write_count, write_percent
from spreekruimte.verdicts.report.wording import name_outcome


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """One outcome and when it is given."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """What each outcome means, and by which numbers it is reached."""

    outcomes: tuple[OutcomeRule, ...]
    numbers: tuple[str, ...]


def view_rules(rules: Rules) -> RulesView:
    """Say the rules."""
    return RulesView(_explain_outcomes(rules), _explain_numbers(rules))


def _explain_outcomes(rules: Rules) -> tuple[OutcomeRule, ...]:
    meanings: dict[Outcome, str] = {
        "admissible": _("Clearly more than half of the people agree, and no group is against."),
        "inadmissible": _("Clearly more than half of the people disagree, and no group is for."),
        "divided": _(
            "One group is for and another is against, or the whole is clearly close to half "
            "against half: between %(low)s and %(high)s."
        )
        % {
            "low": write_percent(0.5 - rules.near_half),
            "high": write_percent(0.5 + rules.near_half),
        },
        "undecided": _("None of these is certain enough. More votes can change that."),
    }
    return tuple(OutcomeRule(name_outcome(outcome), text) for outcome, text in meanings.items())


def _explain_numbers(rules: Rules) -> tuple[str, ...]:
    return (
        _(
            "Only opinions count: agree or disagree. The whole is judged from %(whole)s "
            "opinions, a group from %(group)s."
        )
        % {
            "whole": write_count(rules.min_opinions),
            "group": write_count(rules.min_group_opinions),
        },
        _(
            "“Clearly” means: a margin of %(level)s that holds however often one looks lies "
            "wholly on one side of half."
        )
        % {"level": write_percent(rules.anytime_level)},
        _("The margins beside the shares are credible intervals of %(level)s.")
        % {"level": write_percent(rules.credible_level)},
        _(
            "As a check, verdict.json holds a second share, which one account moves by at most "
            "%(influence)s; it decides from %(margin)s beyond half."
        )
        % {
            "influence": write_percent(rules.influence, 1),
            "margin": write_percent(rules.margin, 1),
        },
        _(
            "There are opinion groups only if the chance of seeing groups where there are none "
            "is at most %(chance)s."
        )
        % {"chance": write_percent(rules.false_alarm, 1)},
    )
