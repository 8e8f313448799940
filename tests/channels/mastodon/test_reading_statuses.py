from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.channels.cleaning import plain_text, same_words
from spreekruimte.channels.mastodon.lengths import count_characters
from spreekruimte.channels.mastodon.limits import Limits, to_limits
from spreekruimte.channels.mastodon.statuses import (
    may_be_shown,
    name_of,
    to_counts,
    to_reply,
    to_sent,
    to_tally,
)
from spreekruimte.channels.network import TryLaterError
from spreekruimte.channels.turns import read_json
from spreekruimte.outside import Answer

ANYTHING = st.recursive(
    # Halves of characters as well.
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
STATUS: dict[str, Any] = {
    "id": "109",
    "uri": "https://social.example/users/a/statuses/109",
    "in_reply_to_id": "108",
    "content": "<p>Dit mag <b>wel</b>.</p>",
    "visibility": "public",
    "language": "nl-NL",
    "created_at": "2026-11-29T12:00:00.000Z",
    "account": {"id": "7", "uri": "https://social.example/users/a", "note": "<p>Hallo</p>"},
}


def test_a_reply_is_plain_text_with_its_author_apart() -> None:
    reply = to_reply(STATUS)
    assert reply
    assert (reply.text, reply.language, reply.parent) == ("Dit mag wel.", "nl", "108")
    assert reply.may_be_shown
    assert "users/a" not in repr(reply)


@pytest.mark.parametrize(
    "change",
    [
        {"content": "<br>"},
        {"account": None},
        {"id": None},
    ],
)
def test_a_vote_or_what_has_no_author_is_no_reply(change: dict[str, Any]) -> None:
    assert to_reply({**STATUS, **change}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "unlisted"},
        {"visibility": "private"},
        {"visibility": "direct"},
        {"account": {**STATUS["account"], "noindex": True}},
        {"account": {**STATUS["account"], "note": "<p>Liever niet #NoBot</p>"}},
        {"account": {**STATUS["account"], "note": "#noindex"}},
    ],
)
def test_what_is_not_for_everybody_may_not_be_shown(change: dict[str, Any]) -> None:
    assert not may_be_shown({**STATUS, **change})


def test_counts_and_tallies_are_told_as_far_as_the_server_does() -> None:
    told = {"replies_count": 3, "reblogs_count": -1, "favourites_count": "many"}
    assert to_counts(told) == {"replies": 3}
    poll = {"options": [{"votes_count": 4}, {"votes_count": 0}]}
    assert to_tally({"poll": poll}) == (4, 0)
    hidden = {"options": [{"votes_count": None}, {"votes_count": None}]}
    assert to_tally({"poll": hidden}) is None
    assert to_tally({"poll": None}) is None
    assert to_tally({"poll": {"options": []}}) is None


def test_what_is_posted_without_a_name_may_be_there_all_the_same() -> None:
    with pytest.raises(TryLaterError) as error:
        to_sent({})
    assert error.value.is_unknown


def test_a_moment_before_the_name_of_a_post_changes_nothing() -> None:
    name = "b7e848e8eb275472a1cbb80bd4d3472d"
    assert name_of({"id": f"1795911881{name}"}) == name_of({"id": f"1795911890{name}"})
    assert name_of({"id": "109361"}) == "109361"


def test_addresses_count_as_the_server_says_and_people_see_one_character_as_one() -> None:
    assert count_characters("Zie https://x.example/een/lang/pad en meer", of_address=23) == 35
    assert count_characters("👩‍👩‍👧‍👦e\u0301", of_address=23) == 2


def test_limits_are_those_of_mastodon_where_they_are_not_told() -> None:
    assert to_limits({}) == Limits()
    assert to_limits({"statuses": "x", "polls": {"max_options": -1}}) == Limits()
    told = {
        "statuses": {"max_characters": 5000, "characters_reserved_per_url": 32},
        "polls": {"max_options": 8, "max_expiration": 3600},
    }
    assert to_limits(told) == Limits(5000, 32, 8, longest_poll=timedelta(hours=1))


@given(st.text())
def test_no_markup_is_left_of_a_text_from_elsewhere(text: str) -> None:
    assert "\r" not in plain_text(f"<p>{text}</p><script>x()</script><style>y</style>")
    assert "x()" not in plain_text("<script>x()</script>" + "<svg onload=x()>")


def test_hostile_markup_becomes_text_or_nothing() -> None:
    assert plain_text("<img src=x onerror=alert(1)>a<!-- b --><iframe src=//c></iframe>") == "a"
    assert plain_text("<p>een</p><p>twee<br/>drie</p>") == "een\ntwee\ndrie"
    assert "<b" not in plain_text("<b>" * 50_000 + "diep")


@given(st.sampled_from(sorted(STATUS)), ANYTHING)
def test_a_post_with_anything_in_it_is_a_reply_or_none(name: str, value: object) -> None:
    status = read_json(Answer(200, {}, json.dumps({**STATUS, name: value}).encode()))
    reply = to_reply(status)
    if reply is not None:
        assert f"{reply.identifier}{reply.parent}{reply.author}{reply.text}".encode()
    assert all(count >= 0 for count in to_counts({**status, "poll": value}).values())
    assert to_tally({**status, "poll": {"options": value}}) is None or isinstance(value, list)


def test_texts_with_the_same_words_are_the_same() -> None:
    assert same_words("Mag dit? https://x/1", "Mag *dit*?\nhttps://x/1")
    assert not same_words("Antwoord 1", "Antwoord 12")
