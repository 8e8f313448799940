"""Tokens for tests of what opens with one."""

from __future__ import annotations

from tests.organisations.people import NOW

from spreekruimte.ophef.actions.tokens import issue_token
from spreekruimte.ophef.models import AccessToken
from spreekruimte.organisations.models import OPERATOR, Organisation

SECRET = "s" * 43


def make_token(
    organisation: Organisation, use: AccessToken.Use, secret: str = SECRET
) -> AccessToken:
    return issue_token(
        organisation=organisation,
        use=use,
        purpose="reception",
        secret=secret,
        actor=OPERATOR,
        now=NOW,
    )
