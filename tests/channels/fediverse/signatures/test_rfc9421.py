from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import RSA_V1_5_SHA256
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.fediverse.elsewhere import make_key

from spreekruimte.channels.fediverse.signatures.reading import read_signature
from spreekruimte.channels.fediverse.signatures.requests import Request, SignatureError
from spreekruimte.channels.fediverse.signatures.rfc9421 import read_rfc9421

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORIGIN = "https://ours.example"
KEY_ID = "https://peer.example/users/alice#main-key"
BODY = b'{"type": "Create"}'
COVERED = ("@method", "@target-uri")


class Keys(HTTPSignatureKeyResolver):
    def resolve_private_key(self, key_id: str) -> RSAPrivateKey:
        del key_id
        return make_key(0)


@dataclass
class Message:
    method: str
    url: str
    headers: dict[str, str]


def signed(
    covered: Sequence[str] = COVERED,
    *,
    body: bytes | None = BODY,
    now: datetime = NOW,
    expires: datetime | None = None,
) -> Request:
    message = Message("POST", f"{ORIGIN}/inbox?x=1", {"host": "ours.example"})
    signer = HTTPMessageSigner(signature_algorithm=RSA_V1_5_SHA256, key_resolver=Keys())
    signer.sign(
        message,
        key_id=KEY_ID,
        created=now,
        expires=expires,
        covered_component_ids=covered,
        body=body,
    )
    headers = {name.lower(): value for name, value in message.headers.items()}
    return Request("POST", ORIGIN, "/inbox?x=1", headers, BODY)


def changed(request: Request, **headers: str) -> Request:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return replace(request, headers={**request.headers, **told})


def test_what_is_signed_as_the_standard_says_is_read_and_fits_its_key_alone() -> None:
    read = read_signature(signed(), NOW)
    assert read.key_id == KEY_ID
    assert read.is_by(make_key(0).public_key())
    assert not read.is_by(make_key(1).public_key())


@pytest.mark.parametrize("covered", [("@method",), ("@target-uri",), ("@authority", "host")])
def test_method_and_address_have_to_be_covered(covered: Sequence[str]) -> None:
    with pytest.raises(SignatureError):
        read_rfc9421(signed(covered), NOW)


def test_the_body_has_to_be_covered() -> None:
    with pytest.raises(SignatureError):
        read_rfc9421(signed(body=None), NOW)


@pytest.mark.parametrize("hours", [-13, 13])
def test_a_signature_of_another_half_day_is_refused(hours: int) -> None:
    with pytest.raises(SignatureError):
        read_rfc9421(signed(now=NOW + timedelta(hours=hours)), NOW)


def test_a_signature_that_has_expired_is_refused() -> None:
    then = NOW - timedelta(minutes=10)
    with pytest.raises(SignatureError):
        read_rfc9421(signed(now=then, expires=NOW - timedelta(minutes=5)), NOW)
    assert read_rfc9421(signed(expires=NOW + timedelta(minutes=5)), NOW)


def test_another_body_is_refused() -> None:
    with pytest.raises(SignatureError):
        read_rfc9421(replace(signed(), body=BODY + b" "), NOW)


@pytest.mark.parametrize(
    "changes", [{"origin": "https://another.example"}, {"target": "/another"}, {"method": "PUT"}]
)
def test_what_was_meant_for_elsewhere_does_not_fit_the_key(changes: dict[str, Any]) -> None:
    read = read_rfc9421(replace(signed(), **changes), NOW)
    assert not read.is_by(make_key(0).public_key())


def test_a_signature_that_was_changed_does_not_fit_the_key_or_is_refused() -> None:
    request = signed()
    given_input = request.headers["signature-input"]
    moment = int(NOW.timestamp())
    for text in (
        given_input.replace(f"created={moment}", f"created={moment + 1}"),
        given_input.replace("rsa-v1_5-sha256", "rsa-pss-sha512"),
        given_input.replace("created=", "made="),
        given_input.replace("keyid=", "kid="),
        given_input + ", " + given_input.replace("pyhms", "two"),
        given_input.replace("pyhms", "two"),
        'pyhms=("@method"',
        "",
    ):
        try:
            read = read_rfc9421(changed(request, signature_input=text), NOW)
            assert not read.is_by(make_key(0).public_key()), text
        except SignatureError:
            pass


@given(st.text(st.characters(max_codepoint=255), max_size=200))
def test_whatever_stands_there_is_refused(text: str) -> None:
    with pytest.raises(SignatureError):
        read_rfc9421(changed(signed(), signature_input=text), NOW)
    with pytest.raises(SignatureError):
        read_rfc9421(changed(signed(), signature=text), NOW)


def test_a_request_without_a_signature_is_refused() -> None:
    with pytest.raises(SignatureError, match="not signed"):
        read_signature(Request("POST", ORIGIN, "/inbox", {"host": "ours.example"}, BODY), NOW)
