"""Ask a server that speaks as Mastodon which account somebody has there, and nothing else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError

from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.channels.forms import read_server
from spreekruimte.channels.mastodon.signing_in import (
    App,
    address_to_ask,
    exchange_code,
    read_profile,
    register,
    revoke,
)
from spreekruimte.channels.network import NotTakenError
from spreekruimte.channels.pkce import make_verifier
from spreekruimte.channels.shapes import read_object
from spreekruimte.channels.turns import ask_in_turn, origin_of
from spreekruimte.organisations.accounts.encryption import decrypt_secret, encrypt_secret

# The narrowest of servers of now, and that of servers that do not know it yet.
SCOPE, OLDER_SCOPE = "profile", "read:accounts"
# Servers may clear away programs that are not used for a day.
APP_KEPT_SECONDS = 12 * 3600
PURPOSE = "programs at servers"


@dataclass(frozen=True, slots=True)
class Known:
    """Our program as a server knows it, and the most that it lets it see."""

    app: App
    scope: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in under way, which the browser keeps until it is back."""

    server: str
    known: Known
    state: str
    verifier: str


def find_server(account: str) -> str:
    """Give the origin of the server of an account, from whatever people write for it.

    Parameters
    ----------
    account
        Such as ``@name@social.example``, ``social.example`` or ``https://social.example/@name``.

    Raises
    ------
    NotTakenError
        If there is no server in it.
    """
    typed = account.strip()
    try:
        return read_server(typed if "://" in typed else typed.rpartition("@")[2])
    except ValidationError:
        raise NotTakenError("not an account") from None


def begin(account: str, back: str) -> tuple[str, Begun]:
    """Prepare a sign-in; give where the browser goes, and what it keeps meanwhile.

    Parameters
    ----------
    back
        Where people come back.

    Raises
    ------
    NetworkError
        If there is no such server, or it does not do its part.
    """
    server = find_server(account)
    state, verifier = secrets.token_urlsafe(16), make_verifier(secrets.token_bytes)
    known = _recall(server, back)
    # Some servers forget a program when its token is given up.
    if known is None or ask_in_turn(_leave(server, known, back, state, verifier)).status >= 400:
        known = _register(server, back)
    address = _leave(server, known, back, state, verifier)
    return address, Begun(server, known, state, verifier)


def finish(begun: Begun, *, code: str, state: str, back: str) -> str:
    """Exchange what the browser brought for who it is, and give up the token at once.

    Returns
    -------
    str
        The address by which the account is known everywhere.

    Raises
    ------
    NetworkError
        If this is another sign-in, or the server does not do its part.
    """
    if not secrets.compare_digest(state.encode(), begun.state.encode()):
        raise NotTakenError("this is another sign-in")
    server, app = begun.server, begun.known.app
    token = exchange_code(server, app, code=code, redirect=back, verifier=begun.verifier)
    try:
        address = read_profile(server, token).address
    finally:
        revoke(server, app, token)
    # Only a server itself speaks for its accounts, and under one name alone.
    if origin_of(address) != server:
        raise NotTakenError("the server signed in an account of another one")
    return address


def _leave(server: str, known: Known, back: str, state: str, verifier: str) -> str:
    return address_to_ask(
        server, known.app, redirect=back, state=state, verifier=verifier, scopes=known.scope
    )


def _recall(server: str, back: str) -> Known | None:
    """Give our program at a server as it was made known there not long ago."""
    kept = cache.get(_name_of(server, back))
    if kept is None:
        return None
    client_id, secret, scope = kept
    return Known(App(client_id, decrypt_secret(secret, purpose=PURPOSE)), scope)


def _register(server: str, back: str) -> Known:
    """Make our program known at a server, which allows that a few times an hour."""
    scope = _find_scope(server)
    app = register(server, redirect=back, website=settings.ADDRESS.origin, scopes=scope)
    secret = encrypt_secret(app.client_secret, purpose=PURPOSE)
    cache.set(_name_of(server, back), (app.client_id, secret, scope), APP_KEPT_SECONDS)
    return Known(app, scope)


def _name_of(server: str, back: str) -> str:
    return f"app.{keyed_digest('app', f'{server} {back}')}"


def _find_scope(server: str) -> str:
    address = f"{server}/.well-known/oauth-authorization-server"
    scopes = read_object(ask_in_turn(address).content).get("scopes_supported")
    return SCOPE if isinstance(scopes, list) and SCOPE in scopes else OLDER_SCOPE
