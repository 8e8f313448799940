"""Take what arrives in an inbox: refuse what can be refused at once, keep the rest until later.

Whether a signature is genuine is not found out here: the key may have to be asked of the server
that sent it, and whoever waits for that could be held up by it. So everything is checked for which
nobody has to be asked, and what passes is acknowledged once it is on the disk. `process_arrivals`
goes on from there.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from django.db import connection, transaction

from spreekruimte.ballots.actions.gathering import Gathering
from spreekruimte.channels.fediverse.activities import (
    Activity,
    ActivityError,
    concerns_us,
    read_activity,
)
from spreekruimte.channels.fediverse.addresses import digest_of_server, host_of
from spreekruimte.channels.fediverse.keys import PURPOSE
from spreekruimte.channels.fediverse.models import Arrival
from spreekruimte.channels.fediverse.remote import MalformedError
from spreekruimte.channels.fediverse.signatures.reading import read_signature
from spreekruimte.channels.fediverse.signatures.requests import Request, SignatureError, Signed
from spreekruimte.organisations.accounts.encryption import decrypt_secret, encrypt_secret

LARGEST_BODY = 64 * 1024
MOST_WAITING = 50_000


class InboxError(Exception):
    """What arrived is not taken; says why, for who runs the server that sent it."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Unsealed:
    """Something that arrived, as it is dealt with."""

    arrival: Arrival
    signed: Signed
    activity: Activity = field(repr=False)


def take_arrival(request: Request, now: datetime) -> bool:
    """Take what arrived; when this returns, it is durable. False if nothing follows from it.

    Raises
    ------
    InboxError
        If it is not signed as it has to be, is no activity, or too much waits already.
    """
    if len(request.body) > LARGEST_BODY:
        raise InboxError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too large.")
    try:
        signed = read_signature(request, now)
        activity = read_activity(request.body)
    except SignatureError as error:
        raise InboxError(HTTPStatus.UNAUTHORIZED, str(error)) from error
    except (MalformedError, ActivityError) as error:
        raise InboxError(HTTPStatus.BAD_REQUEST, str(error)) from error
    host = host_of(signed.key_id)
    if not host or host != host_of(activity.account):
        raise InboxError(HTTPStatus.UNAUTHORIZED, "The key is not of the server of the account.")
    if not concerns_us(activity):
        return False
    arrival = Arrival(
        sealed=_seal(signed, request.body),
        server=digest_of_server(host),
        received_at=now,
        due_at=now,
    )
    if connection.in_atomic_block:
        _store("", lambda: [arrival])
    else:
        _gathering.bring("", arrival)
    return True


def unseal(arrival: Arrival) -> Unsealed:
    """Open what was kept."""
    kept = json.loads(decrypt_secret(arrival.sealed, purpose=PURPOSE))
    signed = Signed(
        kept["key_id"], kept["text"].encode("latin-1"), base64.b64decode(kept["signature"])
    )
    return Unsealed(arrival, signed, read_activity(kept["body"].encode()))


def _seal(signed: Signed, body: bytes) -> str:
    kept = {
        "key_id": signed.key_id,
        "text": signed.text.decode("latin-1"),
        "signature": base64.b64encode(signed.signature).decode(),
        "body": body.decode(),
    }
    return encrypt_secret(json.dumps(kept), purpose=PURPOSE)


@transaction.atomic
def _store(_key: str, take: Callable[[], Sequence[Arrival]]) -> list[None]:
    """Store together what arrived together: a write to the disk costs as much for one."""
    is_full = Arrival.objects.count() >= MOST_WAITING
    arrived = take()
    if is_full:
        raise InboxError(HTTPStatus.SERVICE_UNAVAILABLE, "Too much waits here. Try again later.")
    Arrival.objects.bulk_create(arrived)
    return [None] * len(arrived)


_gathering = Gathering(_store)
