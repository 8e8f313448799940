"""Ask a server of Mastodon by its interface for programs (docs.joinmastodon.org/methods).

Forms go out form-encoded, since not all servers take a poll as JSON.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from spreekruimte.channels.network import Card, Connection
from spreekruimte.channels.turns import ask_in_turn, need_good, need_good_or_gone
from spreekruimte.outside import Answer, Message

Fields = Sequence[tuple[str, str]]
# A thread with a few thousand replies.
MOST_BYTES = 8 * 1024 * 1024


def get(connection: Connection, path: str, **query: str) -> Answer:
    """Read something."""
    address = f"{connection.server}{path}{'?' + urlencode(query) if query else ''}"
    message = Message(headers=_signed(connection))
    answer = ask_in_turn(address, message, most_bytes=MOST_BYTES, seconds=20.0)
    return need_good_or_gone(answer)


def post(connection: Connection, path: str, fields: Fields, *, key: str = "") -> Answer:
    """Bring a form; with a key, servers that know it do what it asks for once."""
    headers = {
        **_signed(connection),
        "Content-Type": "application/x-www-form-urlencoded",
        **({"Idempotency-Key": key} if key else {}),
    }
    message = Message("POST", headers, urlencode(fields).encode())
    return need_good(ask_in_turn(f"{connection.server}{path}", message))


def delete(connection: Connection, path: str) -> Answer:
    """Take something away."""
    message = Message("DELETE", _signed(connection))
    return need_good_or_gone(ask_in_turn(f"{connection.server}{path}", message))


def upload(connection: Connection, card: Card) -> Answer:
    """Bring a picture with the words that say the same."""
    boundary = secrets.token_hex(16)
    parts = [
        _part(boundary, 'name="description"', "", card.alternative.encode()),
        _part(
            boundary,
            'name="file"; filename="card.png"',
            "Content-Type: image/png\r\n",
            card.picture,
        ),
    ]
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    headers = {
        **_signed(connection),
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    message = Message("POST", headers, body)
    return need_good(ask_in_turn(f"{connection.server}/api/v2/media", message))


def _part(boundary: str, name: str, headers: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {name}\r\n{headers}\r\n"
    return head.encode() + content + b"\r\n"


def _signed(connection: Connection) -> Mapping[str, str]:
    return {
        "Authorization": f"Bearer {connection.credentials['access_token']}",
        "Accept": "application/json",
    }
