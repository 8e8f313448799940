"""The closed cases that are most like a context, with what the public found of them.

Of a case no more is compared than citizens are shown: what an editor left out cannot be found out
by trying.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef, Q

from spreekruimte.analysis.vignettes.drafts import find_nearest
from spreekruimte.ballots.models import Channel
from spreekruimte.ballots.queries.votes import JUDGEMENT
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.context import Context
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.stored import description_of
from spreekruimte.guidelines.vocabulary import code_contexts, rule_attributes
from spreekruimte.verdicts.judgement import StatementResult
from spreekruimte.verdicts.models import Figures, OfficialVerdict
from spreekruimte.verdicts.reading import read_result

MOST = 3
# Who was drawn by lot stands for more than who came.
PREFERRED = (Channel.PANEL, Channel.OPEN)


@dataclass(frozen=True, slots=True)
class NearCase:
    """One closed case.

    Attributes
    ----------
    same
        How many of the answers are the same there.
    found
        What the public found, by the official verdict; None for a case that the law protects.
    """

    id: int
    description: Bilingual
    is_simulated: bool
    same: int
    channel: Channel | None
    found: StatementResult | None


def find_near_cases(context: Context) -> tuple[NearCase, ...]:
    """Find the closed cases with most answers the same; none where nothing is the same."""
    ended = _list_ended()
    shown = [_keep_shown(stored, facts) for _pk, stored, facts in ended]
    if not shown:
        return ()
    codes = rule_attributes().code_cases(shown)
    asked = code_contexts([context])[0]
    nearest = find_nearest(asked, codes, np.ones(len(asked)), MOST)
    cases = Case.objects.in_bulk([ended[place][0] for place, _likeness in nearest])
    return tuple(
        _describe(cases[ended[place][0]], round(likeness * len(context.answers)))
        for place, likeness in nearest
    )


def _list_ended() -> list[tuple[int, dict[str, object], list[str]]]:
    """Give the closed cases with an official verdict and those that are protected, the newest."""
    has_verdict = Exists(OfficialVerdict.objects.filter(round__case=OuterRef("pk")))
    ended = Case.objects.filter(Q(state="protected") | (Q(state="closed") & has_verdict))
    return list(ended.order_by("-pk").values_list("pk", "context", "public_facts"))


def _keep_shown(stored: dict[str, object], facts: list[str]) -> dict[str, str | None]:
    """Keep the values of the facts that citizens are shown."""
    shown: dict[str, str | None] = {}
    for name in facts:
        given = stored.get(name)
        value = given.get("value") if isinstance(given, dict) else given
        if isinstance(value, str) and attributes()[name].is_public:
            shown[name] = value
    return shown


def _describe(case: Case, same: int) -> NearCase:
    channel, found = _find_verdict(case)
    return NearCase(
        id=case.pk,
        description=description_of(case),
        is_simulated=case.is_simulated,
        same=same,
        channel=channel,
        found=found,
    )


def _find_verdict(case: Case) -> tuple[Channel | None, StatementResult | None]:
    """Read the newest official verdict: of the panel, or else of the open vote."""
    newest = ("-round__number", "-number")
    verdict = OfficialVerdict.objects.filter(round__case=case).order_by(*newest).first()
    if case.state == "protected" or verdict is None:
        return None, None
    figures = Figures.objects.in_bulk(verdict.snapshots.values())
    for channel in PREFERRED:
        stored = figures.get(verdict.snapshots.get(channel))
        judgement = _read_judgement(stored) if stored else None
        if judgement is not None:
            return channel, judgement
    return None, None


def _read_judgement(figures: Figures) -> StatementResult | None:
    for stored in figures.document["results"]:
        if stored["id"] == JUDGEMENT:
            return read_result(stored, {JUDGEMENT: ""})
    return None
