"""Give out what lets a phone system or the person at the phone add signals, and take it back."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ophef.models import AccessToken
from spreekruimte.ophef.models.tokens import LONGEST_PURPOSE
from spreekruimte.ophef.writing import tidy_phrase
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

MOST_TOKENS = 50


@transaction.atomic
def issue_token(
    *,
    organisation: Organisation,
    use: AccessToken.Use,
    purpose: str,
    secret: str,
    actor: Actor,
    now: datetime,
) -> AccessToken:
    """Let whoever has a secret add signals.

    Parameters
    ----------
    purpose
        Who or what it is for; no person.
    secret
        At least 32 random bytes as text. It is shown once and not kept.

    Raises
    ------
    ValidationError
        If the purpose is absent, too long or could lead to a person.
    RefusedError
        If there are too many tokens that are not revoked.
    """
    try:
        named = tidy_phrase(purpose, longest=LONGEST_PURPOSE, organisation=organisation.name)
    except ValidationError as error:
        raise ValidationError({"purpose": error}) from error
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    valid = AccessToken.objects.filter(organisation=organisation, revoked_at__isnull=True)
    if valid.count() >= MOST_TOKENS:
        raise RefusedError(_("There are too many links and keys. Withdraw one first."))
    token = AccessToken.objects.create(
        organisation=organisation,
        use=use,
        purpose=named,
        digest=digest_secret(secret),
        issued_at=now,
    )
    _record(token, "issue_token", actor, now)
    return token


@transaction.atomic
def revoke_token(*, token: AccessToken, actor: Actor, now: datetime) -> AccessToken:
    """Let a token open nothing any more. The signals that came in with it stay.

    Raises
    ------
    RefusedError
        If it was revoked already.
    """
    held = AccessToken.objects.select_for_update().get(pk=token.pk)
    if held.revoked_at is not None:
        raise RefusedError(_("This was withdrawn already."))
    held.revoked_at = now
    held.save(update_fields=["revoked_at"])
    _record(held, "revoke_token", actor, now)
    return held


def note_use(*, token: AccessToken, now: datetime) -> None:
    """Keep on which day a token was used last."""
    day = now.date()
    if token.used_on != day:
        AccessToken.objects.filter(pk=token.pk).update(used_on=day)


def digest_secret(secret: str) -> str:
    """Give what is kept of a secret: it is random, so that nobody can guess it from this."""
    return sha256(secret.encode("utf-8")).hexdigest()


def _record(token: AccessToken, action: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="token",
        identifier=token.pk,
        organisation=token.organisation,
        now=now,
        details={"use": token.use, "purpose": token.purpose},
    )
