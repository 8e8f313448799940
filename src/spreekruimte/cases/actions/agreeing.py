"""What the public servant is offered, and agrees to."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.actions.changing import hold, hold_alive, move, record
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError


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
    """Keep that the public servant replied, or does not want to; refuse without an offer."""
    case = hold_alive(case)
    if case.reply_offered_on is None:
        raise RefusedError(_("Offer the public servant a reply first."))
    case.reply_is_settled = True
    case.save()
    record(case, "settle_reply", actor=actor, now=now)
    return case


@transaction.atomic
def give_consent(*, case: Case, today: date, actor: Actor, now: datetime) -> Case:
    """Keep that the public servant agrees to an own case; refuse for any other."""
    case = hold_alive(case)
    if case.provenance != "own_case":
        raise RefusedError(_("Only an own case needs consent."))
    case.consent_given_on = today
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
