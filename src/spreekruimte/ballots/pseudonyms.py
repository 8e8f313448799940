"""Pseudonyms: how ballots of one respondent are known to be so, without saying who that is.

What is stored where:

- with identities: the respondent's key in a tier (a confirmed address, a subject of OpenID Connect,
  an invitation, the token of a browser), and no ballot;
- with ballots: the pseudonym, and no key of a respondent;
- apart from both: the key of the case. It alone leads from one to the other. Once it is deleted,
  nobody can go that way again, and what remains of the ballots has no owner.

One case has one key over all its rounds, so that answers before and after can be compared. Two
cases have unrelated pseudonyms for the same person. The public log holds no pseudonyms.
"""

from __future__ import annotations

import hashlib
import hmac

from spreekruimte.ballots.encoding import encode

KEY_BYTES = 32

_PSEUDONYM = b"spreekruimte pseudonym 1"


def pseudonym(*, case_key: bytes, tier: str, respondent_key: str) -> str:
    """Give the pseudonym of a respondent in a case: 64 hexadecimal digits.

    It is the HMAC-SHA-256 of tier and key. Addresses can be guessed, so whoever has the key of the
    case and a list of addresses can find respondents: it is kept as carefully as the addresses.

    Parameters
    ----------
    case_key
        32 random bytes that belong to this case alone.
    tier
        How the respondent came in. The same key in two tiers is two respondents.
    respondent_key
        What tells this respondent from others of the tier, as stored with the identities.

    Raises
    ------
    ValueError
        If the key of the case has not 32 bytes, or if the tier or respondent's key is empty.
    """
    if len(case_key) != KEY_BYTES:
        raise ValueError(f"The key of a case has {KEY_BYTES} bytes, not {len(case_key)}.")
    if not tier or not respondent_key:
        raise ValueError("A respondent has a tier and a key.")
    message = encode(_PSEUDONYM, tier.encode("utf-8"), respondent_key.encode("utf-8"))
    return hmac.new(case_key, message, hashlib.sha256).hexdigest()
