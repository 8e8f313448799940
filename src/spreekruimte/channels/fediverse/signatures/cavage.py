"""The signatures that most servers send: the draft by Cavage and others, in its twelfth version.

What is demanded is what Mastodon demands: method and path, host, time and, with a body, its digest
are covered; the digest is that of the body; the time is near ours.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from spreekruimte.channels.fediverse.signatures.requests import (
    Request,
    SignatureError,
    Signed,
    check_time,
)

_PARAMETER = re.compile(r'\s*([A-Za-z]+)=(?:"([^"]*)"|([0-9]{1,12}))\s*(?:,|$)')
_LONGEST = 8192
# Who does not say means the usual one; what says hs2019 takes it from the key, which is RSA.
_ALGORITHMS = ("", "rsa-sha256", "hs2019")


def read_cavage(request: Request, now: datetime) -> Signed:
    """Check all of a signature that can be checked without its key.

    Raises
    ------
    SignatureError
        If it does not cover what it has to, or covers something else than what arrived.
    """
    given = _read_parameters(request.headers.get("signature", ""))
    if given.get("algorithm", "").lower() not in _ALGORITHMS:
        raise SignatureError("The signature is of another kind than RSA with SHA-256.")
    covered = given.get("headers", "").lower().split()
    _check_coverage(request, covered)
    _check_moment(request, given, covered, now)
    if request.headers.get("host", "").lower() != request.host:
        raise SignatureError("The request is for another host.")
    if request.body:
        _check_digest(request)
    text = "\n".join(f"{name}: {_component(request, given, name)}" for name in covered)
    return Signed(
        given.get("keyId", ""),
        # As it arrived: the interface of the server tells headers so.
        text.encode("latin-1", "replace"),
        _decode(given.get("signature", "")),
    )


def sign_cavage(
    *,
    method: str,
    address: str,
    body: bytes,
    key: RSAPrivateKey,
    key_id: str,
    now: datetime,
) -> dict[str, str]:
    """Give the headers that sign a request of ours, which every server understands."""
    parts = urlsplit(address)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"Host": parts.netloc, "Date": format_datetime(now.astimezone(UTC), usegmt=True)}
    if body:
        headers["Digest"] = f"SHA-256={_digest(body)}"
    lines = [f"(request-target): {method.lower()} {target}"]
    lines += [f"{name.lower()}: {value}" for name, value in headers.items()]
    signature = key.sign("\n".join(lines).encode(), PKCS1v15(), SHA256())
    covered = " ".join(line.partition(": ")[0] for line in lines)
    headers["Signature"] = (
        f'keyId="{key_id}",algorithm="rsa-sha256",headers="{covered}",'
        f'signature="{base64.b64encode(signature).decode()}"'
    )
    return headers


def _read_parameters(header: str) -> dict[str, str]:
    given: dict[str, str] = {}
    place = 0
    while place < len(header) <= _LONGEST:
        found = _PARAMETER.match(header, place)
        if found is None or found[1] in given:
            raise SignatureError("The Signature header cannot be read.")
        given[found[1]] = found[2] if found[2] is not None else found[3]
        place = found.end()
    return given


def _check_coverage(request: Request, covered: list[str]) -> None:
    needed = {"(request-target)", "host"} | ({"digest"} if request.body else set())
    if not needed <= set(covered) or len(set(covered)) != len(covered):
        raise SignatureError("The signature has to cover (request-target), host, time and digest.")


def _check_moment(
    request: Request, given: Mapping[str, str], covered: list[str], now: datetime
) -> None:
    try:
        if "(created)" in covered and given.get("algorithm") != "rsa-sha256":
            check_time(datetime.fromtimestamp(int(given["created"]), UTC), now)
        elif "date" in covered:
            check_time(parsedate_to_datetime(request.headers["date"]).astimezone(UTC), now)
        else:
            raise SignatureError("The signature covers no time.")
        if "expires" in given and int(given["expires"]) < now.timestamp():
            raise SignatureError("The signature has expired.")
    except (KeyError, ValueError, OverflowError, OSError) as error:
        raise SignatureError("The time of the signature cannot be read.") from error


def _check_digest(request: Request) -> None:
    digests = [
        value.strip()
        for each in request.headers.get("digest", "").split(",")
        for kind, _, value in [each.strip().partition("=")]
        if kind.lower() == "sha-256"
    ]
    if len(digests) != 1 or not hmac.compare_digest(
        digests[0].encode("latin-1", "replace"), _digest(request.body).encode()
    ):
        raise SignatureError("The digest is not that of the body.")


def _component(request: Request, given: Mapping[str, str], name: str) -> str:
    if name == "(request-target)":
        return f"{request.method.lower()} {request.target}"
    if name in ("(created)", "(expires)"):
        value = given.get(name.strip("()"))
    else:
        value = request.headers.get(name)
    if value is None:
        raise SignatureError("The signature covers a header that is not there.")
    return value.strip()


def _decode(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except ValueError as error:
        raise SignatureError("The signature cannot be read.") from error


def _digest(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()
