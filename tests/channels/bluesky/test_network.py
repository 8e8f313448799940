"""The network is the real server, and what stands there is read without our program."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.channels.bluesky.connecting import NOW, Ours, connect
from tests.peers.pds import Network

from spreekruimte.channels.bluesky.network import Bluesky, mark_as_bot
from spreekruimte.channels.network import Card, NotTakenError, Post, SignedOutError

ADDRESS = "https://spreekruimte.example/cases/12/"
POST = Post(
    key="0123456789abcdef0123456789abcdef",
    text="Mag een ambtenaar dit schrijven? Zeg het ons. #ambtenaar",
    address=ADDRESS,
    language="nl",
    made_at=NOW,
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000000000200010548afa470000000"
    "0049454e44ae426082"
)


@pytest.fixture
def ours(network: Network) -> Ours:
    return connect(network.newcomer())


def test_a_question_is_posted_with_its_card_and_what_leads_on(ours: Ours) -> None:
    card = Card("Mag dit?", "Stem in twee minuten.", PIXEL, "Een kaart")

    sent = Bluesky().publish(ours.connection, replace(POST, card=card))

    [record] = ours.person.records()
    assert record["uri"] == sent.identifier
    value = record["value"]
    assert value["text"] == f"{POST.text}\n\nspreekruimte.example/cases/12"
    assert (value["langs"], value["createdAt"]) == (["nl"], "2026-11-29T10:00:00.123Z")
    content = value["text"].encode()
    parts = {
        content[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode(): each["features"]
        for each in value["facets"]
    }
    assert parts["spreekruimte.example/cases/12"][0]["uri"] == ADDRESS
    assert parts["#ambtenaar"][0]["tag"] == "ambtenaar"
    external = value["embed"]["external"]
    assert (external["uri"], external["title"]) == (ADDRESS, "Mag dit?")
    assert external["thumb"]["mimeType"] == "image/png"
    assert sent.address.startswith("https://bsky.app/profile/did:plc:")


def test_what_is_tried_again_stands_there_once(ours: Ours) -> None:
    assert Bluesky().find(ours.connection, POST) is None
    first = Bluesky().publish(ours.connection, POST)
    [before] = ours.person.records()

    again = Bluesky().publish(ours.connection, POST)

    assert again == first == Bluesky().find(ours.connection, POST)
    assert ours.person.records() == [before]


def test_a_text_of_301_symbols_is_refused_before_anything_is_sent(ours: Ours) -> None:
    family = "👨‍👩‍👧‍👦"
    long = replace(POST, text=f"{'é' * 300}{family}", address="")

    preview = Bluesky().preview(ours.connection, long)
    with pytest.raises(NotTakenError, match="301"):
        Bluesky().publish(ours.connection, long)

    assert (preview.length, preview.most, len(preview.problems)) == (301, 300, 1)
    assert ours.person.records() == []
    Bluesky().publish(ours.connection, replace(long, text="é" * 300))
    assert len(ours.person.records()) == 1


def test_answers_and_counts_are_read_back_and_our_own_answers_are_not(
    ours: Ours, network: Network
) -> None:
    citizen, hidden = network.person("burger"), network.person("verborgen")
    hidden.label("!no-unauthenticated")
    sent = Bluesky().publish(ours.connection, POST)
    [record] = ours.person.records()
    question = {"uri": record["uri"], "cid": record["cid"]}
    reason = citizen.say("Ja, want het is waar.", to=question)
    shy = hidden.say("Liever niet bekend.", to=question)
    citizen.like(question)
    answer = replace(
        POST, key="f" * 32, text="Dank u wel.", address="", reply_to=reason["uri"], is_quiet=True
    )
    replied = Bluesky().publish(ours.connection, answer)
    deeper = citizen.say("Graag gedaan.", to={"uri": replied.identifier, "cid": _cid(ours)})

    reading = Bluesky().read(ours.connection, sent.identifier)

    assert reading.counts == {"replies": 2, "likes": 1, "shares": 0, "quotes": 0}
    told = {each.identifier: each for each in reading.replies}
    assert set(told) == {reason["uri"], shy["uri"], deeper["uri"]}
    first = told[reason["uri"]]
    assert (first.author, first.text, first.language) == (
        citizen.did,
        "Ja, want het is waar.",
        "nl",
    )
    assert first.parent == sent.identifier
    assert first.may_be_shown
    assert not told[shy["uri"]].may_be_shown
    assert told[deeper["uri"]].parent == replied.identifier


def test_what_was_deleted_or_hidden_since_is_there_no_more(ours: Ours, network: Network) -> None:
    stays, leaves, hides = (network.person(each) for each in ("blijft", "gaat", "schuilt"))
    Bluesky().publish(ours.connection, POST)
    [record] = ours.person.records()
    question = {"uri": record["uri"], "cid": record["cid"]}
    said = [each.say("Mijn mening.", to=question) for each in (stays, leaves, hides)]
    identifiers = [each["uri"] for each in said]
    assert Bluesky().still_there(ours.connection, identifiers) == set(identifiers)

    leaves.delete(said[1])
    hides.label("!no-unauthenticated")

    assert Bluesky().still_there(ours.connection, identifiers) == {identifiers[0]}


def test_a_post_that_was_taken_away_is_gone_and_may_be_taken_away_again(ours: Ours) -> None:
    sent = Bluesky().publish(ours.connection, POST)
    assert not Bluesky().read(ours.connection, sent.identifier).is_gone

    Bluesky().withdraw(ours.connection, sent.identifier)
    Bluesky().withdraw(ours.connection, sent.identifier)

    assert Bluesky().read(ours.connection, sent.identifier).is_gone
    assert ours.person.records() == []


def test_only_our_own_posts_are_taken_away(ours: Ours, network: Network) -> None:
    said = network.person("burger").say("Van mij.")
    with pytest.raises(NotTakenError):
        Bluesky().withdraw(ours.connection, said["uri"])


def test_tokens_that_are_over_are_renewed_and_kept_before_they_are_used(ours: Ours) -> None:
    over = {**ours.connection.credentials, "access": "no.longer.valid"}
    old = replace(ours.connection, credentials=over)

    Bluesky().publish(old, POST)

    assert len(ours.person.records()) == 1
    [kept] = ours.kept
    assert kept["refresh"] != ours.connection.credentials["refresh"]
    Bluesky().publish(replace(ours.connection, credentials=kept), POST)


def test_who_is_not_let_in_any_more_has_to_connect_again(ours: Ours) -> None:
    over = replace(ours.connection, credentials={"access": "no.good.token", "refresh": "no.good"})
    with pytest.raises(SignedOutError):
        Bluesky().publish(over, POST)


def test_an_answer_to_what_is_gone_is_not_posted(ours: Ours, network: Network) -> None:
    citizen = network.person("burger")
    said = citizen.say("Weg.")
    citizen.delete(said)
    with pytest.raises(NotTakenError, match="no more"):
        Bluesky().publish(ours.connection, replace(POST, reply_to=said["uri"]))


def test_the_profile_says_that_a_program_writes_there_and_keeps_the_rest(ours: Ours) -> None:
    kind = "app.bsky.actor.profile"
    ours.person.write(kind, {"$type": kind, "displayName": "Gemeente Waterdam"}, "self")

    mark_as_bot(ours.connection)
    mark_as_bot(ours.connection)

    [profile] = ours.person.records(kind)
    assert profile["value"]["displayName"] == "Gemeente Waterdam"
    assert profile["value"]["labels"]["values"] == [{"val": "bot"}]


def test_two_acts_of_one_moment_are_two_posts(ours: Ours) -> None:
    Bluesky().publish(ours.connection, POST)
    Bluesky().publish(ours.connection, replace(POST, key=f"9{POST.key[1:]}"))
    Bluesky().publish(ours.connection, replace(POST, made_at=NOW + timedelta(seconds=1)))
    assert len(ours.person.records()) == 3


def _cid(ours: Ours) -> str:
    return next(str(each["cid"]) for each in ours.person.records() if each["value"].get("reply"))
