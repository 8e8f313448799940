"""Who works for the made-up organisation, and how a newcomer signs in as one of them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.organisations.actions import add_member, create_organisation
from spreekruimte.organisations.models import OPERATOR, Organisation, Role, User
from spreekruimte.organisations.refusals import RefusedError

SLUG, NAME = "demonstratie", "Demonstratie (verzonnen gemeente)"
PEOPLE: Mapping[str, Role] = MappingProxyType(
    {
        "beheer@demonstratie.example": Role.ADMINISTRATOR,
        "redactie@demonstratie.example": Role.EDITOR,
        "tweede-redacteur@demonstratie.example": Role.EDITOR,
        "moderatie@demonstratie.example": Role.MODERATOR,
        "ambtenaar@demonstratie.example": Role.PUBLIC_SERVANT,
        "controle@demonstratie.example": Role.AUDITOR,
    }
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one of them signs in.

    Attributes
    ----------
    code
        A recovery code, which works once: what an app or passkey is for anybody else.
    """

    role: str
    email: str
    password: str
    code: str


def refuse_beside_others() -> None:
    """Refuse where anybody works for an organisation that is not made up.

    Raises
    ------
    RefusedError
        If so: what is simulated does not stand among what is real.
    """
    if Organisation.objects.exclude(slug=SLUG).exists():
        raise RefusedError(
            _("There are organisations here. A demonstration needs a data folder of its own.")
        )


def make_people(*, now: datetime) -> Organisation:
    """Make the organisation and its members, as far as they are not there."""
    organisation = Organisation.objects.filter(slug=SLUG).first() or create_organisation(
        name=NAME, slug=SLUG, actor=OPERATOR, now=now
    )
    for email, role in PEOPLE.items():
        if not User.objects.filter(email=email).exists():
            add_member(
                organisation=organisation, email=email, roles=[role], actor=OPERATOR, now=now
            )
    return organisation


@transaction.atomic
def renew_sign_ins() -> list[SignIn]:
    """Give each of them a new password, and tell it with a code that was not used."""
    return [_renew(User.objects.get(email=email), role) for email, role in PEOPLE.items()]


def _renew(user: User, role: Role) -> SignIn:
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        # An app that nobody has: it makes the pages ask for a code, and takes one for recovery.
        TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user).get_unused_codes()
    if not codes:
        Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
        codes = RecoveryCodes.activate(user).get_unused_codes()
    return SignIn(str(role.label), user.email, password, codes[0])
