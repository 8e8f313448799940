"""An actor of ours and what it posted, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.organisations.people import NOW, make_organisation
from tests.verdicts.rounds import start_round

from spreekruimte.ballots.models import Round
from spreekruimte.channels.credentials import lock
from spreekruimte.channels.fediverse.actors import ensure_actor
from spreekruimte.channels.fediverse.documents import actor_address
from spreekruimte.channels.fediverse.models import OwnActor, OwnPost
from spreekruimte.channels.fediverse.posting import make_post
from spreekruimte.channels.models import Account, Publication
from spreekruimte.channels.network import Connection, Post
from spreekruimte.organisations.models import OPERATOR

OPTIONS = ("Toelaatbaar", "Niet toelaatbaar", "Weet ik niet")
LATER = NOW + timedelta(minutes=1)
POLL_ENDS = NOW + timedelta(days=7)
QUESTION = Post(
    key="a" * 32,
    text="Mag dit?\n\nEen ambtenaar schrijft over een plan.",
    address="http://ours.example/cases/1/",
    language="nl",
    made_at=NOW,
    options=OPTIONS,
    closes_at=POLL_ENDS,
)
NOTE = Post(key="b" * 32, text="Dit is de uitslag.", address="", language="nl", made_at=NOW)


def make_actor(slug: str = "waterdam") -> OwnActor:
    return ensure_actor(organisation=make_organisation(slug), actor=OPERATOR, now=NOW)


def publish_round(actor: OwnActor) -> Publication:
    """A round that is asked now, through the actor."""
    return ask_through(actor, start_round())


def ask_through(actor: OwnActor, round_: Round) -> Publication:
    account = Account.objects.create(
        organisation=actor.organisation,
        network="fediverse",
        server="http://ours.example",
        identifier=actor_address(actor),
        name="@waterdam@ours.example",
        credentials=lock({}),
        connected_at=NOW,
    )
    return Publication.objects.create(round=round_, account=account, language="nl")


def ask(actor: OwnActor, publication: Publication | None = None, **changes: Any) -> OwnPost:  # noqa: ANN401
    return make_post(actor=actor, post=replace(QUESTION, **changes), publication=publication)


def tell(actor: OwnActor, **changes: Any) -> OwnPost:  # noqa: ANN401
    return make_post(actor=actor, post=replace(NOTE, **changes), publication=None)


def connect(actor: OwnActor) -> Connection:
    return Connection("http://ours.example", actor_address(actor), {}, lambda _credentials: None)
