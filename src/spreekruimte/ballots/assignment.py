"""Draw on which text of a case a respondent is asked: once for all, and so that nobody can choose.

The lot follows from the key of the case, the round and the pseudonym. So it is the same at every
visit, on every device, for whoever is the same respondent; nobody without the key can tell it
beforehand; and nothing about it has to stand in a page, an address or a cookie.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from itertools import accumulate

from spreekruimte.ballots.encoding import encode
from spreekruimte.cases.shares import Arm, Weights

_ARM = b"spreekruimte arm 1"
BITS = 256
"""Of a number that is drawn."""


@dataclass(frozen=True, slots=True)
class Lot:
    """How respondents of one round are divided over the texts of its case.

    Attributes
    ----------
    case_key
        32 random bytes that belong to the case alone.
    log_name
        Of the round: in another one the lots are drawn anew.
    weights
        How often each arm comes; each above zero.
    """

    case_key: bytes
    log_name: str
    weights: Weights

    def draw(self, pseudonym: str) -> Arm:
        """Give the arm of a pseudonym.

        The HMAC-SHA-256, read as a fraction of one, falls into the share of one arm. All is in
        whole numbers; the shares are met to one part in 2**240.
        """
        drawn = draw_number(self.case_key, _ARM, self.log_name, pseudonym)
        ends = list(accumulate(weight for _arm, weight in self.weights))
        place = drawn * ends[-1] >> BITS
        return next(
            arm for (arm, _weight), end in zip(self.weights, ends, strict=True) if place < end
        )


def draw_number(key: bytes, purpose: bytes, *parts: str) -> int:
    """Draw a whole number below 2**256, always the same one: the HMAC-SHA-256 of all parts.

    Parameters
    ----------
    purpose
        What it is for: the same parts give unrelated numbers for two purposes.
    """
    message = encode(purpose, *(part.encode() for part in parts))
    return int.from_bytes(hmac.digest(key, message, hashlib.sha256), "big")
