"""What was found of closed cases and in studies, and which open cases a line is asked in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from spreekruimte.analysis.rules import TRUE, evaluate
from spreekruimte.cases.context import Context
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.evidence import Evidence, Finding, weigh_evidence
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.queries.ended import EndedCase, Judged, read_judged
from spreekruimte.guidelines.queries.studied import StudiedContexts, read_studies
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.organisations.models import Organisation

MOST_KEPT = 16
"""Of how many organisations and guidelines what was found stays in memory."""


def find_findings(organisation: Organisation) -> list[Finding]:
    """Return what was published of each closed case, the newest verdict of each.

    Of a case that is asked now nothing is told until that is over. Of the context no more is read
    than citizens may be shown, and of the cases of other organisations no more than they were
    shown: a line is not to find out what an editor left out.
    """
    return list(_list_findings(read_judged(), organisation.pk))


def find_evidence(guideline: Guideline, lines: Sequence[Line], today: date) -> tuple[Evidence, ...]:
    """Return what each line of a guideline rests on."""
    return _weigh_lines(
        read_judged(),
        guideline.organisation_id,
        tuple(lines),
        tuple(read_studies()),
        guideline.evidence_days,
        today,
    )


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
    return _limit(case.context, case.public_facts, is_own=case.organisation_id == organisation.pk)


def _limit(answers: object, facts: Sequence[str], *, is_own: bool) -> Context:
    public = Context.of(answers).public()
    if is_own:
        return public
    return Context(tuple(each for each in public if each.attribute in facts))


@lru_cache(maxsize=MOST_KEPT)
def _weigh_lines(
    judged: Judged,
    organisation_id: int,
    lines: tuple[Line, ...],
    studies: tuple[StudiedContexts, ...],
    days: int,
    today: date,
) -> tuple[Evidence, ...]:
    """Weigh once what follows from the same rows."""
    findings = _list_findings(judged, organisation_id)
    return weigh_evidence(lines, findings, studies, days=days, today=today)


@lru_cache(maxsize=MOST_KEPT)
def _list_findings(judged: Judged, organisation_id: int) -> tuple[Finding, ...]:
    """Work out once what an organisation may read of the same rows."""
    found = (_make_finding(case, organisation_id) for case in judged.cases)
    return tuple(finding for finding in found if finding is not None)


def _make_finding(case: EndedCase, organisation_id: int) -> Finding | None:
    """Tell what the panel found, or else the open vote; None where nobody had an opinion."""
    found = case.found
    if found is None or case.published_at is None:
        return None
    is_own = case.organisation_id == organisation_id
    return Finding(
        case_id=case.id,
        description=case.description,
        context=_limit(json.loads(case.context), json.loads(case.facts), is_own=is_own),
        is_simulated=case.is_simulated,
        channel=found.channel,
        admissible=found.judgement.agree,
        inadmissible=found.judgement.disagree,
        share=found.judgement.support,
        outcome=found.judgement.outcome,
        mirror_gap=found.mirror_gap,
        published_at=case.published_at,
    )
