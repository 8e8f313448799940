"""Real servers of others follow an actor of ours, vote, answer, and take it back."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.db import connections
from django.utils import timezone
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from tests.channels.fediverse.elsewhere import MEDIA_TYPE, be_at, do, make_key
from tests.channels.fediverse.posted import QUESTION, ask_through, connect, make_actor
from tests.peers.fedify import Fedify, running_fedify
from tests.peers.installing import AbsentError
from tests.peers.snac import Person, Snac, running_snac, wait_until
from tests.verdicts.rounds import finish, start_round

from spreekruimte.ballots.models import Round
from spreekruimte.channels.fediverse.counting import close_polls
from spreekruimte.channels.fediverse.delivering import deliver_next
from spreekruimte.channels.fediverse.documents import actor_address, post_address
from spreekruimte.channels.fediverse.handling import process_arrivals
from spreekruimte.channels.fediverse.models import Arrival, FederatedVote, OwnActor, OwnPost
from spreekruimte.channels.fediverse.network import Fediverse
from spreekruimte.channels.fediverse.posting import make_post
from spreekruimte.channels.fediverse.signatures.cavage import sign_cavage
from spreekruimte.dialogue.models import Message

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30.0


@pytest.fixture(scope="module")
def fedify() -> Iterator[Fedify]:
    try:
        with running_fedify() as running:
            yield running
    except AbsentError as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def snac(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snac]:
    try:
        with running_snac(tmp_path_factory.mktemp("snac"), ["dora"]) as running:
            yield running
    except AbsentError as reason:
        pytest.skip(str(reason))


@dataclass
class Ours:
    """Our side: an actor, and a question that is asked now."""

    actor: OwnActor
    round: Round
    origin: str

    @property
    def address(self) -> str:
        return actor_address(self.actor)

    def ask(self) -> OwnPost:
        now = timezone.now()
        post = replace(QUESTION, made_at=now, closes_at=now + timedelta(days=1))
        publication = self.round.publications.get()
        return make_post(actor=self.actor, post=post, publication=publication)

    def votes(self) -> list[int]:
        counted = Counter(FederatedVote.objects.values_list("choice", flat=True))
        return [counted[choice] for choice in range(3)]


def be_ours(live_server: LiveServer, settings: Settings, peer: str) -> Ours:
    be_at(settings, live_server.url, peer)
    actor = make_actor()
    round_ = start_round()
    now = timezone.now()
    times = {"opened_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=2)}
    Round.objects.filter(pk=round_.pk).update(**times)
    ask_through(actor, round_)
    return Ours(actor, round_, live_server.url)


@contextmanager
def working() -> Iterator[None]:
    """Do in the background what the worker does."""
    stopping = threading.Event()

    def work() -> None:
        while not stopping.wait(0.05):
            process_arrivals(now=timezone.now())
            deliver_next(now=timezone.now(), draw=lambda: 0.5)
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def has_arrived(peer: Fedify, kind: str, thing: str = "") -> Callable[[], bool]:
    def look() -> bool:
        return any(
            event["type"] == kind and thing in json.dumps(event["object"])
            for event in peer.events()
        )

    return look


def test_people_at_fedify_follow_vote_once_answer_and_take_it_back(
    live_server: LiveServer, settings: Settings, fedify: Fedify
) -> None:
    ours = be_ours(live_server, settings, fedify.origin)
    with working():
        fedify.do("follow", who="alice", actor=ours.address)
        wait_until(has_arrived(fedify, "Accept"), PATIENCE)
        post = ours.ask()
        question = post_address(post)
        wait_until(has_arrived(fedify, "Create", question), PATIENCE)
        read = fedify.do("read", who="alice", address=question)
        assert read == {
            "kind": "Question",
            "options": list(QUESTION.options),
            "isClosed": False,
            "votes": [0, 0, 0],
        }

        def vote(who: str, choice: int) -> None:
            name = QUESTION.options[choice]
            given = {"actor": ours.address, "to": question, "isVote": True}
            fedify.do("say", who=who, name=name, **given)

        vote("alice", 0)
        vote("bob", 1)
        vote("alice", 2)
        wait_until(lambda: not Arrival.objects.exists(), PATIENCE)
        assert ours.votes() == [1, 1, 0]

        said = fedify.do(
            "say",
            who="carol",
            actor=ours.address,
            to=question,
            text="<p>Dat <b>moet</b> mogen.</p>",
        )
        wait_until(lambda: Message.objects.filter(content="Dat moet mogen.").exists(), PATIENCE)
        message = Message.objects.get()
        assert (message.state, message.source) == ("waiting", "fediverse")
        fedify.do(
            "change", who="carol", actor=ours.address, to=question, note=said["note"], text="Mag."
        )
        wait_until(lambda: Message.objects.filter(content="Mag.").exists(), PATIENCE)
        fedify.do("delete", who="carol", actor=ours.address, note=said["note"])
        wait_until(lambda: Message.objects.filter(state="erased", content="").exists(), PATIENCE)

        finish(ours.round)
        assert close_polls(now=timezone.now()) == 1
        wait_until(has_arrived(fedify, "Update", question), PATIENCE)
        closed = fedify.do("read", who="alice", address=question)
        assert (closed["isClosed"], closed["votes"]) == (True, [1, 1, 0])
        assert ours.votes() == [0, 0, 0]
        fedify.do("unfollow", who="alice", actor=ours.address)
        wait_until(lambda: not ours.actor.followers.exists(), PATIENCE)


def test_what_is_not_signed_by_the_account_itself_changes_nothing(
    live_server: LiveServer, settings: Settings, fedify: Fedify
) -> None:
    ours = be_ours(live_server, settings, fedify.origin)
    post = ours.ask()
    alice = fedify.person("alice")
    note = {
        "id": f"{alice}/notes/forged",
        "type": "Note",
        "attributedTo": alice,
        "name": QUESTION.options[0],
        "inReplyTo": post_address(post),
        "to": ours.address,
    }
    body = json.dumps(do("Create", alice, note)).encode()
    inbox = f"{ours.origin}/fediverse/inbox"

    def bring(headers: dict[str, str], content: bytes = body) -> int:
        sent = {**headers, "Content-Type": MEDIA_TYPE}
        return httpx.post(inbox, content=content, headers=sent, timeout=PATIENCE).status_code

    forged = sign_cavage(
        method="POST",
        address=inbox,
        body=body,
        key=make_key(0),
        key_id=f"{alice}#main-key",
        now=timezone.now(),
    )
    assert bring({}) == 401
    assert bring(forged, body.replace(b"Toelaatbaar", b"Weet ik niet")) == 401
    # Whose key it is has to be asked there first.
    assert bring(forged) == 202
    assert process_arrivals(now=timezone.now()) == 1
    assert (ours.votes(), Arrival.objects.count()) == ([0, 0, 0], 0)


def test_fedify_signs_by_the_draft_as_well(live_server: LiveServer, settings: Settings) -> None:
    try:
        with running_fedify(first_knock="draft-cavage-http-signatures-12") as fedify, working():
            ours = be_ours(live_server, settings, fedify.origin)
            fedify.do("follow", who="bob", actor=ours.address)
            wait_until(has_arrived(fedify, "Accept"), PATIENCE)
    except AbsentError as reason:
        pytest.skip(str(reason))


def test_people_at_snac_follow_vote_once_answer_and_see_our_answer(
    live_server: LiveServer, settings: Settings, snac: Snac
) -> None:
    ours = be_ours(live_server, settings, snac.origin)
    with working():
        snac.follow("dora", ours.address)
        post = ours.ask()
        question = post_address(post)
        dora = snac.account("dora")
        seen = dora.find(question)
        assert [each["title"] for each in seen["poll"]["options"]] == list(QUESTION.options)
        assert dora.vote(seen["poll"]["id"], 1) == 200
        wait_until(lambda: ours.votes() == [0, 1, 0], PATIENCE)
        assert dora.vote(seen["poll"]["id"], 0) == 422, "its own server refuses a second one"

        said = dora.say("Dat moet kunnen.", to=seen["id"])
        wait_until(lambda: Message.objects.filter(content="Dat moet kunnen.").exists(), PATIENCE)
        answer = replace(
            QUESTION,
            key="c" * 32,
            text="Dank voor uw antwoord.",
            options=(),
            closes_at=None,
            reply_to=said["uri"],
            made_at=timezone.now(),
            is_quiet=True,
        )
        sent = Fediverse().publish(connect(ours.actor), answer)
        wait_until(lambda: bool(_told(dora, sent.identifier)), PATIENCE)
        assert Fediverse().still_there(connect(ours.actor), [said["uri"]]) == {said["uri"]}
        dora.delete(said["id"])
        wait_until(
            lambda: not Fediverse().still_there(connect(ours.actor), [said["uri"]]), PATIENCE
        )
        finish(ours.round)
        close_polls(now=timezone.now())

        def counts() -> list[int]:
            return [each["votes_count"] for each in dora.find(question)["poll"]["options"]]

        wait_until(lambda: counts() == [0, 1, 0], PATIENCE)


def _told(person: Person, address: str) -> list[Any]:
    return [
        each
        for each in person.get("/api/v1/notifications")
        if each.get("status") and each["status"]["uri"] == address
    ]
