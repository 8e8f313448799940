"""A network that is held in memory, for tests of what is done with any network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from django.utils import timezone
from tests.channels.asking import draw_bytes, order, round_now, send_all

from spreekruimte.ballots.models import Round
from spreekruimte.channels import connections, registry
from spreekruimte.channels.actions.accounts import ConnectedAccount, connect_account
from spreekruimte.channels.models import Account, Publication
from spreekruimte.channels.network import Connection, Post, Preview, Reading, Sent
from spreekruimte.organisations.models import OPERATOR


@dataclass
class InMemory:
    """Posts what it is given; raises what it is told to raise, before it posts or after."""

    name: str = "mastodon"
    posted: dict[str, Post] = field(default_factory=dict)
    before: list[Exception] = field(default_factory=list)
    after: list[Exception] = field(default_factory=list)
    on_find: list[Exception] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)
    there: set[str] = field(default_factory=set)
    most: int = 500

    def preview(self, connection: Connection, post: Post) -> Preview:  # noqa: ARG002
        problems = ("too long",) if len(post.text) > self.most else ()
        return Preview(post.text, len(post.text), self.most, "characters", post.options, problems)

    def publish(self, connection: Connection, post: Post) -> Sent:  # noqa: ARG002
        if self.before:
            raise self.before.pop(0)
        identifier = str(len(self.posted) + 1)
        self.posted[identifier] = post
        if self.after:
            raise self.after.pop(0)
        return Sent(identifier, f"https://social.example/{identifier}")

    def find(self, connection: Connection, post: Post) -> Sent | None:  # noqa: ARG002
        if self.on_find:
            raise self.on_find.pop(0)
        found = (name for name, each in self.posted.items() if each.key == post.key)
        return next((Sent(name, f"https://social.example/{name}") for name in found), None)

    def withdraw(self, connection: Connection, identifier: str) -> None:  # noqa: ARG002
        self.posted.pop(identifier, None)

    def read(self, connection: Connection, identifier: str) -> Reading:  # noqa: ARG002
        if self.before:
            raise self.before.pop(0)
        return self.reading

    def still_there(self, connection: Connection, identifiers: Sequence[str]) -> set[str]:  # noqa: ARG002
        if self.before:
            raise self.before.pop(0)
        return self.there.intersection(identifiers)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> InMemory:
    """The network in memory, in place of Mastodon."""
    made = InMemory()
    for module in (registry, connections):
        monkeypatch.setattr(module, "NETWORKS", {"mastodon": made})
    return made


@pytest.fixture
def publication(network: InMemory) -> Publication:  # noqa: ARG001 - in its place
    """A question that was posted on the network in memory."""
    round_ = round_now()
    made = order(round_, connect_in_memory(round_))
    send_all()
    return Publication.objects.select_related("round__case__organisation").get(pk=made.pk)


def connect_in_memory(round_: Round, identifier: str = "1") -> Account:
    connected = ConnectedAccount(
        network="mastodon",
        server="https://social.example",
        identifier=identifier,
        name="@gemeente@social.example",
        address="https://social.example/@gemeente",
        credentials={"access_token": draw_bytes(8).hex()},
    )
    return connect_account(
        organisation=round_.case.organisation,
        connected=connected,
        actor=OPERATOR,
        now=timezone.now(),
    )
