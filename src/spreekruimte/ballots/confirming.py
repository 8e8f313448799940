"""Confirm an e-mail address by a link, and keep neither the address nor that it was asked."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent

LASTS_SECONDS = 3600
_SALT = "spreekruimte.ballots.confirming"
_TO_A_FILE = "django.core.mail.backends.filebased.EmailBackend"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a link says: who confirms, for which round.

    Attributes
    ----------
    nonce
        Differs for each link.
    """

    key: str
    round_id: int
    nonce: str

    @property
    def respondent(self) -> Respondent:
        """Who comes in with the link."""
        return Respondent(Tier.EMAIL, self.key)


def can_send() -> bool:
    """Tell whether mail leaves this installation."""
    return bool(settings.EMAIL_BACKEND != _TO_A_FILE)


def make_token(address: str, *, round_id: int, nonce: str) -> str:
    """Make what the link to an address holds: a digest of the address, signed."""
    key = keyed_digest("email", normalise(address))
    return signing.dumps([key, round_id, nonce], salt=_SALT)


def read_token(token: str) -> Confirmation | None:
    """Read a link; None for one that was not made here, or too long ago."""
    try:
        key, round_id, nonce = signing.loads(token, salt=_SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return None
    return Confirmation(key, round_id, nonce)


def use_up(confirmation: Confirmation) -> bool:
    """Note that a link was used; tell whether this was the first time."""
    return bool(cache.add(f"confirmed.{confirmation.nonce}", True, LASTS_SECONDS))


def send_link(address: str, link: str) -> None:
    """Send the link to the address, in the language of the reader.

    Raises
    ------
    OSError
        If the mail cannot be sent.
    """
    paragraphs = [
        _("Somebody, probably you, wants to vote on a case with this e-mail address."),
        _("Open this link within one hour, in the browser in which you asked for it:"),
        link,
        _("Was it not you? Then you need not do anything. We have not kept your address."),
    ]
    send_mail(_("Confirm your e-mail address to vote"), "\n\n".join(paragraphs), None, [address])


def normalise(address: str) -> str:
    """Give an address in the form that all spellings of the same mailbox share."""
    name, _at, domain = unicodedata.normalize("NFKC", address.strip()).lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain.rstrip('.')}"
