from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.bluesky.connecting import NOW

from spreekruimte.channels.bluesky.records import make_key, read_place, write_moment, write_reply
from spreekruimte.channels.network import NotTakenError, Post

POST = Post(key="0" * 32, text="x", address="", language="nl", made_at=NOW)


def test_a_key_is_that_of_its_moment_and_act() -> None:
    # 2026-11-29T10:00:00.123 is 1795946400123000 microseconds, in base 32 after ten bits of zeroes.
    assert make_key(POST) == "3n3gxhni45s22"
    assert len(make_key(POST)) == 13
    assert make_key(POST) == make_key(replace(POST, text="y"))


@given(st.integers(1, 10**8), st.sampled_from("0123456789abcdef"))
def test_later_acts_have_keys_that_sort_later(milliseconds: int, digit: str) -> None:
    later = replace(
        POST, made_at=NOW + timedelta(milliseconds=milliseconds), key=digit + POST.key[1:]
    )
    assert make_key(later) > make_key(POST)


def test_a_moment_is_told_in_universal_time_whatever_its_zone() -> None:
    zone = timezone(timedelta(hours=2))
    assert write_moment(datetime(2026, 6, 1, 1, 30, tzinfo=zone)) == "2026-05-31T23:30:00.000Z"


def test_an_answer_to_an_answer_belongs_to_the_thread_that_began() -> None:
    root, parent = {"uri": "at://a", "cid": "b"}, {"uri": "at://c", "cid": "d"}
    assert write_reply(parent, {}) == {"root": parent, "parent": parent}
    above = {"reply": {"root": root, "parent": root}}
    assert write_reply(parent, above) == {"root": root, "parent": parent}


def test_a_place_is_read_and_written_alike() -> None:
    identifier = "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3kabc"
    assert read_place(identifier).identifier == identifier


@pytest.mark.parametrize("identifier", ["", "at://x/y/z", "https://bsky.app/x", "at://did:plc:a/b"])
def test_what_names_no_record_is_refused(identifier: str) -> None:
    with pytest.raises(NotTakenError):
        read_place(identifier)
