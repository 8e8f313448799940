"""Bringing something to a server: any answer is one, nothing is followed, nothing else is asked."""

from __future__ import annotations

import pytest
from tests.outside.answering import DRIPS, LARGE, Server

from spreekruimte.outside import FetchError, Leave, Message, send

HERE = Leave(loopback=True)


def test_what_is_sent_arrives_and_the_answer_is_given(server: Server, home: str) -> None:
    message = Message("POST", {"Content-Type": "text/plain"}, b"brought")
    answer = send(f"{home}/plain", message, leave=HERE)
    assert (answer.status, answer.content, answer.is_good) == (200, b"found", True)
    assert answer.headers["content-type"].startswith("Text/Plain")
    assert server.received == [b"brought"]


def test_an_answer_that_refuses_is_an_answer(home: str) -> None:
    answer = send(f"{home}/busy", leave=HERE)
    assert (answer.status, answer.is_good) == (503, False)
    assert answer.headers["retry-after"] == "120"


def test_a_redirect_is_not_followed(server: Server, home: str) -> None:
    answer = send(f"{home}/inside", leave=HERE)
    assert answer.status == 302
    assert [path for path, _host in server.asked] == ["/inside"]


def test_a_server_that_the_operator_trusts_is_asked_on_its_port_alone(home: str) -> None:
    port = int(home.rpartition(":")[2])
    trusted = Leave(hosts=frozenset({f"127.0.0.1:{port}"}))
    assert send(f"{home}/plain", leave=trusted).content == b"found"
    other = Leave(hosts=frozenset({f"127.0.0.1:{port + 1}"}))
    with pytest.raises(FetchError) as refused:
        send(f"{home}/plain", leave=other)
    assert refused.value.code == "address"


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/"])
def test_no_private_address_is_asked(address: str) -> None:
    with pytest.raises(FetchError) as refused:
        send(address, Message("POST", body=b"x"))
    assert refused.value.code == "private"


def test_an_answer_that_is_too_large_is_given_up(home: str) -> None:
    with pytest.raises(FetchError) as refused:
        send(f"{home}/large", leave=HERE, most_bytes=len(LARGE) - 1)
    assert refused.value.code == "large"


@pytest.mark.parametrize("path", ["endless", "bomb"])
def test_an_answer_of_ten_gigabytes_is_given_up_at_once(
    server: Server, home: str, path: str
) -> None:
    server.sent = 0
    with pytest.raises(FetchError) as refused:
        send(f"{home}/{path}", leave=HERE)
    assert refused.value.code == "large"
    assert server.sent < 64 * 1024 * 1024


@pytest.mark.parametrize("path", ["slow", "hesitant"])
def test_an_answer_that_takes_too_long_is_given_up(home: str, server: Server, path: str) -> None:
    server.drips = 0
    with pytest.raises(FetchError) as refused:
        send(f"{home}/{path}", leave=HERE, seconds=0.3)
    assert refused.value.code == "slow"
    assert server.drips < DRIPS
