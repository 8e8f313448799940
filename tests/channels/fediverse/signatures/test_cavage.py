from __future__ import annotations

import base64
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.fediverse.elsewhere import make_key

from spreekruimte.channels.fediverse.signatures.cavage import read_cavage, sign_cavage
from spreekruimte.channels.fediverse.signatures.requests import Request, SignatureError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORIGIN = "https://ours.example"
KEY_ID = "https://peer.example/users/alice#main-key"
BODY = b'{"type": "Create"}'


def signed(
    method: str = "POST", target: str = "/inbox?x=1", body: bytes = BODY, now: datetime = NOW
) -> Request:
    headers = sign_cavage(
        method=method,
        address=ORIGIN + target,
        body=body,
        key=make_key(0),
        key_id=KEY_ID,
        now=now,
    )
    lowered = {name.lower(): value for name, value in headers.items()}
    return Request(method, ORIGIN, target, lowered, body)


def with_signature(request: Request, change: Callable[[str], str]) -> Request:
    signature = change(request.headers["signature"])
    return replace(request, headers={**request.headers, "signature": signature})


def sign_again(lines: list[str], parameters: str) -> Request:
    """A request that covers what a test wants it to."""
    request = signed()
    text = "\n".join(lines).encode()
    made = base64.b64encode(make_key(0).sign(text, PKCS1v15(), SHA256())).decode()
    covered = " ".join(line.partition(": ")[0] for line in lines)
    header = f'keyId="{KEY_ID}",{parameters}headers="{covered}",signature="{made}"'
    return with_signature(request, lambda _: header)


def lines_of(request: Request) -> dict[str, str]:
    return {
        "(request-target)": "(request-target): post /inbox?x=1",
        "host": f"host: {request.headers['host']}",
        "date": f"date: {request.headers['date']}",
        "digest": f"digest: {request.headers['digest']}",
    }


@pytest.mark.parametrize(("method", "body"), [("POST", BODY), ("GET", b"")])
def test_what_we_sign_is_signed_by_our_key_and_no_other(method: str, body: bytes) -> None:
    read = read_cavage(signed(method, body=body), NOW)
    assert read.key_id == KEY_ID
    assert read.is_by(make_key(0).public_key())
    assert not read.is_by(make_key(1).public_key())


def test_a_signature_that_names_no_algorithm_or_hides_it_is_read() -> None:
    for algorithm in ("", 'algorithm="hs2019",', 'algorithm="RSA-SHA256",'):
        request = sign_again(list(lines_of(signed()).values()), algorithm)
        assert read_cavage(request, NOW).is_by(make_key(0).public_key())


@pytest.mark.parametrize("left_out", ["(request-target)", "host", "date", "digest"])
def test_what_has_to_be_covered_is(left_out: str) -> None:
    lines = lines_of(signed())
    del lines[left_out]
    with pytest.raises(SignatureError, match="cover"):
        read_cavage(sign_again(list(lines.values()), ""), NOW)


def test_a_time_of_creation_stands_for_a_date_unless_the_algorithm_is_of_before_it() -> None:
    created = int(NOW.timestamp())
    lines = lines_of(signed())
    lines["date"] = f"(created): {created}"
    good = sign_again(list(lines.values()), f'algorithm="hs2019",created={created},')
    assert read_cavage(good, NOW).is_by(make_key(0).public_key())
    for parameters in (
        f'algorithm="rsa-sha256",created={created},',
        'algorithm="hs2019",',
        f'algorithm="hs2019",created={created},expires={created - 1},',
        f'algorithm="hs2019",created="{10**11}",',
        'algorithm="hs2019",created="soon",',
    ):
        with pytest.raises(SignatureError):
            read_cavage(sign_again(list(lines.values()), parameters), NOW)


@pytest.mark.parametrize("hours", [-13, 13])
def test_a_signature_of_another_half_day_is_refused(hours: int) -> None:
    with pytest.raises(SignatureError, match="old"):
        read_cavage(signed(now=NOW + timedelta(hours=hours)), NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"body": BODY + b" "},
        {"body": b"x"},
        {"origin": "https://another.example"},
    ],
)
def test_another_body_or_host_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(SignatureError):
        read_cavage(replace(signed(), **changes), NOW)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("host", "another.example"),
        ("date", "Mon, 23 Nov 2026 11:59:00 GMT"),
        ("digest", "SHA-256=AAAA,SHA-256=BBBB"),
        ("digest", "MD5=AAAA"),
        ("digest", "SHA-256=\xe9"),
        ("date", "yesterday"),
    ],
)
def test_a_header_that_was_changed_is_noticed(name: str, value: str) -> None:
    request = signed()
    request = replace(request, headers={**request.headers, name: value})
    with suppress(SignatureError):
        assert not read_cavage(request, NOW).is_by(make_key(0).public_key())


@pytest.mark.parametrize("name", ["date", "digest", "host"])
def test_a_header_that_is_covered_is_there(name: str) -> None:
    request = signed()
    left = {key: value for key, value in request.headers.items() if key != name}
    with pytest.raises(SignatureError):
        read_cavage(replace(request, headers=left), NOW)


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.replace("rsa-sha256", "hmac-sha256"),
        lambda header: header + ',keyId="https://another.example/"',
        lambda header: header.replace('headers="', 'headers="digest '),
        lambda header: header.replace('headers="', 'headers="x-absent '),
        lambda header: re.sub(r'signature="[^"]*"', 'signature="!"', header),
        lambda header: header[:50],
        lambda _header: "",
        lambda _header: "x" * 100_000,
    ],
)
def test_a_header_that_is_no_signature_is_refused(change: Callable[[str], str]) -> None:
    request = with_signature(signed(), change)
    with suppress(SignatureError):
        assert not read_cavage(request, NOW).is_by(make_key(0).public_key())


@given(st.text(st.characters(max_codepoint=255), max_size=200))
def test_whatever_stands_there_is_refused(text: str) -> None:
    with pytest.raises(SignatureError):
        read_cavage(with_signature(signed(), lambda _: text), NOW)
