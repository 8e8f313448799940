"""Sign the checklist of the identification gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.actions.changing import hold_alive, record
from spreekruimte.cases.gates.identification import CHECKLIST, CLEARANCES, Clearance
from spreekruimte.cases.models import Case, Signature
from spreekruimte.cases.stored import digest_of
from spreekruimte.organisations.models import User
from spreekruimte.organisations.refusals import RefusedError

MOST_CLEARED = 50
LONGEST_CLEARED = 200


@transaction.atomic
def sign_checklist(
    *,
    case: Case,
    editor: User,
    digest: str,
    confirmed: Collection[str],
    cleared: Mapping[str, Clearance],
    now: datetime,
) -> Case:
    """Sign for the texts of a case, in place of what the same editor signed before.

    Parameters
    ----------
    digest
        `digest_of` the case as the editor read it.
    confirmed
        The items of the checklist that hold.
    cleared
        What looks like a name or place in the texts and leads to no person, each with why.

    Raises
    ------
    ValidationError
        If an item does not exist, or too much or too long a text is cleared.
    RefusedError
        If the texts changed after they were read, the case was withdrawn, or the editor signed
        for just this before.
    """
    is_small = len(cleared) <= MOST_CLEARED and all(len(s) <= LONGEST_CLEARED for s in cleared)
    is_known = set(confirmed) <= CHECKLIST.keys() and set(cleared.values()) <= CLEARANCES.keys()
    if not (is_known and is_small):
        raise ValidationError(_("That choice does not exist."))
    case = hold_alive(case)
    if digest != digest_of(case):
        raise RefusedError(_("The texts changed after you read them. Read them again."))
    items = [item for item in CHECKLIST if item in confirmed]
    signed = {"digest": digest, "confirmed": items, "cleared": dict(sorted(cleared.items()))}
    mine = case.signatures.filter(editor=editor.pseudonym)
    if signed in mine.values("digest", "confirmed", "cleared"):
        raise RefusedError(_("You signed for this already."))
    Signature.objects.update_or_create(
        case=case, editor=editor.pseudonym, defaults={**signed, "signed_at": now}
    )
    record(
        case, "sign_checklist", actor=editor.actor, now=now, digest=digest, confirmed=list(items)
    )
    return case
