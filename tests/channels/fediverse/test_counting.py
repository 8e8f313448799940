from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.fediverse.posted import OPTIONS, POLL_ENDS, ask, publish_round, tell
from tests.organisations.people import NOW
from tests.verdicts.rounds import finish

from spreekruimte.ballots.models import Round
from spreekruimte.channels.fediverse.counting import (
    LEAST_OF_CLASS,
    Choice,
    close_polls,
    count_choices,
    read_tally,
    tally_servers,
)
from spreekruimte.channels.fediverse.documents import post_document
from spreekruimte.channels.fediverse.models import (
    Arrival,
    Delivery,
    FederatedVote,
    Follower,
    OwnActor,
    OwnPost,
)

SERVERS = st.lists(
    st.dictionaries(st.integers(0, 2), st.integers(1, 150), min_size=1).map(Counter), max_size=12
)


def choose(
    post: OwnPost, account: str, option: str = OPTIONS[0], *, at: datetime = NOW, host: str = "one"
) -> Choice:
    return Choice(post.key, option, f"https://{host}.example/{account}", f"{host}.example", at)


@pytest.mark.django_db
def test_the_first_choice_of_an_account_counts(actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    count_choices([choose(post, "a"), choose(post, "a", OPTIONS[1]), choose(post, "b", OPTIONS[2])])
    count_choices([choose(post, "b")])
    assert sorted(FederatedVote.objects.values_list("choice", flat=True)) == [0, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (NOW - timedelta(seconds=1), False),
        (NOW, True),
        (POLL_ENDS - timedelta(seconds=1), True),
        (POLL_ENDS, False),
    ],
)
def test_a_choice_counts_from_when_the_poll_is_there_until_it_ends(
    actor: OwnActor, at: datetime, counts: bool
) -> None:
    post = ask(actor, publish_round(actor))
    count_choices([choose(post, "a", at=at)])
    assert FederatedVote.objects.exists() == counts


@pytest.mark.django_db
def test_no_choice_counts_after_the_round(actor: OwnActor) -> None:
    publication = publish_round(actor)
    post = ask(actor, publication)
    Round.objects.update(ended_at=NOW + timedelta(hours=1))
    count_choices([choose(post, "a", at=NOW + timedelta(minutes=59))])
    count_choices([choose(post, "b", at=NOW + timedelta(hours=1))])
    assert FederatedVote.objects.count() == 1


@pytest.mark.django_db
def test_no_choice_counts_that_cannot(actor: OwnActor) -> None:
    post, note = ask(actor, publish_round(actor)), tell(actor)
    count_choices([choose(note, "a"), choose(post, "b", "Anders")])
    OwnPost.objects.filter(pk=post.pk).update(withdrawn_at=NOW, text="")
    count_choices([choose(post, "c")])
    count_choices([])
    assert not FederatedVote.objects.exists()


@pytest.mark.django_db
def test_counts_are_held_back_until_the_poll_and_its_round_have_ended(actor: OwnActor) -> None:
    publication = publish_round(actor)
    post = ask(actor, publication)
    Follower.objects.create(actor=actor, digest="f" * 64, inbox="https://x.example/i", since=NOW)
    count_choices([choose(post, "a"), choose(post, "b", OPTIONS[1]), choose(post, "c", host="two")])

    def told() -> list[int]:
        post.refresh_from_db()
        return [each["replies"]["totalItems"] for each in post_document(post)["oneOf"]]

    assert close_polls(now=NOW + timedelta(days=1)) == 0
    assert close_polls(now=POLL_ENDS + timedelta(days=1)) == 0, "the round goes on"
    assert told() == [0, 0, 0]
    assert "closed" not in post_document(post)
    finish(publication.round)
    assert close_polls(now=POLL_ENDS + timedelta(days=1)) == 1
    assert told() == [2, 1, 0]
    document = post_document(post)
    assert (document["votersCount"], document["closed"][:10]) == (3, "2026-12-01")
    assert "0 votes" not in document["content"]
    update = json.loads(Delivery.objects.get().activity)
    assert (update["type"], update["object"]["votersCount"]) == ("Update", 3)
    assert close_polls(now=POLL_ENDS + timedelta(days=2)) == 0


@pytest.mark.django_db
def test_when_a_poll_is_counted_nobody_can_be_known_any_more(actor: OwnActor) -> None:
    publication = publish_round(actor)
    post = ask(actor, publication)
    count_choices([choose(post, str(number), host="two") for number in range(3)])
    count_choices([choose(post, "a")])
    finish(publication.round)
    close_polls(now=NOW)
    post.refresh_from_db()
    assert (bytes(post.vote_key), FederatedVote.objects.count()) == (b"", 0)
    tally = read_tally(post.tally or {})
    assert tally.options == (4, 0, 0)
    assert [(each.least, each.servers, each.options[0]) for each in tally.classes] == [
        (1, 1, 1),
        (2, 1, 3),
        (10, 0, 0),
        (100, 0, 0),
    ]
    assert "example" not in json.dumps(post.tally)


@pytest.mark.django_db
def test_counting_waits_a_while_for_what_arrived_in_time(actor: OwnActor) -> None:
    post = ask(actor)
    late = POLL_ENDS + timedelta(minutes=5)
    Arrival.objects.create(
        sealed="x", server="y", received_at=POLL_ENDS - timedelta(seconds=1), due_at=late
    )
    assert close_polls(now=late) == 0
    assert close_polls(now=POLL_ENDS + timedelta(minutes=16)) == 1
    post.refresh_from_db()
    assert post.tally is not None


@pytest.mark.django_db
def test_what_arrived_too_late_holds_up_nothing(actor: OwnActor) -> None:
    ask(actor)
    late = POLL_ENDS + timedelta(minutes=5)
    Arrival.objects.create(sealed="x", server="y", received_at=late, due_at=late)
    assert close_polls(now=late) == 1


@pytest.mark.django_db
def test_nobody_is_told_of_the_counts_of_a_poll_that_was_withdrawn(actor: OwnActor) -> None:
    post = ask(actor)
    Follower.objects.create(actor=actor, digest="f" * 64, inbox="https://x.example/i", since=NOW)
    OwnPost.objects.filter(pk=post.pk).update(withdrawn_at=NOW, text="")
    assert close_polls(now=POLL_ENDS) == 1
    assert not Delivery.objects.exists()


@given(SERVERS, st.randoms())
def test_the_order_of_servers_changes_nothing(servers: list[Counter[int]], random: object) -> None:
    shuffled = list(servers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tally_servers(servers, 3) == tally_servers(shuffled, 3)


@given(SERVERS)
def test_every_vote_and_every_server_is_in_one_class(servers: list[Counter[int]]) -> None:
    tally = tally_servers(servers, 3)
    assert sum(tally.options) == sum(each.total() for each in servers)
    assert sum(each.servers for each in tally.classes) == len(servers)
    assert tuple(each.least for each in tally.classes) == LEAST_OF_CLASS
    for each in tally.classes:
        assert sum(each.options) >= each.servers * each.least
    assert read_tally(json.loads(json.dumps(tally.to_json()))) == tally


@given(SERVERS, SERVERS)
def test_counts_of_two_sets_of_servers_add_up(
    one: list[Counter[int]], other: list[Counter[int]]
) -> None:
    both = tally_servers(one + other, 3).options
    parts = zip(tally_servers(one, 3).options, tally_servers(other, 3).options, strict=True)
    assert both == tuple(a + b for a, b in parts)
