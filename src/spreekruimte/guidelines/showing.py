"""Lines and what is known of them as pages tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spreekruimte.analysis.rules import TRUE, UNDECIDED, Effect, evaluate
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.bank import ClosedCase, closed_cases
from spreekruimte.cases.sentences import Language
from spreekruimte.guidelines.evidence import Distance, Evidence, Finding
from spreekruimte.guidelines.lines import CONFIDENCE_NAMES, DUTY_NAMES, EFFECT_NAMES, Line
from spreekruimte.guidelines.predicate_sentences import say_predicate
from spreekruimte.guidelines.room import Strictness
from spreekruimte.guidelines.study_evidence import StudyFinding
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.look.numbers import write_decimal, write_percent, write_points, write_range
from spreekruimte.verdicts.judgement import Interval
from spreekruimte.verdicts.showing.judgement import name_channel

MOST_CASES = 5
"""How many cases a page names under a line; all stand in the JSON."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line in the language of the reader.

    Attributes
    ----------
    effect
        What it does, with what is required or weighed.
    condition
        Where it holds, as a sentence without a full stop.
    """

    line: Line
    text: str
    effect: str
    condition: str
    confidence: str


def reading_language() -> Language:
    """Give the language of the reader."""
    return "en" if (get_language() or "").startswith("en") else "nl"


def show_line(line: Line) -> ShownLine:
    """Tell a line."""
    return ShownLine(
        line=line,
        text=str(line.text),
        effect=name_effect(line),
        condition=say_predicate(line.predicate, reading_language()),
        confidence=str(CONFIDENCE_NAMES[line.confidence]),
    )


def name_effect(line: Line) -> str:
    """Say what a line does, with what is required or weighed."""
    name = str(EFFECT_NAMES[line.effect])
    if line.duty is not None:
        return f"{name}: {DUTY_NAMES[line.duty]}"
    if line.weighs:
        return f"{name}: {', '.join(str(attributes()[each].label) for each in line.weighs)}"
    return name


def name_room(effect: Effect) -> str:
    """Say what a guideline as a whole does in a context."""
    return {
        Effect.FREE: _("free"),
        Effect.CAUTION: _("with care"),
        Effect.FORBID: _("not allowed"),
        Effect.UNDECIDED: _("not decided"),
    }[effect]


def say_example(example: Mapping[str, str]) -> str:
    """Tell values of attributes, one after the other."""
    if not example:
        return _("always")
    return "; ".join(
        f"{attributes()[name].label}: {attributes()[name].label_of(value)}"
        for name, value in example.items()
    )


def say_strictness(strictness: Strictness) -> str:
    """Say how strict lines are, and over how many contexts that can be told."""
    share = write_percent(strictness.decided)
    if strictness.index is None:
        return _("Not to be told: too little is known of the closed cases.")
    return _(
        "%(index)s on a scale from 0 (nothing is forbidden) to 1 (everything is); it can be told "
        "for %(share)s of the closed cases."
    ) % {"index": write_decimal(strictness.index, 2), "share": share}


def say_share(share: Interval) -> str:
    """Say a share with its interval."""
    if share.estimate is None:
        return _("not known")
    return _("%(share)s (between %(low)s and %(high)s)") % {
        "share": write_percent(share.estimate),
        "low": write_percent(share.low),
        "high": write_percent(share.high),
    }


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What was found of a case, in the language of the reader."""

    finding: Finding
    share: str
    people: int
    channel: str
    mirror_gap: str


@dataclass(frozen=True, slots=True)
class ShownStudy:
    """What a study found where a line holds, in the language of the reader."""

    finding: StudyFinding
    title: str
    share: str
    channel: str


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A line with what it rests on.

    Attributes
    ----------
    standing
        Whether it was asked and still holds, in words.
    shown_by
        The numbers of the newest cases that show the distance.
    findings
        Of the newest cases.
    more_shown_by, more_findings
        How many older ones there are of these.
    """

    shown: ShownLine
    evidence: Evidence
    standing: str
    distance: str
    shown_by: tuple[int, ...]
    more_shown_by: int
    findings: tuple[ShownFinding, ...]
    more_findings: int
    studies: tuple[ShownStudy, ...]


def show_evidence(evidence: Evidence) -> ShownEvidence:
    """Tell a line with what it rests on."""
    distance = evidence.distance
    shown_by = [each.case_id for each in distance.shown_by] if distance else []
    return ShownEvidence(
        shown=show_line(evidence.line),
        evidence=evidence,
        standing={
            "not_asked": _("not asked yet"),
            "founded": _("asked"),
            "lapsed": _("lapsed: ask again"),
        }[evidence.standing],
        distance=say_distance(distance) if distance else "",
        shown_by=tuple(shown_by[:MOST_CASES]),
        more_shown_by=len(shown_by[MOST_CASES:]),
        findings=tuple(_show_finding(each) for each in evidence.findings[:MOST_CASES]),
        more_findings=len(evidence.findings[MOST_CASES:]),
        studies=tuple(
            ShownStudy(each, str(each.title), say_share(each.share), name_channel(each.channel))
            for each in evidence.studies
        ),
    )


def _show_finding(finding: Finding) -> ShownFinding:
    gap = finding.mirror_gap
    return ShownFinding(
        finding=finding,
        share=say_share(finding.share),
        people=finding.admissible + finding.inadmissible,
        channel=name_channel(finding.channel),
        mirror_gap=""
        if gap is None or gap.estimate is None
        else _("%(gap)s points (between %(low)s and %(high)s)")
        % {
            "gap": write_points(gap.estimate),
            "low": write_points(gap.low),
            "high": write_points(gap.high),
        },
    )


def say_distance(distance: Distance) -> str:
    """Say how far a line or guideline is from the public, with an interval."""
    reach = distance.reach
    sentence = {
        "overreach": _(
            "It takes room where the public finds speaking admissible in %(share)s of the cases "
            "that were judged (%(range)s)."
        ),
        "underreach": _(
            "It leaves room where the public finds speaking not admissible in %(share)s of the "
            "cases that were judged (%(range)s)."
        ),
    }[distance.kind]
    return sentence % {
        "share": write_percent(reach.share),
        "range": write_range(reach.low, reach.high),
    }


def cases_under(line: Line) -> tuple[list[ClosedCase], list[ClosedCase]]:
    """Give the closed cases in which a line holds, and those in which it may."""
    cases = closed_cases()
    truth = evaluate(line.predicate, code_contexts([case.context for case in cases]))
    certain, possible = (
        [case for case, each in zip(cases, truth, strict=True) if each == wanted]
        for wanted in (TRUE, UNDECIDED)
    )
    return certain, possible
