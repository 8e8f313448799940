"""Find who a name on the AT Protocol stands for, and where that account lives.

A name (handle) leads to an identifier for good (DID), that to a document, and the document to the
server of the account. The document has to name the name in turn: anybody can claim one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from spreekruimte.channels.bluesky.calls import query
from spreekruimte.channels.network import NetworkError, NotTakenError
from spreekruimte.channels.shapes import Object, as_objects, as_text, read_object
from spreekruimte.channels.turns import ask_in_turn
from spreekruimte.outside import Message

LONGEST_NAME = 253
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{1,253})")


@dataclass(frozen=True, slots=True)
class Identity:
    """An account, as its document tells.

    Attributes
    ----------
    did
        What it is known by for good.
    name
        The name that it goes by now.
    server
        The origin of the server where it lives.
    """

    did: str
    name: str
    server: str


def find_identity(name_or_did: str) -> Identity:
    """Find an account by its name or its identifier, checked both ways.

    Raises
    ------
    NotTakenError
        If there is no such account, or its name and its document do not agree.
    NetworkError
        If a server could not be asked.
    """
    given = name_or_did.strip().removeprefix("@").lower()
    if is_did(given):
        return read_identity(given, _read_document(given))
    if len(given) > LONGEST_NAME or not _NAME.fullmatch(given):
        raise NotTakenError("not a name")
    did = _resolve(given)
    found = read_identity(did, _read_document(did))
    if found.name != given:
        raise NotTakenError("the name and the account do not agree")
    return found


def is_did(text: str) -> bool:
    """Tell whether a text is an identifier of a kind that is known here."""
    return bool(_DID.fullmatch(text))


def read_identity(did: str, document: Object) -> Identity:
    """Read the document of an account.

    Raises
    ------
    NotTakenError
        If it is that of another one, or names no server.
    """
    if document.get("id") != did:
        raise NotTakenError("the document is that of another account")
    names = document.get("alsoKnownAs")
    named = [as_text(each) for each in names] if isinstance(names, list) else []
    name = next((each.removeprefix("at://") for each in named if each.startswith("at://")), "")
    for service in as_objects(document.get("service")):
        if as_text(service.get("id")).endswith("#atproto_pds"):
            server = _origin(as_text(service.get("serviceEndpoint")))
            return Identity(did, name.lower(), server)
    raise NotTakenError("the account lives on no server")


def _resolve(name: str) -> str:
    """Ask the name itself, and then whoever knows names that say it in the DNS."""
    try:
        answer = ask_in_turn(f"https://{name}/.well-known/atproto-did", Message())
        did = answer.content[:LONGEST_NAME].decode("ascii", "replace").strip()
        if answer.is_good and is_did(did):
            return did
    except NetworkError:
        pass
    server = settings.BLUESKY.view
    found = query(server, "com.atproto.identity.resolveHandle", {"handle": name})
    did = as_text(found.get("did"))
    if not is_did(did):
        raise NotTakenError("there is no such account")
    return did


def _read_document(did: str) -> Object:
    kind, _colon, rest = did.removeprefix("did:").partition(":")
    address = (
        f"{settings.BLUESKY.directory}/{did}"
        if kind == "plc"
        else f"https://{rest}/.well-known/did.json"
    )
    answer = ask_in_turn(address, Message())
    if not answer.is_good:
        raise NotTakenError("there is no such account")
    return read_object(answer.content)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise NotTakenError("the account lives on no server")
    return f"{parts.scheme}://{parts.netloc}"
