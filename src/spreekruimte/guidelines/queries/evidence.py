"""What was found of closed cases and in studies, and which open cases a line is asked in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from spreekruimte.analysis.rules import TRUE, evaluate
from spreekruimte.ballots.models import PREFERRED
from spreekruimte.ballots.queries.votes import JUDGEMENT
from spreekruimte.cases.context import Context
from spreekruimte.cases.models import Case
from spreekruimte.cases.stored import chosen_facts, description_of
from spreekruimte.guidelines.evidence import Evidence, Finding, weigh_evidence
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.queries.studied import read_studies
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.organisations.models import Organisation
from spreekruimte.verdicts.judgement import Interval, StatementResult
from spreekruimte.verdicts.models import Figures, OfficialVerdict
from spreekruimte.verdicts.queries.snapshots import verdicts_of_closed
from spreekruimte.verdicts.reading import read_result


def find_findings(organisation: Organisation) -> list[Finding]:
    """Return what was published of each closed case, the newest verdict of each.

    Of a case that is asked now nothing is told until that is over. Of the context no more is read
    than citizens may be shown, and of the cases of other organisations no more than they were
    shown: a line is not to find out what an editor left out.
    """
    verdicts = list(verdicts_of_closed().select_related("round__case").order_by("pk"))
    snapshots = [pk for verdict in verdicts for pk in verdict.snapshots.values()]
    figures = Figures.objects.in_bulk(snapshots)
    found = (_read_finding(verdict, figures, organisation) for verdict in verdicts)
    return [finding for finding in found if finding is not None]


def find_evidence(guideline: Guideline, lines: Sequence[Line], today: date) -> tuple[Evidence, ...]:
    """Return what each line of a guideline rests on."""
    findings = find_findings(guideline.organisation)
    studies = read_studies()
    return weigh_evidence(lines, findings, studies, days=guideline.evidence_days, today=today)


def find_open_cases(
    organisation: Organisation, lines: Sequence[Line], now: datetime
) -> list[list[Case]]:
    """Return of each line the open cases in which it holds, those that close first before others.

    One query, however many lines there are.
    """
    found = Case.objects.filter(state="open", opens_at__lte=now, closes_at__gt=now)
    cases = list(found.order_by("closes_at", "pk"))
    codes = code_contexts([read_known(each, organisation) for each in cases])
    truths = [evaluate(line.predicate, codes) for line in lines]
    return [
        [case for case, holds in zip(cases, truth, strict=True) if holds == TRUE]
        for truth in truths
    ]


def read_known(case: Case, organisation: Organisation) -> Context:
    """Return what an organisation may know of the context of a case; see `find_findings`."""
    if case.organisation_id == organisation.pk:
        return Context.of(case.context).public()
    return Context.of({attribute.id: value for attribute, value in chosen_facts(case)})


def _read_finding(
    verdict: OfficialVerdict, figures: Mapping[int, Figures], organisation: Organisation
) -> Finding | None:
    """Read what the panel found, or else the open vote; None where nobody had an opinion."""
    case = verdict.round.case
    for channel in PREFERRED:
        stored = figures.get(verdict.snapshots.get(channel))
        judgement = read_judgement(stored) if stored else None
        if stored and judgement and judgement.agree + judgement.disagree:
            return Finding(
                case_id=case.pk,
                description=description_of(case),
                context=read_known(case, organisation),
                is_simulated=case.is_simulated,
                channel=channel,
                admissible=judgement.agree,
                inadmissible=judgement.disagree,
                share=judgement.support,
                outcome=judgement.outcome,
                mirror_gap=_read_mirror_gap(stored.document),
                published_at=verdict.published_at,
            )
    return None


def read_judgement(figures: Figures) -> StatementResult | None:
    """Read what was found of the post itself; None where nothing of it was counted."""
    for stored in figures.document["results"]:
        if stored["id"] == JUDGEMENT:
            return read_result(stored, {JUDGEMENT: ""})
    return None


def _read_mirror_gap(document: dict[str, Any]) -> Interval | None:
    """Read the gap of everybody, where people were asked on the mirror."""
    figures = document.get("framings", {}).get("mirror_gap", [])
    everybody = next((each for each in figures if each["group"] is None), None)
    if everybody is None or everybody["estimate"] is None:
        return None
    return Interval(everybody["estimate"], everybody["low"], everybody["high"])
