"""Be signed in at a server, with an app password that gives a pair of tokens.

The password itself is not kept: the tokens are enough, and are worth less.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from spreekruimte.channels.bluesky.calls import Parameter, carry_out, query
from spreekruimte.channels.bluesky.identities import find_identity
from spreekruimte.channels.network import Connection, NotTakenError, SignedOutError
from spreekruimte.channels.shapes import Object


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What is kept of an account that was signed in.

    Attributes
    ----------
    server
        The origin of the server where the account lives.
    did
        What the account is known by for good.
    name
        The name that people see.
    credentials
        The tokens: ``access``, which lasts for hours, and ``refresh``, which gives a new pair.
    """

    server: str
    did: str
    name: str
    credentials: Mapping[str, str]


def sign_in(name: str, password: str) -> SignedIn:
    """Sign in with a name and an app password.

    Raises
    ------
    SignedOutError
        If the password is not that of the account.
    NotTakenError
        If there is no such account.
    NetworkError
        If a server could not be asked.
    """
    found = find_identity(name)
    given = {"identifier": found.did, "password": password}
    session = carry_out(found.server, "com.atproto.server.createSession", given)
    if session.get("did") != found.did:
        raise NotTakenError("the server signed in another account")
    return SignedIn(found.server, found.did, found.name, _credentials(session))


class Session:
    """Calls of methods as an account, with tokens that are renewed when they are over."""

    def __init__(self, connection: Connection) -> None:
        self.did = connection.identifier
        self._server = connection.server
        self._credentials = connection.credentials
        self._keep = connection.keep

    def query(self, method: str, parameters: Mapping[str, Parameter]) -> Object:
        """Read something with a method, as `spreekruimte.channels.bluesky.calls.query`."""
        return self._let_in(lambda token: query(self._server, method, parameters, token=token))

    def carry_out(
        self, method: str, given: Object | bytes, *, content_type: str = "application/json"
    ) -> Object:
        """Let a method do something, as `spreekruimte.channels.bluesky.calls.carry_out`."""
        return self._let_in(
            lambda token: carry_out(
                self._server, method, given, token=token, content_type=content_type
            )
        )

    def _let_in(self, call: Callable[[str], Object]) -> Object:
        try:
            return call(self._credentials["access"])
        except SignedOutError:
            self._renew()
            return call(self._credentials["access"])

    def _renew(self) -> None:
        """Get a new pair of tokens, and keep it before it is used: the old one works once."""
        method = "com.atproto.server.refreshSession"
        renewed = carry_out(self._server, method, {}, token=self._credentials["refresh"])
        self._credentials = _credentials(renewed)
        self._keep(self._credentials)


def _credentials(session: Object) -> Mapping[str, str]:
    access, refresh = session.get("accessJwt"), session.get("refreshJwt")
    if not isinstance(access, str) or not isinstance(refresh, str):
        raise NotTakenError("the server gave no tokens")
    return {"access": access, "refresh": refresh}
