"""Find out whether what arrived is signed by the account that it says it is of.

A key that was fetched before is used again. Where it does not fit it is fetched once more, since
servers may replace keys. Keys that are needed for many things at a time are fetched side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from enum import Enum, auto

from spreekruimte.channels.fediverse.addresses import digests_of_account
from spreekruimte.channels.fediverse.arriving import Unsealed
from spreekruimte.channels.fediverse.keys import read_public_key
from spreekruimte.channels.fediverse.models import KnownKey
from spreekruimte.channels.fediverse.remote import RemoteError, RemoteKey, Signer, fetch_key

FETCHED_AT_ONCE = 8
KEPT_FOR = timedelta(days=7)
_FRESH = timedelta(minutes=5)
"""A key that was fetched so short ago is not fetched again, whatever is signed in its name."""


class Finding(Enum):
    """What came of looking at a signature."""

    GENUINE = auto()
    FORGED = auto()
    UNKNOWN = auto()
    """The server of the account does not give its key now; it may later."""


Found = Mapping[str, "RemoteKey | RemoteError"]


def authenticate(arrivals: Sequence[Unsealed], signer: Signer) -> list[Finding]:
    """Say of each thing that arrived whether it is genuine, in their order."""
    known = _known_keys(arrivals)
    to_fetch = {
        each.signed.key_id
        for each in arrivals
        if not _fits_known(each, known) and not _is_fresh(each, known, signer.now)
    }
    found = _fetch_keys(to_fetch, signer)
    _keep([key for key in found.values() if isinstance(key, RemoteKey)], signer.now)
    return [
        Finding.GENUINE if _fits_known(each, known) else _judge(each, found) for each in arrivals
    ]


def drop_old_keys(*, now: datetime) -> None:
    """Forget keys that were fetched long ago: who they belong to is none of our business."""
    KnownKey.objects.filter(fetched_at__lt=now - KEPT_FOR).delete()


def _known_keys(arrivals: Iterable[Unsealed]) -> dict[str, KnownKey]:
    digests = {_digest_of_key(each.signed.key_id) for each in arrivals}
    return {key.digest: key for key in KnownKey.objects.filter(digest__in=digests)}


def _fits_known(arrival: Unsealed, known: Mapping[str, KnownKey]) -> bool:
    key = known.get(_digest_of_key(arrival.signed.key_id))
    return (
        key is not None
        and key.owner in digests_of_account(arrival.activity.account)
        and arrival.signed.is_by(read_public_key(key.key))
    )


def _is_fresh(arrival: Unsealed, known: Mapping[str, KnownKey], now: datetime) -> bool:
    key = known.get(_digest_of_key(arrival.signed.key_id))
    return key is not None and key.fetched_at > now - _FRESH


def _fetch_keys(key_ids: Iterable[str], signer: Signer) -> Found:
    wanted = sorted(key_ids)
    if not wanted:
        return {}
    with ThreadPoolExecutor(FETCHED_AT_ONCE) as pool:
        fetched = pool.map(lambda key_id: _try_to_fetch(key_id, signer), wanted)
        return dict(zip(wanted, fetched, strict=True))


def _try_to_fetch(key_id: str, signer: Signer) -> RemoteKey | RemoteError:
    try:
        return fetch_key(key_id, signer)
    except RemoteError as error:
        return error


def _keep(keys: Sequence[RemoteKey], now: datetime) -> None:
    rows = [
        KnownKey(
            digest=_digest_of_key(key.key_id),
            owner=digests_of_account(key.owner)[0],
            key=key.pem,
            fetched_at=now,
        )
        for key in keys
    ]
    KnownKey.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["digest"],
        update_fields=["owner", "key", "fetched_at"],
    )


def _judge(arrival: Unsealed, found: Found) -> Finding:
    key = found.get(arrival.signed.key_id)
    if isinstance(key, RemoteError):
        if key.is_gone and arrival.activity.is_farewell:
            # Its server says the same, and nobody can sign for it any more.
            return Finding.GENUINE
        return Finding.UNKNOWN if key.may_help_later else Finding.FORGED
    if not isinstance(key, RemoteKey) or key.owner != arrival.activity.account:
        return Finding.FORGED
    is_genuine = arrival.signed.is_by(read_public_key(key.pem))
    return Finding.GENUINE if is_genuine else Finding.FORGED


def _digest_of_key(key_id: str) -> str:
    return digests_of_account(key_id)[0]
