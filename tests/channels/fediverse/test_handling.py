from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from tests.channels.fediverse.elsewhere import Elsewhere, bring, do
from tests.channels.fediverse.posted import LATER, OPTIONS, ask, publish_round
from tests.organisations.people import NOW

from spreekruimte.channels.fediverse.documents import actor_address, post_address
from spreekruimte.channels.fediverse.handling import process_arrivals
from spreekruimte.channels.fediverse.models import (
    Arrival,
    Delivery,
    FederatedVote,
    Follower,
    OwnActor,
    OwnPost,
)
from spreekruimte.dialogue.models import Message

pytestmark = pytest.mark.django_db


def vote(there: Elsewhere, voter: str, post: OwnPost, option: str, name: str = "v") -> Any:
    note = there.note(voter, name, name=option, inReplyTo=post_address(post))
    return do("Create", voter, note, name)


def chosen(post: OwnPost) -> list[int]:
    return sorted(FederatedVote.objects.filter(post=post).values_list("choice", flat=True))


def test_a_follower_is_accepted_and_told_at_the_inbox_of_its_server(
    there: Elsewhere, actor: OwnActor
) -> None:
    alice = there.account("alice")
    follow = do("Follow", alice, actor_address(actor))
    assert bring(follow, path="/fediverse/waterdam/inbox").status_code == 202
    assert process_arrivals(now=LATER) == 1
    follower = Follower.objects.get()
    assert follower.inbox == f"{there.origin}/inbox"
    accept = Delivery.objects.get()
    assert '"type": "Accept"' in accept.activity
    assert not Arrival.objects.exists()
    assert "alice" not in follower.digest + follower.inbox


def test_a_vote_counts_once_however_often_it_comes(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice, bob = there.account("alice"), there.account("bob", key=1)
    assert bring(vote(there, alice, post, OPTIONS[1])).status_code == 202
    assert bring(vote(there, alice, post, OPTIONS[1])).status_code == 202
    assert bring(vote(there, alice, post, OPTIONS[0], "w")).status_code == 202
    process_arrivals(now=LATER)
    assert bring(vote(there, alice, post, OPTIONS[2], "x")).status_code == 202
    assert bring(vote(there, bob, post, OPTIONS[0]), key=1).status_code == 202
    process_arrivals(now=LATER)
    assert chosen(post) == [0, 1]
