"""Rounds open with their case, and end with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.ballots.asking import KEY, OPENING, ask, judge
from tests.cases.stored import BY, LATER, TODAY, in_state, prepare, prepare_framed, submit
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.rounds import (
    MOST_SEEDS,
    SCHEDULE,
    Seed,
    Step,
    StoppedError,
    end_round,
    end_rounds_past_closing,
    open_round,
)
from spreekruimte.ballots.chain import Head
from spreekruimte.ballots.models import CaseKey, Moderation, Reason, Round
from spreekruimte.ballots.queries.rounds import current_round, open_rounds, rounds_of
from spreekruimte.ballots.refusals import RoundIsOver
from spreekruimte.cases import actions as cases
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db


def open_(case: Case, **changes: object) -> Round:
    given: dict[str, Any] = {
        "closes_at": LATER,
        "moderation": Moderation.BEFORE,
        "seeds": [OPENING],
        "new_key": KEY,
        "today": TODAY,
        **BY,
        **changes,
    }
    return open_round(case=case, **given)


def acts() -> list[tuple[str, str]]:
    return list(
        AuditEntry.objects.filter(kind="round").order_by("pk").values_list("action", "actor")
    )


def test_a_round_opens_with_its_case_a_key_and_the_reasons_of_the_editor() -> None:
    case = in_state("ready")
    round_ = open_(case, seeds=[OPENING, Seed("Anyone may\n have  an opinion.", "en"), OPENING])
    case.refresh_from_db()
    assert (case.state, case.closes_at, round_.closes_at) == ("open", LATER, LATER)
    assert (round_.number, round_.opened_at, round_.moderation) == (1, NOW, "before")
    assert round_.head_digest == Head.of_round(f"case-{case.pk}-round-1").digest
    assert bytes(CaseKey.objects.get(case=case).key) == KEY
    assert list(Reason.objects.order_by("pk").values_list("content", "language", "state")) == [
        (OPENING.content, "nl", "shown"),
        ("Anyone may have an opinion.", "en", "shown"),
    ]
    assert round_.arms == {"post.context": 10_000}
    assert current_round(case, now=NOW) == round_
    assert acts() == [("open_round", "operator")]


def test_a_round_keeps_how_often_each_text_is_drawn_in_it() -> None:
    round_ = open_(submit(prepare_framed()))
    assert len(round_.arms) == 10
    assert (round_.arms["post.context"], round_.arms["mirror.bare"]) == (60 * 75, 10 * 25)


def test_another_round_of_a_case_has_the_same_key_and_the_next_number() -> None:
    round_ = end_round(round=ask(), step="close", **BY)
    case = submit(round_.case)
    second = open_(case, new_key=b"n" * 32)
    assert second.number == 2
    assert bytes(CaseKey.objects.get(case=case).key) == KEY
    assert rounds_of(case) == [second, round_]
    assert current_round(case, now=NOW) == second


def test_a_gate_that_says_no_at_the_last_moment_stops_the_case_and_opens_no_round() -> None:
    case = in_state("ready", provenance="own_case")
    Case.objects.filter(pk=case.pk).update(consent_given_on=None)
    with pytest.raises(StoppedError):
        open_(case)
    case.refresh_from_db()
    assert case.state == "stopped"
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_at": NOW},
        {"seeds": [Seed("kort", "nl")]},
        {"seeds": [Seed("x" * 281, "nl")]},
        {"seeds": [Seed("Volgens mevrouw Jansen mag het.", "nl")]},
        {"seeds": [Seed(f"Reden nummer {number}.", "nl") for number in range(MOST_SEEDS + 1)]},
    ],
    ids=["closes at once", "short", "long", "names someone", "too many"],
)
def test_what_cannot_be_asked_is_refused_and_changes_nothing(changes: dict[str, object]) -> None:
    case = in_state("ready")
    before = AuditEntry.objects.count()
    with pytest.raises(RefusedError):
        open_(case, **changes)
    case.refresh_from_db()
    assert (case.state, AuditEntry.objects.count()) == ("ready", before)
    assert not Round.objects.exists()
    assert not CaseKey.objects.exists()


def test_a_case_that_is_not_ready_is_not_opened() -> None:
    with pytest.raises(RefusedError):
        open_(prepare())
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("step", "state"), [("close", "closed"), ("stop", "stopped"), ("withdraw", "withdrawn")]
)
def test_a_round_ends_before_its_day(step: Step, state: str) -> None:
    round_ = ask()
    ended = end_round(round=round_, step=step, **BY)
    assert (ended.case.state, ended.ended_at) == (state, NOW)
    assert current_round(round_.case, now=NOW) is None
    assert acts()[-1] == ("end_round", "operator")
    with pytest.raises(RoundIsOver):
        judge(round_)


def test_a_round_ends_once() -> None:
    round_ = end_round(round=ask(), step="close", **BY)
    with pytest.raises(RefusedError):
        end_round(round=round_, step="withdraw", **BY)
    round_.case.refresh_from_db()
    assert round_.case.state == "closed"


def test_withdrawn_consent_stops_at_once_and_ends_the_round() -> None:
    round_ = ask(case=in_state("ready", provenance="own_case"))
    cases.withdraw_consent(case=round_.case, today=TODAY, **BY)
    assert current_round(round_.case, now=NOW) is None
    with pytest.raises(RoundIsOver):
        judge(round_)
    assert end_rounds_past_closing(now=NOW) == 1
    round_.refresh_from_db()
    assert (round_.ended_at, round_.case.state) == (NOW, "withdrawn")


def test_a_case_that_was_stopped_can_be_asked_again_though_nothing_ended_its_round() -> None:
    round_ = ask()
    case = submit(cases.stop_case(case=round_.case, **BY))
    second = open_(case)
    round_.refresh_from_db()
    assert (round_.ended_at, second.number) == (NOW, 2)


def test_a_round_ends_on_its_day_and_not_before() -> None:
    round_ = ask()
    assert end_rounds_past_closing(now=LATER - timedelta(seconds=1)) == 0
    assert list(open_rounds(now=LATER - timedelta(seconds=1))) == [round_]
    assert list(open_rounds(now=LATER)) == []
    assert end_rounds_past_closing(now=LATER) == 1
    assert end_rounds_past_closing(now=LATER) == 0
    round_ = Round.objects.select_related("case").get()
    assert (round_.ended_at, round_.case.state) == (LATER, "closed")
    assert acts()[-1] == ("end_round", SCHEDULE)
