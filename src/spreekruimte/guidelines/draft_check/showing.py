"""What the draft check says, in sentences, a bar and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.analysis.verdicts import Outcome
from spreekruimte.analysis.vignettes.drafts import Expected
from spreekruimte.ballots.models import Channel
from spreekruimte.cases.attributes import attributes
from spreekruimte.guidelines.draft_check.advice import changes
from spreekruimte.guidelines.draft_check.expecting import Expectation, Turned
from spreekruimte.guidelines.draft_check.nearest import NearCase
from spreekruimte.guidelines.draft_check.rules import Foundation
from spreekruimte.look.numbers import write_count, write_percent, write_points, write_range
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.report.wording import MARKS, count_people, name_outcome
from spreekruimte.verdicts.showing.judgement import say_verdict
from spreekruimte.verdicts.showing.pictures import draw_share


@dataclass(frozen=True, slots=True)
class Picture:
    """The expected share as a bar, with the table that says the same."""

    svg: SafeString
    table: Table


def say_expected(expected: Expected) -> str:
    """Say in one plain sentence what the public is expected to find."""
    if expected.low > 0.5:
        sentence = _(
            "We expect that most people find this admissible: %(share)s of all, and almost "
            "certainly between %(low)s and %(high)s."
        )
    elif expected.high < 0.5:
        sentence = _(
            "We expect that most people do not find this admissible: %(share)s of all do, and "
            "almost certainly between %(low)s and %(high)s."
        )
    else:
        sentence = _(
            "It is close to half against half: we expect that %(share)s of people find this "
            "admissible, and almost certainly between %(low)s and %(high)s."
        )
    return sentence % {
        "share": write_percent(expected.value),
        "low": write_percent(expected.low),
        "high": write_percent(expected.high),
    }


def draw_expected(expected: Expected) -> Picture:
    """Draw the expected share."""
    title = _("Expected: finds this admissible")
    shown = write_percent(expected.value)
    figures = (expected.value, expected.low, expected.high)
    svg = draw_share(*figures, title=title, description=say_expected(expected))
    table = Table(
        caption=title,
        columns=[_("What"), _("Share"), _("Margin")],
        rows=[
            [_("Finds this admissible"), shown, write_range(expected.low, expected.high)],
            [
                _("Does not find this admissible"),
                write_percent(1.0 - expected.value),
                write_range(1.0 - expected.high, 1.0 - expected.low),
            ],
        ],
    )
    return Picture(svg, table)


def say_basis(expectation: Expectation) -> str:
    """Say what the expectation rests on."""
    sentence = {
        Channel.PANEL: _(
            "This rests on %(answers)s judgements by %(people)s who were drawn by lot, in the "
            "study “%(study)s” of %(organisation)s."
        ),
        Channel.OPEN: _(
            "This rests on %(answers)s judgements by %(people)s who came by themselves, in the "
            "study “%(study)s” of %(organisation)s."
        ),
    }[expectation.channel]
    return sentence % {
        "answers": write_count(expectation.answers),
        "people": count_people(expectation.respondents),
        "study": expectation.study.title,
        "organisation": expectation.study.organisation.name,
    }


def say_known(expectation: Expectation) -> str:
    """Say how much of what the study asked was answered."""
    return _(
        "You answered %(known)s of the %(all)s things that this study asked. Over what is not "
        "known we averaged, by how often it occurs."
    ) % {"known": expectation.known, "all": len(expectation.study.attributes)}


def say_left_open(expectation: Expectation) -> str:
    """Name the answers of which the study asked nothing; empty where there are none."""
    if not expectation.left_open:
        return ""
    names = ", ".join(str(attributes()[name].label) for name in expectation.left_open)
    return _("The study did not ask about your answer to: %(names)s. So that is left open.") % {
        "names": names
    }


def say_turn(turned: Turned) -> str:
    """Say what a change would do, and why it is up to the writer."""
    attribute, turn = attributes()[turned.attribute], turned.turn
    sentence = _("%(what)s: %(value)s. Then %(share)s (%(change)s points; %(low)s to %(high)s).")
    said = sentence % {
        "what": attribute.label,
        "value": attribute.label_of(turned.value),
        "share": write_percent(turn.expected.value),
        "change": write_points(turn.change),
        "low": write_points(turn.low),
        "high": write_points(turn.high),
    }
    return f"{said} {changes()[turned.attribute].reason}"


def say_foundation(foundation: Foundation | None) -> str:
    """Say how well founded a rule is."""
    if foundation is None:
        return _("We asked nobody about this rule: it is of others.")
    if foundation.expires_on is None:
        return _("Not asked yet: no case in which it holds was judged, and no study asked it.")
    until = {
        "founded": _("This counts until %(day)s."),
        "lapsed": _("This is too old: it counted until %(day)s."),
    }[foundation.standing] % {"day": date_format(foundation.expires_on)}
    return " ".join([*_say_cases(foundation), *_say_studies(foundation), until])


def _say_cases(foundation: Foundation) -> Iterator[str]:
    if cases := foundation.outcomes.total():
        yield ngettext(
            "%(people)s judged %(count)s case in which it holds: %(outcomes)s.",
            "%(people)s judged %(count)s cases in which it holds: %(outcomes)s.",
            cases,
        ) % {
            "people": count_people(foundation.people),
            "count": write_count(cases),
            "outcomes": _list_outcomes(foundation.outcomes),
        }


def _say_studies(foundation: Foundation) -> Iterator[str]:
    if studies := foundation.studies:
        yield ngettext(
            "%(count)s published study asked about it.",
            "%(count)s published studies asked about it.",
            studies,
        ) % {"count": write_count(studies)}


def say_near(case: NearCase) -> str:
    """Say what came of a case."""
    if case.found is None:
        return _("The law protects this. There was no vote.")
    return say_verdict(case.found)


def _list_outcomes(outcomes: Counter[Outcome]) -> str:
    return ", ".join(
        f"{write_count(outcomes[outcome])} × {name_outcome(outcome)}"
        for outcome in MARKS
        if outcomes[outcome]
    )
