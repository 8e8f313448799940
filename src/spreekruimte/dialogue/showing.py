"""The figures of a dialogue in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.analysis.conversation import Changes
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.dialogue.figures import Agreement
from spreekruimte.dialogue.queries.quality import Quality
from spreekruimte.look.numbers import write_count, write_decimal, write_percent, write_range
from spreekruimte.verdicts.documents import name_group

DAY = 24.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is about, what came out, and how it is meant."""

    label: str
    value: str
    meaning: str


def say_agreement(agreement: Agreement) -> str:
    """Say how far people agree with something, judged by the group that agrees least."""
    counts = _("%(agree)s agree, %(disagree)s disagree, %(passed)s passed.") % {
        "agree": write_count(agreement.agree),
        "disagree": write_count(agreement.disagree),
        "passed": write_count(agreement.passed),
    }
    if agreement.least is None:
        return counts
    share = _write_share(agreement.least)
    if agreement.group is None:
        return f"{counts} {_('Agrees: %(share)s.') % {'share': share}}"
    least = _("Group %(name)s agrees least: %(share)s.") % {
        "name": name_group(agreement.group),
        "share": share,
    }
    return f"{counts} {least}"


def list_figures(quality: Quality) -> list[Figure]:
    """Say how the conversation goes, each figure with its interval."""
    figures = [
        Figure(
            _("Messages"),
            ngettext(
                "%(count)s of %(people)s person", "%(count)s of %(people)s people", quality.people
            )
            % {"count": write_count(quality.messages), "people": write_count(quality.people)},
            _("What is shown now."),
        ),
        Figure(
            _("Questions answered"),
            _say_answered(quality),
            _(
                "Messages of citizens with a question mark that the public servant, a colleague or "
                "the organisation answered."
            ),
        ),
        Figure(
            _("Time to an answer"),
            _say_wait(quality.wait),
            _(
                "Half of the questions were answered within this time. Questions that still wait "
                "count too."
            ),
        ),
        Figure(
            _("Answers both ways"),
            _say_share(quality.reciprocity),
            _("Of the pairs that talked with each other, in how many both answered."),
        ),
    ]
    if quality.diversity is not None:
        figures.append(
            Figure(
                _("Mix of opinion groups"),
                _say_share(quality.diversity),
                _("100% if equally many of each opinion group write, 0% if only one does."),
            )
        )
    figures.append(
        Figure(
            _("Judgements that changed"),
            _say_changes(quality.changes),
            _(
                "Of who judged in the open vote and then saw the results and the dialogue. It does "
                "not say what made them change."
            ),
        )
    )
    return figures


def _say_answered(quality: Quality) -> str:
    if quality.answered is None:
        return _("There are no questions yet.")
    return _("%(share)s of %(count)s") % {
        "share": _write_share(quality.answered),
        "count": write_count(quality.questions),
    }


def _say_share(share: Estimate | None) -> str:
    return _("Not known yet.") if share is None else _write_share(share)


def _say_wait(wait: Estimate | None) -> str:
    if wait is None:
        return _("There are no questions yet.")
    if math.isinf(wait.value):
        return _("Fewer than half are answered so far.")
    if math.isinf(wait.high):
        return _("%(time)s (at least %(low)s)") % {
            "time": write_time(wait.value),
            "low": write_time(wait.low),
        }
    return _("%(time)s (%(low)s to %(high)s)") % {
        "time": write_time(wait.value),
        "low": write_time(wait.low),
        "high": write_time(wait.high),
    }


def _say_changes(changes: Changes | None) -> str:
    if changes is None:
        return _("Not known yet.")
    return _("%(share)s: %(towards)s towards admissible, %(away)s away from it") % {
        "share": _write_share(changes.share),
        "towards": write_count(changes.towards),
        "away": write_count(changes.away),
    }


def _write_share(share: Estimate) -> str:
    return f"{write_percent(share.value)} ({write_range(share.low, share.high)})"


def write_time(hours: float) -> str:
    """Write a time in the unit that reads best: hours, or from two days on days."""
    if hours < 2 * DAY:
        return _("%(hours)s hours") % {"hours": write_decimal(hours, 1)}
    return _("%(days)s days") % {"days": write_decimal(hours / DAY, 1)}
