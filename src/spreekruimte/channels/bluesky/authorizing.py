"""Let somebody show which account is theirs, and ask for nothing else (OAuth of the AT Protocol).

From the name follows the account, from the account its server, and from that who signs people in
for it. Whoever comes back must be that account, signed in by that server: a name that somebody
else claims, or a server that vouches for accounts of others, leads to nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from spreekruimte.channels.bluesky.identities import find_identity
from spreekruimte.channels.bluesky.proofs import Prover, make_key
from spreekruimte.channels.network import NotTakenError, TryLaterError
from spreekruimte.channels.pkce import challenge, make_verifier
from spreekruimte.channels.shapes import Object, as_text, read_object
from spreekruimte.channels.turns import ask_in_turn
from spreekruimte.outside import Answer, Message

# Tells who somebody is; lets read and write nothing.
SCOPE = "atproto"


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks: the address of what describes us, and where people come back."""

    identifier: str
    back: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in under way, which the browser keeps until it is back.

    Attributes
    ----------
    did
        Whom it must turn out to be.
    issuer, token_address, revocation_address
        Of the server that signs in.
    state, verifier, key, nonce
        Secrets of this sign-in.
    """

    did: str
    issuer: str
    token_address: str
    revocation_address: str
    state: str
    verifier: str
    key: Mapping[str, str]
    nonce: str


@dataclass(frozen=True, slots=True)
class Back:
    """What the browser brought back."""

    code: str
    state: str
    issuer: str


def begin(name: str, client: Client, *, now: datetime) -> tuple[str, Begun]:
    """Announce a sign-in; give where the browser goes, and what it keeps meanwhile.

    Raises
    ------
    NetworkError
        If there is no such account, or a server does not do its part.
    """
    identity = find_identity(name)
    issuer, server = _find_issuer(identity.server)
    prover = Prover(make_key(), now)
    state, verifier = secrets.token_urlsafe(16), make_verifier(secrets.token_bytes)
    answer = prover.send_form(
        _endpoint(server, "pushed_authorization_request_endpoint"),
        {
            "client_id": client.identifier,
            "redirect_uri": client.back,
            "response_type": "code",
            "scope": SCOPE,
            "state": state,
            "code_challenge": challenge(verifier),
            "code_challenge_method": "S256",
            "login_hint": identity.name,
        },
    )
    announced = as_text(_read(answer).get("request_uri"))
    if not announced:
        raise NotTakenError("the server took no announcement")
    begun = Begun(
        did=identity.did,
        issuer=issuer,
        token_address=_endpoint(server, "token_endpoint"),
        revocation_address=_endpoint(server, "revocation_endpoint"),
        state=state,
        verifier=verifier,
        key=prover.key,
        nonce=prover.nonce,
    )
    asked = urlencode({"client_id": client.identifier, "request_uri": announced})
    return f"{_endpoint(server, 'authorization_endpoint')}?{asked}", begun


def finish(begun: Begun, back: Back, client: Client, *, now: datetime) -> str:
    """Exchange what the browser brought for who it is, and give up the token at once.

    Returns
    -------
    str
        What the account is known by for good.

    Raises
    ------
    NetworkError
        If it is not the account that it began with, or a server does not do its part.
    """
    if not secrets.compare_digest(back.state.encode(), begun.state.encode()):
        raise NotTakenError("this is another sign-in")
    if back.issuer != begun.issuer:
        raise NotTakenError("another server signed in")
    prover = Prover(begun.key, now, begun.nonce)
    answer = prover.send_form(
        begun.token_address,
        {
            "grant_type": "authorization_code",
            "code": back.code,
            "code_verifier": begun.verifier,
            "redirect_uri": client.back,
            "client_id": client.identifier,
        },
    )
    found = _read(answer)
    token = as_text(found.get("access_token"))
    if token:
        prover.send_form(begun.revocation_address, {"token": token, "client_id": client.identifier})
    if found.get("sub") != begun.did:
        raise NotTakenError("the server signed in another account")
    return begun.did


def _find_issuer(server: str) -> tuple[str, Object]:
    """Find who signs in for a server, by what both say of each other."""
    resource = _fetch(f"{server}/.well-known/oauth-protected-resource")
    issuers = resource.get("authorization_servers")
    if not isinstance(issuers, list) or len(issuers) != 1 or not isinstance(issuers[0], str):
        raise NotTakenError("nobody signs in for this server")
    described = _fetch(f"{issuers[0]}/.well-known/oauth-authorization-server")
    if described.get("issuer") != issuers[0]:
        raise NotTakenError("who signs in says to be somebody else")
    return issuers[0], described


def _fetch(address: str) -> Object:
    return _read(ask_in_turn(address, Message(headers={"Accept": "application/json"})))


def _read(answer: Answer) -> Object:
    found = read_object(answer.content)
    if answer.status >= 500 or answer.status == 429:
        raise TryLaterError(str(answer.status))
    if not answer.is_good:
        raise NotTakenError(as_text(found.get("error")) or str(answer.status))
    return found


def _endpoint(server: Object, name: str) -> str:
    address = as_text(server.get(name))
    if not address.startswith(("https://", "http://")):
        raise NotTakenError(f"the server has no {name}")
    return address
