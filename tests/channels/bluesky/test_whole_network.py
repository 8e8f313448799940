"""A case is asked on the whole network of Bluesky, and read back through the view of it.

``script/nightly`` runs this: the network takes minutes to install.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.channels.asking import draw_bytes, send_all
from tests.channels.bluesky.asking import publish, question_of, read_again
from tests.channels.bluesky.connecting import use_network
from tests.peers.appview import running_whole_network
from tests.peers.installing import AbsentError
from tests.peers.pds import Network
from tests.peers.snac import wait_until

from spreekruimte.channels import turns
from spreekruimte.channels.following import order_what_follows
from spreekruimte.channels.models import Publication
from spreekruimte.channels.reading import check_origins
from spreekruimte.dialogue.models import Message, Speaker

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    try:
        with running_whole_network(tmp_path_factory.mktemp("appview")) as network:
            yield network
    except AbsentError as error:
        pytest.skip(str(error))


@pytest.fixture
def network(whole_network: Network, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Network:
    """The network, which may be asked as often as one likes."""
    monkeypatch.setattr(turns, "take_turn", lambda _server, now: now - now)
    return use_network(whole_network, settings)


def thread_of(network: Network, publication: Publication) -> dict[str, Any]:
    """The thread of our question, as everybody sees it."""
    answer = httpx.get(
        f"{network.view}/xrpc/app.bsky.feed.getPostThread",
        params={"uri": publication.identifier},
        timeout=30,
    )
    found: dict[str, Any] = answer.json().get("thread", {})
    return found


def texts(thread: dict[str, Any]) -> list[str]:
    """What is answered in a thread, on every level."""
    below = thread.get("replies", [])
    return [
        text
        for each in below
        if "post" in each
        for text in (each["post"]["record"]["text"], *texts(each))
    ]


def answer_it(message: Message, content: str) -> None:
    Message.objects.create(
        case=message.case,
        parent=message,
        speaker=Speaker.ORGANISATION,
        author="f" * 64,
        content=content,
        language="nl",
        state=Message.State.SHOWN,
        given_at=timezone.now(),
    )


def test_a_question_its_replies_and_what_is_deleted_are_read_through_the_view(
    network: Network,
) -> None:
    ours, citizen, other = (network.newcomer() for _each in range(3))
    publication = publish(ours)
    wait_until(lambda: "post" in thread_of(network, publication), 60)
    [link] = thread_of(network, publication)["post"]["record"]["facets"]
    assert f"/cases/{publication.round.case_id}/" in link["features"][0]["uri"]

    said = citizen.say("Dit mag niet, vind ik.", to=question_of(ours))
    other.say("Dit blijft staan.", to=question_of(ours))
    other.like(question_of(ours))
    wait_until(lambda: len(texts(thread_of(network, publication))) == 2, 60)
    wait_until(lambda: thread_of(network, publication)["post"]["likeCount"] == 1, 60)
    assert read_again(publication).counts == {"replies": 2, "shares": 0, "likes": 1, "quotes": 0}
    messages = {each.content: each for each in Message.objects.all()}
    assert {each.state for each in messages.values()} == {"waiting"}
    assert sorted(messages) == ["Dit blijft staan.", "Dit mag niet, vind ik."]

    Message.objects.update(state="shown")
    answer_it(messages["Dit blijft staan."], "Dank voor uw reactie.")
    assert order_what_follows(now=timezone.now(), draw=draw_bytes) == 1
    assert send_all() == 1
    wait_until(lambda: len(texts(thread_of(network, publication))) == 3, 60)
    assert any(
        each.startswith("Dank voor uw reactie.") for each in texts(thread_of(network, publication))
    )

    citizen.delete(said)
    wait_until(lambda: len(texts(thread_of(network, publication))) == 2, 60)
    check_origins(now=timezone.now() + timedelta(days=1))
    gone = Message.objects.get(pk=messages["Dit mag niet, vind ik."].pk)
    assert (gone.state, gone.content) == ("erased", "")
    assert Message.objects.get(pk=messages["Dit blijft staan."].pk).state == "shown"
