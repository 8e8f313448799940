"""What the public servant is offered, and agrees to."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.actions.changing import hold, hold_alive, move, record
from spreekruimte.cases.consent_codes import digest_code
from spreekruimte.cases.models import Case, ConsentCode
from spreekruimte.cases.stored import digest_of
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

CODE_HOLDER = Actor("consent_code")
"""Whoever holds the code of a case, as the audit trail names them."""


@transaction.atomic
def offer_reply(*, case: Case, today: date, actor: Actor, now: datetime) -> Case:
    """Keep that the public servant was offered a reply today; refuse a second offer."""
    case = hold_alive(case)
    if case.reply_offered_on is not None:
        raise RefusedError(_("A reply was offered already."))
    case.reply_offered_on = today
    case.save()
    record(case, "offer_reply", actor=actor, now=now)
    return case


@transaction.atomic
def settle_reply(*, case: Case, actor: Actor, now: datetime) -> Case:
    """Keep that the public servant replied, or does not want to; refuse it without an offer."""
    case = hold_alive(case)
    if case.reply_offered_on is None:
        raise RefusedError(_("Offer the public servant a reply first."))
    if case.reply_is_settled:
        raise RefusedError(_("The reply is settled already."))
    case.reply_is_settled = True
    case.save()
    record(case, "settle_reply", actor=actor, now=now)
    return case


@transaction.atomic
def set_consent_code(*, case: Case, code: str, actor: Actor, now: datetime) -> Case:
    """Let whoever holds a code agree to an own case, in place of a code that was not used.

    A code that was used stays: with it the public servant can take the consent back.

    Raises
    ------
    RefusedError
        If the case is no own case, was withdrawn, or was agreed to.
    """
    case = _hold_own(case)
    if case.consent_given_on is not None:
        raise RefusedError(_("The public servant agreed with a code. That code stays."))
    ConsentCode.objects.update_or_create(case=case, defaults={"digest": digest_code(code)})
    record(case, "set_consent_code", actor=actor, now=now)
    return case


@transaction.atomic
def give_consent(*, case: Case, digest: str, today: date, actor: Actor, now: datetime) -> Case:
    """Keep that the public servant agrees to the texts and facts of an own case as they are.

    Parameters
    ----------
    digest
        `digest_of` the case as the public servant read it. The consent lapses when it changes.

    Raises
    ------
    RefusedError
        If the case is no own case or was withdrawn, the texts changed after they were read, or
        they were agreed to already.
    """
    case = _hold_own(case)
    if digest != digest_of(case):
        raise RefusedError(_("The texts changed after you read them. Read them again."))
    if digest == case.consent_digest:
        raise RefusedError(_("You agreed to these texts already."))
    case.consent_given_on, case.consent_digest = today, digest
    case.save()
    record(case, "give_consent", actor=actor, now=now)
    return case


@transaction.atomic
def withdraw_consent(*, case: Case, today: date, actor: Actor, now: datetime) -> Case:
    """Take the consent back, and with it the case, at once and whatever its state."""
    case = hold(case)
    move(case, "withdraw")
    if case.consent_given_on is None:
        raise RefusedError(_("The public servant has not agreed to this case."))
    case.consent_withdrawn_on = today
    case.save()
    record(case, "withdraw_consent", actor=actor, now=now)
    return case


def _hold_own(case: Case) -> Case:
    case = hold_alive(case)
    if case.provenance != "own_case":
        raise RefusedError(_("Only an own case needs consent."))
    return case
