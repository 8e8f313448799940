"""When the time of an exchange is over its connection ends, encrypted or not, and never before."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.outside.answering import DRIPS, Server

from spreekruimte.outside import FetchError, Leave, exchanging, send
from spreekruimte.outside.deadlines import Deadline


class Stream:
    """A connection as the trace of httpx gives it."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end

    def get_extra_info(self, _name: str) -> socket.socket:
        return self.end


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(20)
        yield ours, theirs


def connected(end: socket.socket) -> tuple[str, dict[str, Stream]]:
    return "connection.connect_tcp.complete", {"return_value": Stream(end)}


def test_who_waits_for_a_connection_finds_its_end(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    with Deadline(0.05) as deadline:
        deadline.watch(*connected(ends[0]))
        assert ends[0].recv(1) == b""


def test_a_connection_that_is_made_too_late_ends_at_once(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    with Deadline(0) as deadline:
        deadline._timer.join()
        deadline.watch(*connected(ends[0]))
    assert ends[0].recv(1) == b""


def test_what_is_done_in_time_is_left_alone(ends: tuple[socket.socket, socket.socket]) -> None:
    with Deadline(20) as deadline:
        deadline.watch("http11.send_request_headers.started", {})
        deadline.watch(*connected(ends[0]))
    ends[1].sendall(b"x")
    assert ends[0].recv(1) == b"x"


def test_a_connection_that_is_closed_already_is_no_error(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    ends[0].close()
    with Deadline(0) as deadline:
        deadline.watch(*connected(ends[0]))
        deadline._timer.join()


@pytest.fixture
def encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with a certificate that is believed."""
    make_certificate(tmp_path / "both.pem")
    speaks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    speaks.load_cert_chain(tmp_path / "both.pem")
    believes = ssl.create_default_context(cafile=str(tmp_path / "both.pem"))
    monkeypatch.setattr(exchanging, "_trust", lambda: believes)
    with Server() as server:
        server.socket = speaks.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize("path", ["slow", "hesitant"])
def test_an_encrypted_answer_that_trickles_is_given_up(encrypted: Server, path: str) -> None:
    address = f"https://localhost:{encrypted.server_address[1]}"
    assert send(f"{address}/plain", leave=Leave(loopback=True)).content == b"found"
    with pytest.raises(FetchError) as refused:
        send(f"{address}/{path}", leave=Leave(loopback=True), seconds=0.5)
    assert refused.value.code == "slow"
    assert encrypted.drips < DRIPS


def make_certificate(path: Path) -> None:
    """Write a certificate of this machine that it signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
