from __future__ import annotations

import pytest
from tests.cases.stored import LATER
from tests.guidelines.draft_check.ended import make_judged, make_protected
from tests.organisations.people import NOW
from tests.verdicts.results import ended, publish

from spreekruimte.ballots.models import Channel
from spreekruimte.cases.context import Context
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.draft_check.judged import (
    code_known,
    read_ended,
)
from spreekruimte.guidelines.queries import ended as rows
from spreekruimte.guidelines.queries.evidence import find_findings
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.verdicts.models import Figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def test_only_cases_with_an_official_verdict_or_that_are_protected_are_over() -> None:
    case = make_judged(tone="sharp")
    protected = make_protected(tone="neutral")
    ended(people=5, panel=0)
    found = read_ended().cases
    assert [each.id for each in found] == [protected.pk, case.pk]
    assert [each.published_at for each in found] == [None, NOW]
    Case.objects.filter(pk=case.pk).update(state="open", opens_at=NOW, closes_at=LATER)
    assert [each.id for each in read_ended().cases] == [protected.pk]


def test_of_a_case_is_read_what_citizens_are_shown_and_of_ones_own_all_that_is_public() -> None:
    case = make_judged(facts=["tone", "capacity"], tone="sharp", act_type="like", motive="gain")
    Case.objects.filter(pk=case.pk).update(
        context={**case.context, "reach_at_posting": {"value": "lt100", "followers": 30}}
    )
    found = read_ended()
    shown = code_contexts([Context.of({"tone": "sharp"})])
    public = {"tone": "sharp", "act_type": "like", "reach_at_posting": "lt100"}
    assert (found.shown == shown).all()
    assert (code_known(found, case.organisation_id + 1) == shown).all()
    assert (code_known(found, case.organisation_id) == code_contexts([Context.of(public)])).all()


@pytest.mark.parametrize(("panel", "channel"), [(12, Channel.PANEL), (0, Channel.OPEN)])
def test_what_was_found_is_what_the_evidence_of_lines_rests_on(
    panel: int, channel: Channel
) -> None:
    round_ = ended(people=40, panel=panel)
    publish(round_)
    (finding,) = find_findings(round_.case.organisation)
    (case,) = read_ended().judged
    found = case.found
    assert found is not None
    assert finding.channel == channel
    assert found.people == finding.admissible + finding.inadmissible
    assert found.judgement.outcome == finding.outcome


def test_where_nobody_had_an_opinion_nothing_was_found() -> None:
    make_judged(tone="sharp")
    figures = Figures.objects.get()
    for stored in figures.document["results"]:
        stored.update(agree=0, disagree=0)
    figures.save()
    make_protected(tone="sharp")
    assert read_ended().judged == ()
    assert [len(each.opinions) for each in read_ended().cases] == [0, 1]


def test_what_rows_say_is_worked_out_once_and_again_when_one_differs() -> None:
    case = make_judged(tone="sharp")
    before = read_ended()
    assert read_ended() is before
    Case.objects.filter(pk=case.pk).update(context={"tone": "neutral"})
    after = read_ended()
    assert after is not before
    assert (after.shown == code_contexts([Context.of({"tone": "neutral"})])).all()
    Figures.objects.all().delete()
    assert read_ended().judged == ()


def test_figures_are_read_once_and_no_more_are_kept_than_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = make_judged(tone="sharp")
    (before,) = read_ended().judged
    Figures.objects.update(document={"results": []})
    Case.objects.filter(pk=case.pk).update(context={"tone": "neutral"})
    (after,) = read_ended().judged
    assert after.found == before.found is not None
    monkeypatch.setattr(rows, "MOST_KEPT", 0)
    Case.objects.filter(pk=case.pk).update(context={"tone": "critical"})
    assert read_ended().judged == ()
