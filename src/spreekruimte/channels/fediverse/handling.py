"""Deal with what arrived: find out whether it is genuine, and do what follows from it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.db import transaction

from spreekruimte.channels.fediverse.addresses import host_of, parts_of
from spreekruimte.channels.fediverse.arriving import Unsealed, unseal
from spreekruimte.channels.fediverse.authenticating import Finding, authenticate
from spreekruimte.channels.fediverse.counting import Choice, count_choices
from spreekruimte.channels.fediverse.following import add_follower, forget_account, remove_follower
from spreekruimte.channels.fediverse.models import Arrival, OwnActor
from spreekruimte.channels.fediverse.remote import RemoteError, Signer, fetch_inbox, identifier_of
from spreekruimte.channels.fediverse.replying import (
    forget_replies,
    take_reply,
    take_reply_away,
    take_reply_changed,
)

logger = logging.getLogger(__name__)

AT_ONCE = 200
LEASE = timedelta(minutes=2)
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long to wait before a key is asked for again, after each time; then what arrived is left."""


def process_arrivals(*, now: datetime) -> int:
    """Deal with what arrived and is due, the oldest first; give how many things it was."""
    arrivals = _lease_due(now)
    signer = _signer(now)
    if not arrivals or signer is None:
        return 0
    unsealed = _unseal_all(arrivals)
    findings = authenticate(unsealed, signer)
    sorted_out: dict[Finding, list[Unsealed]] = {finding: [] for finding in Finding}
    for each, finding in zip(unsealed, findings, strict=True):
        sorted_out[finding].append(each)
    _count_votes(sorted_out[Finding.GENUINE])
    for each in sorted_out[Finding.GENUINE]:
        _do_and_drop(each, signer)
    _drop(each.arrival for each in sorted_out[Finding.FORGED])
    _put_off([each.arrival for each in sorted_out[Finding.UNKNOWN]], now)
    return len(arrivals)
