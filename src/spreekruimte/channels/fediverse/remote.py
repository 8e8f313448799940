"""Ask other servers for accounts, keys and posts. What they answer is plain JSON to us.

A context is never fetched: what a word of ActivityStreams means does not depend on who writes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from spreekruimte.channels.asking import ask
from spreekruimte.channels.fediverse.addresses import host_of
from spreekruimte.channels.fediverse.documents import MEDIA_TYPE, key_address
from spreekruimte.channels.fediverse.keys import private_key_of, read_public_key
from spreekruimte.channels.fediverse.models import OwnActor
from spreekruimte.channels.fediverse.signatures.cavage import sign_cavage
from spreekruimte.outside import Answer, FetchError, Message

SECONDS = 5.0
MOST_BYTES = 256 * 1024
_PROFILED = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
_GONE = (404, 410)


class RemoteError(Exception):
    """Another server did not give what was asked for.

    Attributes
    ----------
    is_gone
        Whether it says that there is no such thing.
    may_help_later
        Whether asking again later may help.
    """

    def __init__(self, reason: str, *, is_gone: bool = False, may_help_later: bool = False) -> None:
        super().__init__(reason)
        self.is_gone = is_gone
        self.may_help_later = may_help_later


class MalformedError(ValueError):
    """What arrived is no JSON object that can be kept."""


@dataclass(frozen=True, slots=True)
class RemoteKey:
    """A public key, and the account that it belongs to."""

    key_id: str = field(repr=False)
    owner: str = field(repr=False)
    pem: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Who asks: an actor of ours, with its key read."""

    actor: OwnActor
    now: datetime

    def sign(self, method: str, address: str, body: bytes = b"") -> dict[str, str]:
        """Give the headers that sign a request."""
        return sign_cavage(
            method=method,
            address=address,
            body=body,
            key=private_key_of(self.actor),
            key_id=key_address(self.actor),
            now=self.now,
        )


def read_document(content: bytes) -> dict[str, Any]:
    """Read a JSON object of a stranger.

    Raises
    ------
    MalformedError
        If it is none, is nested too deep, or holds what is no text.
    """
    try:
        document = json.loads(content.decode())
        # Halves of characters pass as JSON, and fail wherever they are written.
        json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise MalformedError("This is no JSON that can be read.") from error
    if not isinstance(document, dict):
        raise MalformedError("This is no object.")
    return document


def fetch_document(address: str, signer: Signer) -> dict[str, Any]:
    """Fetch what stands at an address, as ActivityStreams.

    Raises
    ------
    RemoteError
        If it is not there, or is something else.
    """
    address = address.partition("#")[0]
    if not host_of(address):
        raise RemoteError("This address is not asked.")
    headers = signer.sign("GET", address) | {"Accept": f"{MEDIA_TYPE}, {_PROFILED}"}
    try:
        answer = ask(address, Message(headers=headers), most_bytes=MOST_BYTES, seconds=SECONDS)
    except FetchError as error:
        raise RemoteError(
            str(error), may_help_later=error.code in ("answer", "host", "slow")
        ) from error
    return _read_answer(answer)


def fetch_key(key_id: str, signer: Signer) -> RemoteKey:
    """Fetch a key, and whose it is. A server speaks for its own accounts alone.

    Raises
    ------
    RemoteError
        If there is none there, or it belongs to an account of another server.
    """
    document = fetch_document(key_id, signer)
    for key in _keys_in(document):
        owner = identifier_of(key.get("owner"))
        pem = key.get("publicKeyPem")
        if key.get("id") == key_id and isinstance(pem, str):
            if not host_of(owner) or host_of(owner) != host_of(key_id):
                raise RemoteError("The key belongs to an account elsewhere.")
            try:
                read_public_key(pem)
            except ValueError as error:
                raise RemoteError(str(error)) from error
            return RemoteKey(key_id, owner, pem)
    raise RemoteError("There is no such key there.")


def fetch_inbox(account: str, signer: Signer) -> str:
    """Fetch where an account is told of things: the inbox of its server if it has one.

    Raises
    ------
    RemoteError
        If the account is not there or tells no inbox of its own server.
    """
    document = fetch_document(account, signer)
    if document.get("id") != account:
        raise RemoteError("The account is another one.")
    endpoints = document.get("endpoints")
    shared = endpoints.get("sharedInbox") if isinstance(endpoints, dict) else None
    for inbox in (shared, document.get("inbox")):
        if isinstance(inbox, str) and host_of(inbox) and host_of(inbox) == host_of(account):
            return inbox
    raise RemoteError("The account tells no inbox.")


def identifier_of(value: object) -> str:
    """Give the address of something that is told by its address or as a whole; else nothing."""
    if isinstance(value, dict):
        value = value.get("id")
    return value if isinstance(value, str) else ""


def _read_answer(answer: Answer) -> dict[str, Any]:
    if not answer.is_good:
        raise RemoteError(
            f"The server answers {answer.status}.",
            is_gone=answer.status in _GONE,
            may_help_later=answer.status == 429 or answer.status >= 500,
        )
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    # Anything else may be what a guest of that server has put there.
    if told not in (MEDIA_TYPE, "application/ld+json"):
        raise RemoteError("The server answers with something else.")
    try:
        document = read_document(answer.content)
    except MalformedError as error:
        raise RemoteError(str(error)) from error
    if document.get("type") == "Tombstone":
        raise RemoteError("It was deleted.", is_gone=True)
    return document


def _keys_in(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    keys = document.get("publicKey")
    found = keys if isinstance(keys, list) else [keys, document]
    return [key for key in found if isinstance(key, dict)]
