"""Tokens by which a page inside another one votes once, since it can keep no cookie.

Each time that the ballot is shown inside another page, it gets a token of its own: a random number,
signed for the round. What makes it be used once is the log of the round, see
`spreekruimte.channels.embed.actions`.

A second token of the same showing takes the ballot back and does nothing else: it shows no answer
and casts none. The page around the frame may learn it when a reader follows the link that holds it,
and could then do no more than that reader is about to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent

# Who opens a page in the morning may vote in the evening.
LASTS_SECONDS = 24 * 3600
LONGEST_TOKEN = 300
_SALT = "spreekruimte.channels.embed"
_WITHDRAWING = "spreekruimte.channels.embed.withdrawing"


@dataclass(frozen=True, slots=True)
class Token:
    """One showing of the ballot of a round.

    Attributes
    ----------
    nonce
        Differs for each.
    """

    round_id: int
    nonce: str

    @property
    def respondent(self) -> Respondent:
        """Who votes with it."""
        return Respondent(Tier.EMBED, keyed_digest("embed", self.nonce))


def make_token(round_id: int, *, nonce: str) -> str:
    """Make the token for one showing of the ballot of a round."""
    return signing.dumps([round_id, nonce], salt=_SALT)


def read_token(written: str) -> Token | None:
    """Read a token; None for one that was not made here, or too long ago."""
    return _read(written, _SALT, LASTS_SECONDS)


def make_withdrawal(round_id: int, *, nonce: str) -> str:
    """Make the token by which the ballot of one showing is taken back, at any time."""
    return signing.dumps([round_id, nonce], salt=_WITHDRAWING)


def read_withdrawal(written: str) -> Token | None:
    """Read a token that takes a ballot back; None for one that was not made here for that."""
    return _read(written, _WITHDRAWING, None)


def _read(written: str, salt: str, lasts: int | None) -> Token | None:
    if len(written) > LONGEST_TOKEN:
        return None
    try:
        round_id, nonce = signing.loads(written, salt=salt, max_age=lasts)
    except signing.BadSignature:
        return None
    return Token(round_id, nonce)
