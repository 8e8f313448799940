"""Which case an address of ours leads to, as others write it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from spreekruimte.ballots.actions.casting import LARGEST_ID

LONGEST_ADDRESS = 2000

_CASE = re.compile(r"/cases/([0-9]{1,19})(?:/.*)?", re.ASCII)


def read_case_address(address: str, *, host: str) -> int | None:
    """Give the number of the case that an address leads to; None if it leads to none here.

    Parameters
    ----------
    host
        Our own, with its port where that is not the usual one.
    """
    if len(address) > LONGEST_ADDRESS or not address.isprintable():
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    found = _CASE.fullmatch(parts.path)
    is_ours = parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
    if not is_ours or found is None or int(found[1]) > LARGEST_ID:
        return None
    return int(found[1])
