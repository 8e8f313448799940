"""What every change to a case has in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.models import Case
from spreekruimte.cases.queries.editing import latest_of
from spreekruimte.cases.queries.trail import version_of
from spreekruimte.cases.states import Move, State, TransitionError, moves_from, next_state
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError


@contextmanager
def as_read(case: Case, *, version: int) -> Iterator[Case]:
    """Hold a case for one change, which is undone with whatever fails in between.

    What one editor writes does not overwrite what another one did meanwhile, and a form that is
    sent twice changes the case once.

    Parameters
    ----------
    version
        `version_of` the case when it was read.

    Raises
    ------
    RefusedError
        If the case was changed after it was read.
    """
    with transaction.atomic():
        case = hold(case)
        if version_of(case) != version:
            raise RefusedError(
                _("This case changed after you opened the page. Open it again and look.")
            )
        yield case


@contextmanager
def with_no_other(organisation: Organisation, *, latest: int) -> Iterator[None]:
    """Let an organisation get a case, if it got no other since its list was read.

    Parameters
    ----------
    latest
        `latest_of` the organisation when it was read.

    Raises
    ------
    RefusedError
        If a case was made meanwhile: it can be the same one, sent twice.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if latest_of(organisation) != latest:
            raise RefusedError(
                _("A case was made after you opened this page. Look whether it is this one.")
            )
        yield


def hold(case: Case) -> Case:
    """Read a case anew and let no other action change it before this one is done."""
    return (
        Case.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=case.pk)
    )


def hold_to_edit(case: Case) -> Case:
    """Hold a case and bring it back to a draft; refuse where it cannot be one any more."""
    case = hold(case)
    if case.state != "draft":
        move(case, "revise")
    return case


def hold_alive(case: Case) -> Case:
    """Hold a case; refuse one that was withdrawn."""
    case = hold(case)
    if not moves_from(state_of(case)):
        raise _refuse(TransitionError(state_of(case), "revise"))
    return case


def state_of(case: Case) -> State:
    """Give the state of a case, which the database holds to the known ones."""
    return cast(State, case.state)


def move(case: Case, step: Move) -> None:
    """Move a case along the table of states, without saving it.

    Raises
    ------
    RefusedError
        If its state does not allow the step.
    """
    try:
        case.state = next_state(state_of(case), step)
    except TransitionError as error:
        raise _refuse(error) from error


def record(
    case: Case, action: str, *, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    """Add what was done to a case to the audit trail, with the state that followed."""
    audit.record(
        actor=actor,
        action=action,
        kind="case",
        identifier=case.pk,
        organisation=case.organisation,
        now=now,
        details={"state": case.state, **details},
    )


def _refuse(error: TransitionError) -> RefusedError:
    return RefusedError(str(error.sentence))
