"""A signal as it is reported, before it is stored: what each way in makes of what it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from spreekruimte.cases.gates.detectors import DETECTORS
from spreekruimte.cases.gates.detectors import Kind as Finding
from spreekruimte.ophef.models import Incident, Kind
from spreekruimte.ophef.models.signals import (
    LONGEST_ADDRESS,
    LONGEST_OUTLET,
    LONGEST_PLATFORM,
    MOST_HOURS,
    MOST_REACH,
)
from spreekruimte.ophef.reasons import SignalError

# Clocks of two systems differ by no more than this.
CLOCKS_DIFFER = timedelta(minutes=5)
LONGEST_AUTHOR = 300
WITH_ADDRESS = frozenset({Kind.MEDIA, Kind.MENTION})

_PLATFORM = re.compile(r"[a-z0-9][a-z0-9 .-]*")
_UNSEEN = re.compile(r"[\x00-\x20\x7f<>\"\\]")
# What a medium is never called: it would be a person.
_PERSONAL: tuple[Finding, ...] = ("handle", "email", "telephone", "citizen_number", "bank_number")


@dataclass(frozen=True, slots=True)
class Reported:
    """One signal as somebody or something reports it.

    Attributes
    ----------
    author
        The handle, address or number as it was given: it is made a pseudonym of and then dropped.
    address
        Where the item can be read.
    outlet_kind
        A value of `OutletKind`, or empty.
    direction
        A value of `Direction`, or None.
    """

    kind: Kind
    at: datetime
    outlet: str = ""
    outlet_kind: str = ""
    platform: str = ""
    author: str = ""
    reach: int | None = None
    direction: int | None = None
    is_outside: bool | None = None
    is_employers: bool = False
    amount: Decimal | None = None
    address: str = ""


def check_reported(reported: Reported, *, incident: Incident, now: datetime) -> None:
    """Refuse what cannot be a signal of an incident.

    Raises
    ------
    SignalError
        With the first thing that is wrong.
    """
    for code, field in _find_faults(reported, incident, now):
        raise SignalError(code, field)


def _find_faults(given: Reported, incident: Incident, now: datetime) -> Iterator[tuple[str, str]]:
    yield from _find_faults_of_time(given.at, incident, now)
    yield from _find_faults_of_kind(given)
    if given.reach is not None and not 0 <= given.reach <= MOST_REACH:
        yield "not_a_number", "reach"
    if given.outlet and not is_outlet(given.outlet):
        yield "not_an_outlet", "outlet"
    if given.platform and not _is_platform(given.platform):
        yield "not_a_platform", "platform"
    if len(given.author) > LONGEST_AUTHOR or not given.author.isprintable():
        yield "not_an_author", "author"
    if given.address and not is_address(given.address):
        yield "not_an_address", "address"


def _find_faults_of_time(
    at: datetime, incident: Incident, now: datetime
) -> Iterator[tuple[str, str]]:
    if at > now + CLOCKS_DIFFER:
        yield "future", "at"
    if at < incident.starts_at:
        yield "before_start", "at"
    if incident.ends_at is not None and at > incident.ends_at:
        yield "after_end", "at"


def _find_faults_of_kind(given: Reported) -> Iterator[tuple[str, str]]:
    if given.outlet and given.kind != Kind.MEDIA:
        yield "outlet_of_another_kind", "outlet"
    if given.platform and given.kind != Kind.MENTION:
        yield "platform_of_another_kind", "platform"
    if given.address and given.kind not in WITH_ADDRESS:
        yield "address_of_another_kind", "address"
    if given.amount is not None and given.kind != Kind.HOURS:
        yield "hours_of_another_kind", "amount"
    if given.kind == Kind.HOURS:
        if given.amount is None:
            yield "no_hours", "amount"
        elif not 0 < given.amount <= MOST_HOURS:
            yield "not_hours", "amount"


@lru_cache(maxsize=4096)
def is_outlet(name: str) -> bool:
    """Tell whether a text can be the name of a medium, and is no account or number."""
    if len(name) > LONGEST_OUTLET or not name.isprintable():
        return False
    return not any(found for kind in _PERSONAL for found in DETECTORS[kind](name))


def is_address(text: str) -> bool:
    """Tell whether a text is an address on the web, without a password in it."""
    if len(text) > LONGEST_ADDRESS or _UNSEEN.search(text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _is_platform(text: str) -> bool:
    return len(text) <= LONGEST_PLATFORM and _PLATFORM.fullmatch(text) is not None
