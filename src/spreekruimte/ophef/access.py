"""Who comes with a token: looked up by its digest, counted, and no person."""

from __future__ import annotations

from datetime import datetime

from spreekruimte.ballots.limits import is_within
from spreekruimte.ophef.actions.tokens import digest_secret
from spreekruimte.ophef.models import AccessToken
from spreekruimte.organisations.models import Actor

# One every two seconds, the whole hour long.
MOST_IN_AN_HOUR = 1800


def find_token(secret: str, use: AccessToken.Use) -> AccessToken | None:
    """Find the token that a secret is of, if it opens this and was not revoked."""
    valid = AccessToken.objects.select_related("organisation").filter(
        digest=digest_secret(secret), use=use, revoked_at__isnull=True
    )
    return valid.first()


def is_within_limit(token: AccessToken, *, now: datetime) -> bool:
    """Count one more signal of a token in this hour, and tell whether it is still allowed."""
    return is_within(f"ophef.{token.use}", str(token.pk), most=MOST_IN_AN_HOUR, now=now)


def actor_of(token: AccessToken) -> Actor:
    """Say who it was, for the audit trail: no user."""
    return Actor(f"token {token.pk}")
