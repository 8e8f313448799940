"""Call the methods of a server of the AT Protocol, and tell what went wrong in our words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.utils import timezone

from spreekruimte.channels.network import NotTakenError, SignedOutError, TryLaterError
from spreekruimte.channels.shapes import Object, as_text, read_object
from spreekruimte.channels.turns import ask_in_turn, read_limits
from spreekruimte.outside import Answer, Message

Parameter = str | int | Sequence[str]

LONGEST_REASON = 200
# Of a server without a view of the network, for what only that can tell.
NOT_OFFERED = "MethodNotImplemented"


class NotDoneError(NotTakenError):
    """The server refused, and says why with a name.

    Attributes
    ----------
    name
        Such as ``RecordNotFound``.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}"[:LONGEST_REASON] if reason else name)
        self.name = name


def query(
    server: str, method: str, parameters: Mapping[str, Parameter], *, token: str = ""
) -> Object:
    """Read something with a method.

    Parameters
    ----------
    server
        The origin of the server.
    method
        Such as ``com.atproto.repo.getRecord``.
    token
        Of a session; empty for what everybody may read.

    Raises
    ------
    NetworkError
        For all that goes wrong outside.
    """
    address = f"{_address(server, method)}?{urlencode(parameters, doseq=True)}"
    return _read(ask_in_turn(address, Message("GET", _headers(token))))


def carry_out(
    server: str,
    method: str,
    given: Object | bytes,
    *,
    token: str = "",
    content_type: str = "application/json",
) -> Object:
    """Let a method do something with an object, or with bytes of a kind.

    Raises
    ------
    NetworkError
        For all that goes wrong outside.
    """
    body = given if isinstance(given, bytes) else json.dumps(given).encode() if given else b""
    headers = _headers(token)
    if body:
        headers["Content-Type"] = content_type
    return _read(ask_in_turn(_address(server, method), Message("POST", headers, body)))


def _address(server: str, method: str) -> str:
    return f"{server}/xrpc/{method}"


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _read(answer: Answer) -> Object:
    found = read_object(answer.content)
    if answer.is_good:
        return found
    name, reason = as_text(found.get("error")), as_text(found.get("message"))
    told = f"{name or answer.status} {reason}".strip()[:LONGEST_REASON]
    if answer.status == 429:
        raise TryLaterError(told, after=read_limits(answer, now=timezone.now()))
    if answer.status >= 500 and name != NOT_OFFERED:
        raise TryLaterError(told, is_unknown=True)
    # An expired token is told with 400.
    if answer.status == 401 or name in ("ExpiredToken", "InvalidToken"):
        raise SignedOutError(told)
    raise NotDoneError(name or str(answer.status), reason)
