from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.stored import LATER, make_draft
from tests.guidelines.written import holds_where, make_line, make_version
from tests.organisations.people import NOW, make_organisation
from tests.verdicts.results import asked, ended, publish
from tests.verdicts.rounds import finish, start_round

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.cases.context import Context
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.queries.evidence import (
    find_evidence,
    find_findings,
    find_open_cases,
    read_known,
)
from spreekruimte.guidelines.stored import lines_of
from spreekruimte.organisations.models import Organisation
from spreekruimte.verdicts.models import Figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def owner_of(round_: Round) -> Organisation:
    return round_.case.organisation


def test_a_finding_is_what_the_panel_found_where_there_was_one() -> None:
    round_ = ended(people=40, panel=12)
    assert find_findings(owner_of(round_)) == []
    verdict = publish(round_)
    (found,) = find_findings(owner_of(round_))
    assert (found.case_id, found.channel) == (round_.case_id, Channel.PANEL)
    assert 0 < found.admissible + found.inadmissible <= 12
    assert found.published_at == verdict.published_at
    assert found.mirror_gap is None


def test_without_a_panel_it_is_what_the_open_vote_found() -> None:
    round_ = ended(people=40, panel=0)
    publish(round_)
    (found,) = find_findings(owner_of(round_))
    assert found.channel == Channel.OPEN


def test_nobody_with_an_opinion_is_no_finding() -> None:
    round_ = ended(people=40, panel=0)
    publish(round_)
    figures = Figures.objects.get()
    for stored in figures.document["results"]:
        stored.update(agree=0, disagree=0)
    figures.save()
    assert find_findings(owner_of(round_)) == []
    figures.document["results"] = []
    figures.save()
    assert find_findings(owner_of(round_)) == []


def test_nothing_is_told_of_a_case_that_is_asked_again() -> None:
    round_ = ended()
    publish(round_)
    Case.objects.filter(pk=round_.case_id).update(state="open", opens_at=NOW, closes_at=LATER)
    assert find_findings(owner_of(round_)) == []


@pytest.mark.parametrize(
    ("figures", "gap"),
    [
        ([], None),
        ([{"group": 0, "estimate": 0.1, "low": 0.0, "high": 0.2}], None),
        ([{"group": None, "estimate": None, "low": None, "high": None}], None),
        ([{"group": None, "estimate": 0.1, "low": 0.0, "high": 0.2}], (0.1, 0.0, 0.2)),
    ],
)
def test_the_mirror_gap_is_read_where_it_was_measured(
    figures: list[dict[str, Any]], gap: tuple[float, float, float] | None
) -> None:
    round_ = ended(people=40, panel=0)
    publish(round_)
    stored = Figures.objects.get()
    stored.document["framings"] = {"mirror_gap": figures}
    stored.save()
    (found,) = find_findings(owner_of(round_))
    read = found.mirror_gap
    assert (read and (read.estimate, read.low, read.high)) == gap


def test_of_others_no_more_is_known_than_citizens_were_told() -> None:
    case = make_draft()
    case.context = {"tone": "critical", "act_type": "like", "motive": "gain"}
    case.public_facts = ["tone"]
    assert read_known(case, case.organisation) == Context.of(
        {"tone": "critical", "act_type": "like"}
    )
    assert read_known(case, make_organisation("aasdorp")) == Context.of({"tone": "critical"})


def test_lines_rest_on_the_cases_in_which_they_hold() -> None:
    round_ = ended()
    publish(round_)
    version = make_version(
        make_line(predicate=holds_where(tone="critical")),
        make_line(predicate=holds_where(tone="threatening")),
        organisation=owner_of(round_),
    )
    guideline = version.guideline
    held, other = find_evidence(guideline, lines_of(version), NOW.date())
    assert [each.case_id for each in held.findings] == [round_.case_id]
    assert (held.standing, other.standing) == ("founded", "not_asked")
    guideline.evidence_days = 10
    later = NOW.date() + timedelta(days=10)
    assert find_evidence(guideline, lines_of(version), later)[0].standing == "lapsed"


def test_what_lines_rest_on_follows_what_is_published() -> None:
    round_ = ended()
    publish(round_)
    line = make_line(predicate=holds_where(tone="critical"))
    guideline = make_version(line, organisation=owner_of(round_)).guideline
    (held,) = find_evidence(guideline, [line], NOW.date())
    assert len(held.findings) == 1
    Case.objects.filter(pk=round_.case_id).update(context={"tone": "neutral"})
    (gone,) = find_evidence(guideline, [line], NOW.date())
    assert gone.findings == ()


def test_lines_are_asked_in_the_open_cases_in_which_they_hold() -> None:
    round_ = asked(people=2, panel=0)
    organisation = owner_of(round_)
    lines = [make_line(predicate=holds_where(tone="critical")), make_line()]
    assert find_open_cases(organisation, lines, NOW) == [[round_.case], []]
    assert find_open_cases(organisation, lines, LATER) == [[], []]
    finish(start_round())
    assert find_open_cases(organisation, lines, NOW) == [[round_.case], []]


def test_more_lines_and_cases_take_no_more_queries() -> None:
    round_ = ended(people=40, panel=0)
    publish(round_)
    organisation = owner_of(round_)
    with CaptureQueriesContext(connection) as few:
        find_findings(organisation)
        find_open_cases(organisation, [make_line()], NOW)
    publish(ended(people=40, panel=0))
    with CaptureQueriesContext(connection) as many:
        assert len(find_findings(organisation)) == 2
        find_open_cases(organisation, [make_line()] * 9, NOW)
    assert len(many) == len(few)
