"""Rounds open on the day that an editor chose, and not without the gates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.ballots.asking import OPENING
from tests.cases.stored import BY, LATER, TODAY, edit, in_state, open_now, prepare
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.planning import cancel_plan, open_planned_rounds, plan_round
from spreekruimte.ballots.actions.rounds import SCHEDULE, Seed
from spreekruimte.ballots.models import CaseKey, Moderation, PlannedRound, Reason, Round
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db

OPENS = NOW + timedelta(days=2)


def plan(case: Case, **changes: object) -> PlannedRound:
    given: dict[str, Any] = {
        "opens_at": OPENS,
        "closes_at": LATER,
        "moderation": Moderation.AFTER,
        "seeds": [OPENING],
        **BY,
        **changes,
    }
    return plan_round(case=case, **given)


def come(now: datetime = OPENS) -> int:
    return open_planned_rounds(now=now, today=TODAY, draw=lambda size: b"d" * size)


def last_act() -> tuple[str, str]:
    entry = AuditEntry.objects.latest("pk")
    return entry.action, entry.actor


def test_a_planned_round_opens_on_its_day_and_not_before() -> None:
    case = in_state("ready")
    plan(case)
    assert last_act() == ("plan_round", "operator")
    assert come(OPENS - timedelta(seconds=1)) == 0
    assert come() == 1
    assert come() == 0
    round_ = Round.objects.select_related("case").get()
    assert (round_.opened_at, round_.closes_at, round_.moderation) == (OPENS, LATER, "after")
    assert round_.case.state == "open"
    assert Reason.objects.get().content == OPENING.content
    assert bytes(CaseKey.objects.get().key) == b"d" * 32
    assert last_act() == ("open_round", SCHEDULE)


def test_a_later_plan_takes_the_place_of_an_earlier_one() -> None:
    case = in_state("ready")
    plan(case)
    plan(case, opens_at=OPENS + timedelta(days=1), seeds=[])
    assert come() == 0
    assert PlannedRound.objects.get().seeds == []


def test_a_plan_can_be_cancelled_once() -> None:
    case = in_state("ready")
    plan(case)
    cancel_plan(case=case, **BY)
    assert last_act() == ("cancel_plan", "operator")
    assert come() == 0
    with pytest.raises(RefusedError):
        cancel_plan(case=case, **BY)


def test_a_gate_that_says_no_by_then_stops_the_case() -> None:
    case = in_state("ready", provenance="own_case")
    plan(case)
    Case.objects.filter(pk=case.pk).update(consent_given_on=None)
    assert come() == 0
    case.refresh_from_db()
    assert case.state == "stopped"
    assert not PlannedRound.objects.exists()


def test_a_case_that_was_changed_meanwhile_does_not_open_by_surprise() -> None:
    case = in_state("ready")
    plan(case)
    edit(case)
    assert come() == 0
    assert last_act() == ("drop_plan", SCHEDULE)
    assert not PlannedRound.objects.exists()


def test_a_case_that_was_opened_by_hand_goes_on() -> None:
    case = in_state("ready")
    plan(case)
    open_now(case)
    assert come() == 0
    case.refresh_from_db()
    assert case.state == "open"


def test_when_nobody_was_there_until_its_end_a_round_does_not_open() -> None:
    plan(in_state("ready"))
    assert come(LATER) == 0
    assert not PlannedRound.objects.exists()


def test_a_reason_that_cannot_be_given_any_more_drops_the_plan() -> None:
    planned = plan(in_state("ready"))
    planned.seeds = [{"content": "kort", "language": "nl"}]
    planned.save()
    assert come() == 0
    assert last_act() == ("drop_plan", SCHEDULE)
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_at": NOW},
        {"closes_at": OPENS},
        {"seeds": [Seed("kort", "nl")]},
    ],
    ids=["opens now", "closes when it opens", "short reason"],
)
def test_what_cannot_be_planned_is_refused(changes: dict[str, object]) -> None:
    case = in_state("ready")
    with pytest.raises(RefusedError):
        plan(case, **changes)
    assert not PlannedRound.objects.exists()


def test_a_case_that_is_not_ready_is_not_planned() -> None:
    with pytest.raises(RefusedError):
        plan(prepare())
