from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spreekruimte.channels.models import ServerPace
from spreekruimte.channels.network import NetworkError, NotTakenError, SignedOutError, TryLaterError
from spreekruimte.channels.turns import (
    LONGEST_REST,
    ask_in_turn,
    let_rest,
    need_good,
    need_good_or_gone,
    origin_of,
    read_json,
    read_json_list,
    read_limits,
    take_turn,
)
from spreekruimte.outside import Answer

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
SERVER = "https://social.example"


@pytest.mark.django_db
def test_a_server_is_asked_once_a_second_and_others_are_not_held_up() -> None:
    waits = [take_turn(SERVER, now=NOW).total_seconds() for _turn in range(3)]
    assert waits == [0, 1, 2]
    assert take_turn("https://other.example", now=NOW) == timedelta(0)
    assert take_turn(SERVER, now=NOW + timedelta(minutes=1)) == timedelta(0)


@pytest.mark.django_db
def test_who_would_wait_too_long_is_told_for_how_long_and_takes_no_turn() -> None:
    take_turn(SERVER, now=NOW)
    let_rest(SERVER, until=NOW + timedelta(minutes=5))
    with pytest.raises(TryLaterError) as error:
        take_turn(SERVER, now=NOW)
    assert (error.value.after, error.value.is_unknown) == (timedelta(minutes=5), False)
    assert ServerPace.objects.get().next_at == NOW + timedelta(minutes=5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/api", "ftp://social.example/", "http://[::1]/"]
)
def test_what_may_not_be_asked_is_not(address: str) -> None:
    with pytest.raises(NotTakenError):
        ask_in_turn(address, wait=lambda _seconds: None)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (200, {}, 0),
        (200, {"x-ratelimit-remaining": "12", "x-ratelimit-reset": "2026-11-29T12:05:00Z"}, 0),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-29T12:05:00Z"}, 300),
        (200, {"ratelimit-remaining": "0", "ratelimit-reset": str(int(NOW.timestamp()) + 9)}, 9),
        (429, {"retry-after": "30"}, 30),
        (429, {"x-ratelimit-reset": "2026-11-29T12:05:00.000Z"}, 300),
        (503, {"retry-after": "120"}, 120),
        (500, {"retry-after": "120"}, 0),
        (429, {"retry-after": "9999999"}, LONGEST_REST.total_seconds()),
        (429, {"x-ratelimit-reset": "nonsense"}, 0),
        (429, {"x-ratelimit-reset": "9" * 30}, 0),
    ],
)
def test_what_a_server_says_of_its_limits_is_heeded(
    status: int, headers: dict[str, str], seconds: float
) -> None:
    assert read_limits(Answer(status, headers, b""), now=NOW).total_seconds() == seconds


@pytest.mark.parametrize(
    ("status", "error", "is_unknown"),
    [
        (408, TryLaterError, True),
        (429, TryLaterError, False),
        (500, TryLaterError, True),
        (503, TryLaterError, True),
        (401, SignedOutError, False),
        (403, NotTakenError, False),
        (422, NotTakenError, False),
    ],
)
def test_what_is_no_good_answer_says_what_to_do(
    status: int, error: type[NetworkError], is_unknown: bool
) -> None:
    answer = Answer(status, {"retry-after": "30"}, b'{"error": "no  such\\nthing"}')
    for need in (need_good, need_good_or_gone):
        with pytest.raises(error, match=f"^{status} no such thing$") as raised:
            need(answer)
        assert raised.value.is_unknown is is_unknown


def test_a_server_that_asks_for_patience_says_for_how_long() -> None:
    with pytest.raises(TryLaterError) as raised:
        need_good(Answer(429, {"retry-after": "30"}, b""))
    assert raised.value.after == timedelta(seconds=30)


def test_not_there_is_an_answer_where_it_may_be_one() -> None:
    for status in (404, 410):
        answer = Answer(status, {}, b"")
        assert need_good_or_gone(answer) is answer
        with pytest.raises(NotTakenError):
            need_good(answer)
    good = Answer(200, {}, b"")
    assert need_good(good) is need_good_or_gone(good) is good


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"[]", b'"x"', b"\xff"])
def test_an_answer_that_cannot_be_read_leaves_in_doubt_what_was_done(content: bytes) -> None:
    with pytest.raises(TryLaterError) as error:
        read_json(Answer(200, {}, content))
    assert error.value.is_unknown


def test_lists_hold_objects_alone() -> None:
    assert read_json_list(Answer(200, {}, b'[{"id": "1"}, 2, null]')) == [{"id": "1"}]
    with pytest.raises(TryLaterError):
        read_json_list(Answer(200, {}, b"{}"))


def test_a_server_is_known_by_its_origin() -> None:
    assert origin_of("HTTPS://Social.Example:8443/a?b#c") == "https://social.example:8443"
