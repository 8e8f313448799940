"""The one way to fetch from elsewhere: public addresses, small answers, in time."""

from __future__ import annotations

import socket
import threading
import tracemalloc
from ipaddress import ip_address

import pytest
from tests.outside.answering import DRIPS, LARGE, Server

from spreekruimte.outside import (
    FetchError,
    Validators,
    check_address,
    fetch,
    fetch_if_changed,
    targets,
)
from spreekruimte.outside.addresses import is_public, resolve

# What is fetched


def test_what_stands_at_an_address_is_given_with_its_type(home: str) -> None:
    fetched = fetch(f"{home}/plain?x=1", allow_loopback=True)
    assert fetched.content == b"found"
    assert fetched.media_type == "text/plain"
    assert fetched.address == f"{home}/plain?x=1"


def test_the_host_is_told_its_own_name(server: Server) -> None:
    server.asked.clear()
    port = server.server_address[1]
    fetch(f"http://localhost:{port}/plain", allow_loopback=True)
    assert server.asked == [("/plain", f"localhost:{port}")]


def test_what_is_packed_is_unpacked(home: str) -> None:
    assert fetch(f"{home}/packed", allow_loopback=True).content == LARGE


def test_a_redirect_is_followed(home: str) -> None:
    fetched = fetch(f"{home}/once", allow_loopback=True)
    assert fetched.content == b"found"
    assert fetched.address == f"{home}/plain"


def test_no_cookie_is_kept_or_sent(home: str) -> None:
    fetch(f"{home}/cookie", allow_loopback=True)
    assert fetch(f"{home}/cookie", allow_loopback=True).content == b"none"


# What is not


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "status 404"),
        ("always", "leads on and on"),
        ("inside", "not a public address"),
        ("file", "not an address on the web"),
        ("zstd", "not asked for"),
        ("broken", "does not answer as it should"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused(home: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        fetch(f"{home}/{path}", allow_loopback=True)


def test_after_three_redirects_it_stops(home: str, server: Server) -> None:
    with pytest.raises(FetchError):
        fetch(f"{home}/always", allow_loopback=True)
    assert len(server.asked) == 4


@pytest.mark.parametrize("path", ["large", "packed"])
def test_what_is_too_large_is_refused(home: str, path: str) -> None:
    with pytest.raises(FetchError, match="too large"):
        fetch(f"{home}/{path}", most_bytes=1000, allow_loopback=True)


@pytest.mark.parametrize("path", ["endless", "bomb"])
def test_of_ten_gigabytes_hardly_more_is_read_than_may_be_kept(
    home: str, server: Server, path: str
) -> None:
    server.sent = 0
    tracemalloc.start()
    with pytest.raises(FetchError, match="too large"):
        fetch(f"{home}/{path}", most_bytes=1024 * 1024, allow_loopback=True)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # What the system holds between both ends is sent and not read.
    assert server.sent < 64 * 1024 * 1024
    assert most < 16 * 1024 * 1024


@pytest.mark.parametrize("path", ["slow", "hesitant"])
def test_what_trickles_is_given_up(home: str, server: Server, path: str) -> None:
    server.drips = 0
    with pytest.raises(FetchError, match=r"too long|does not answer"):
        fetch(f"{home}/{path}", seconds=0.5, allow_loopback=True)
    assert server.drips < DRIPS


def test_who_is_not_there_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(FetchError, match="does not answer"):
        fetch(f"http://127.0.0.1:{port}/", allow_loopback=True)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://exa\nmple.org/",
        "http://[::1",
        "javascript:alert(1)",
        "http://example.org/" + "x" * 3000,
    ],
)
def test_what_is_no_address_on_the_web_is_refused(address: str) -> None:
    with pytest.raises(FetchError):
        fetch(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "224.0.0.1",
        "255.255.255.255",
        "2130706433",
        "0x7f.1",
        "127.1",
    ],
)
def test_a_private_address_is_not_asked_however_it_is_written(host: str) -> None:
    with pytest.raises(FetchError):
        fetch(f"http://{host}/")


def test_this_machine_is_asked_only_where_it_was_named(home: str, server: Server) -> None:
    with pytest.raises(FetchError):
        fetch(f"{home}/plain")
    assert server.asked == []


def test_a_name_that_stands_for_a_private_address_is_not_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.asked.clear()
    port = server.server_address[1]
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: answer)
    for allow in (False, True):
        with pytest.raises(FetchError):
            fetch(f"http://rebinding.example:{port}/", allow_loopback=allow)
        with pytest.raises(FetchError, match="not a public"):
            fetch("http://rebinding.example/", allow_loopback=allow)
    assert server.asked == []


def test_a_name_that_changes_between_check_and_use_is_asked_where_it_was_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is looked up once: what it stands for afterwards changes nothing."""
    server.asked.clear()
    port = server.server_address[1]
    answers = iter(["127.0.0.1", "10.0.0.1", "169.254.169.254"])
    looked_up: list[object] = []
    look_up = socket.getaddrinfo

    def change(host: str, *arguments: object, **options: object) -> object:
        if host != "rebinding.example":
            return look_up(host, *arguments, **options)  # type: ignore[arg-type]
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", change)
    # The one server that can be asked here stands for a public one.
    monkeypatch.setattr(targets, "is_public", lambda address: str(address) == "127.0.0.1")
    monkeypatch.setitem(targets.PORTS, "http", port)
    address = "http://rebinding.example/plain"
    assert fetch(address).content == b"found"
    assert (looked_up, server.asked) == (["rebinding.example"], [("/plain", "rebinding.example")])
    for _time in range(2):
        with pytest.raises(FetchError, match="not a public"):
            fetch(address)
    assert len(server.asked) == 1


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("93.184.216.34", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: answer)
    with pytest.raises(FetchError, match="not a public"):
        fetch("http://both.example/")


def test_a_name_without_an_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(FetchError, match="cannot be found"):
        fetch("http://nobody.example/")


def test_a_name_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: gate.wait(5) or [])
    with pytest.raises(FetchError, match="cannot be found"):
        fetch("http://slow.example/", seconds=0.2)
    gate.set()


# Addresses


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_an_address_resolves_to_itself() -> None:
    assert resolve("127.0.0.1", 80, 5.0) == [ip_address("127.0.0.1")]


# Only what is new


@pytest.mark.usefixtures("server")
def test_what_is_known_is_not_sent_again(home: str) -> None:
    found = fetch_if_changed(f"{home}/tagged", known=Validators(), allow_loopback=True)
    assert found is not None
    assert found.validators == Validators('"a"', "Mon, 23 Nov 2026 10:00:00 GMT")
    assert fetch_if_changed(f"{home}/tagged", known=found.validators, allow_loopback=True) is None
    other = fetch_if_changed(f"{home}/tagged", known=Validators(etag='"b"'), allow_loopback=True)
    assert other == found


def test_who_asked_for_all_of_it_takes_nothing_for_an_answer_as_a_fault(home: str) -> None:
    with pytest.raises(FetchError, match="status 304"):
        fetch(f"{home}/unchanged", allow_loopback=True)


def test_validators_that_cannot_be_told_back_are_left(home: str) -> None:
    assert fetch(f"{home}/odd", allow_loopback=True).validators == Validators()


def test_a_server_says_when_to_come_back(home: str) -> None:
    with pytest.raises(FetchError) as refused:
        fetch(f"{home}/busy", allow_loopback=True)
    assert (refused.value.code, refused.value.status) == ("status", 503)
    assert refused.value.retry_after == "120"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nonsense", "address"),
        ("ftp://example.org/", "address"),
        ("http://example.org:8080/", "address"),
        ("http://localhost/", "private"),
        ("http://a.localhost/", "private"),
        ("http://intranet/", "private"),
        ("http://10.0.0.1/", "private"),
        ("http://[::1]/", "private"),
    ],
)
def test_an_address_is_refused_without_asking_anything(address: str, code: str) -> None:
    with pytest.raises(FetchError) as refused:
        check_address(address)
    assert refused.value.code == code


@pytest.mark.parametrize("address", ["https://example.org/feed", "http://93.184.216.34:80/"])
def test_an_address_that_may_be_public_is_let_through(address: str) -> None:
    check_address(address)
