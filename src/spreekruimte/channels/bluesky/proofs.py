"""Prove with each request that we are who a token was given to (DPoP, RFC 9449).

The key is made for one sign-in. What a server wants to see in the next proof (its nonce) comes
with its answers.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import ECKey

from spreekruimte.channels.shapes import as_text, read_object
from spreekruimte.channels.turns import ask_in_turn
from spreekruimte.outside import Answer, Message


@dataclass
class Prover:
    """Sends forms to one server, each with a proof.

    Attributes
    ----------
    key
        As a JSON Web Key with its private part.
    nonce
        What the server wants to see; empty until it told.
    """

    key: Mapping[str, str]
    now: datetime
    nonce: str = ""

    def send_form(self, address: str, fields: Mapping[str, str]) -> Answer:
        """Send a form; once more when the server tells only now what it wants to see.

        Raises
        ------
        NetworkError
            If no whole answer came.
        """
        answer = self._send(address, fields)
        if as_text(read_object(answer.content).get("error")) == "use_dpop_nonce":
            return self._send(address, fields)
        return answer

    def _send(self, address: str, fields: Mapping[str, str]) -> Answer:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "DPoP": self._prove(address),
        }
        answer = ask_in_turn(address, Message("POST", headers, urlencode(fields).encode()))
        self.nonce = answer.headers.get("dpop-nonce", self.nonce)
        return answer

    def _prove(self, address: str) -> str:
        private = ECKey.import_key(dict(self.key))
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": private.as_dict(private=False)}
        claims = {
            "jti": secrets.token_urlsafe(16),
            "htm": "POST",
            "htu": address,
            "iat": int(self.now.timestamp()),
        }
        if self.nonce:
            claims["nonce"] = self.nonce
        return jwt.encode(header, claims, private)


def make_key() -> Mapping[str, str]:
    """Make the key of one sign-in, with its private part."""
    made = ECKey.generate_key("P-256").as_dict(private=True)
    return {name: value for name, value in made.items() if isinstance(value, str)}
