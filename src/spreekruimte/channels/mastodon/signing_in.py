"""Let an editor connect an account: an app per server, and a code with PKCE (RFC 7636).

Mastodon checks the code since 4.3; a server that does not know it takes no notice of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from spreekruimte.channels.network import NotTakenError
from spreekruimte.channels.pkce import challenge
from spreekruimte.channels.turns import ask_in_turn, need_good, read_json
from spreekruimte.outside import Answer, Message

# No more than is done: read the thread and who we are, post, and add a picture.
SCOPES = "read:accounts read:statuses write:statuses write:media"
CLIENT_NAME = "Spreekruimte"


@dataclass(frozen=True, slots=True)
class App:
    """What a server knows this installation by."""

    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as its server describes it.

    Attributes
    ----------
    is_marked
        Whether it says that a program posts by it.
    """

    identifier: str
    name: str
    address: str
    is_marked: bool


def register(server: str, *, redirect: str, website: str, scopes: str = SCOPES) -> App:
    """Let a server know this installation; raises NetworkError."""
    told = _post(
        f"{server}/api/v1/apps",
        client_name=CLIENT_NAME,
        redirect_uris=redirect,
        scopes=scopes,
        website=website,
    )
    return App(_word(told, "client_id"), _word(told, "client_secret"))


def address_to_ask(
    server: str, app: App, *, redirect: str, state: str, verifier: str, scopes: str = SCOPES
) -> str:
    """Give the address at which the account's owner says yes or no."""
    query = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect,
        "scope": scopes,
        "state": state,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
    }
    return f"{server}/oauth/authorize?{urlencode(query)}"


def exchange_code(server: str, app: App, *, code: str, redirect: str, verifier: str) -> str:
    """Give the token that a code is good for; raises NetworkError."""
    told = _post(
        f"{server}/oauth/token",
        grant_type="authorization_code",
        code=code,
        client_id=app.client_id,
        client_secret=app.client_secret,
        redirect_uri=redirect,
        code_verifier=verifier,
    )
    return _word(told, "access_token")


def read_profile(server: str, token: str) -> Profile:
    """Say whose token it is; raises NetworkError."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    path = "/api/v1/accounts/verify_credentials"
    told = read_json(need_good(ask_in_turn(f"{server}{path}", Message(headers=headers))))
    name, host = _word(told, "acct"), server.partition("://")[2]
    return Profile(
        identifier=_word(told, "id"),
        name=f"@{name}@{host}",
        address=str(told.get("url") or ""),
        is_marked=told.get("bot") is True,
    )


def revoke(server: str, app: App, token: str) -> None:
    """Let a token open nothing any more; raises NetworkError."""
    _send(
        f"{server}/oauth/revoke",
        client_id=app.client_id,
        client_secret=app.client_secret,
        token=token,
    )


def _post(address: str, **fields: str) -> Mapping[str, Any]:
    return read_json(_send(address, **fields))


def _send(address: str, **fields: str) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return need_good(ask_in_turn(address, Message("POST", headers, urlencode(fields).encode())))


def _word(told: Mapping[str, Any], name: str) -> str:
    word = told.get(name)
    if not isinstance(word, str) or not word:
        raise NotTakenError(f"The server does not tell {name}.")
    return word
