"""Check a case at its gates, open and close it, stop it, withdraw it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.actions.changing import hold, move, record
from spreekruimte.cases.gates import GateResult, check_gates, choose_move
from spreekruimte.cases.models import Case
from spreekruimte.cases.stored import facts_of
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def submit_for_check(*, case: Case, today: date, actor: Actor, now: datetime) -> Case:
    """Check every gate and move the case to what follows: ready, stopped or protected.

    A case that is closed is checked for another round. One that was stopped can be checked again
    unchanged, for it may only have had to wait.

    Raises
    ------
    RefusedError
        If the state does not allow a check.
    """
    case = hold(case)
    if case.state == "stopped":
        move(case, "revise")
    move(case, "ask_again" if case.state == "closed" else "submit")
    results = check_gates(facts_of(case), today=today)
    move(case, choose_move(results))
    case.reasons = _codes(results)
    case.opens_at = case.closes_at = None
    case.save()
    record(case, "submit_for_check", actor=actor, now=now, reasons=case.reasons)
    return case


@transaction.atomic
def open_case(*, case: Case, closes_at: datetime, today: date, actor: Actor, now: datetime) -> Case:
    """Open a case now, if every gate still lets it through; else it is stopped.

    Raises
    ------
    RefusedError
        If the state does not allow it, or the case would not close after now.
    """
    case = hold(case)
    if closes_at <= now:
        raise RefusedError(_("A case closes after it opens."))
    move(case, "open")
    results = check_gates(facts_of(case), today=today)
    case.reasons = _codes(results)
    if choose_move(results) == "clear":
        case.opens_at, case.closes_at = now, closes_at
    else:
        move(case, "stop")
    case.save()
    record(case, "open_case", actor=actor, now=now, reasons=case.reasons)
    return case


@transaction.atomic
def close_case(*, case: Case, actor: Actor, now: datetime) -> Case:
    """End the round; refuse for a case that is not open."""
    return _take(case, "close", actor, now)


@transaction.atomic
def stop_case(*, case: Case, actor: Actor, now: datetime) -> Case:
    """Stop a case that is ready or open, at once."""
    return _take(case, "stop", actor, now)


@transaction.atomic
def withdraw_case(*, case: Case, actor: Actor, now: datetime) -> Case:
    """Take a case back for good, whatever its state."""
    return _take(case, "withdraw", actor, now)


def _take(
    case: Case, step: Literal["close", "stop", "withdraw"], actor: Actor, now: datetime
) -> Case:
    case = hold(case)
    move(case, step)
    case.save()
    record(case, f"{step}_case", actor=actor, now=now)
    return case


def _codes(results: tuple[GateResult, ...]) -> list[str]:
    """Name what stops or protects: sentences can repeat what leads to a person."""
    found = (
        f"{result.gate}.{reason.code}"
        for result in results
        for reason in (*result.with_effect("stops"), *result.with_effect("protects"))
    )
    return list(dict.fromkeys(found))
