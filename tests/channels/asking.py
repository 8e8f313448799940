"""Rounds that are asked through an account, for tests."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from django.utils import timezone
from tests.cases.stored import LATER
from tests.organisations.people import NOW
from tests.peers.snac import Person, Snac
from tests.verdicts.rounds import start_round

from spreekruimte.ballots.models import Round
from spreekruimte.cases.models import Case
from spreekruimte.channels.actions.accounts import ConnectedAccount, connect_account
from spreekruimte.channels.actions.ordering import order_question
from spreekruimte.channels.connections import connection_of, network_of
from spreekruimte.channels.mastodon.signing_in import read_profile
from spreekruimte.channels.models import Account, Publication
from spreekruimte.channels.network import Post
from spreekruimte.channels.sending import send_next
from spreekruimte.channels.wording import ballot_address, poll_options
from spreekruimte.organisations.models import OPERATOR, Organisation

_numbers = itertools.count(1)


def new_text() -> str:
    """A text that no other test posts: servers outlive databases here."""
    return f"Een ambtenaar schrijft over plan {next(_numbers)}. Mag dat?"


def draw() -> float:
    """No chance: the middle."""
    return 0.5


def draw_bytes(size: int) -> bytes:
    """No chance: counted."""
    return next(_numbers).to_bytes(size, "big")


def round_now(days: int = 7) -> Round:
    """A round that is open by the clock of servers elsewhere."""
    round_ = start_round()
    now = timezone.now()
    times = {
        "opened_at": min(NOW, now - timedelta(hours=1)),
        "closes_at": max(LATER, now + timedelta(days=days)),
    }
    Round.objects.filter(pk=round_.pk).update(**times)
    Case.objects.filter(pk=round_.case_id).update(
        opens_at=times["opened_at"], closes_at=times["closes_at"]
    )
    return Round.objects.select_related("case__organisation").get(pk=round_.pk)


def connect(organisation: Organisation, server: Snac, person: Person) -> Account:
    profile = read_profile(server.origin, person.token)
    connected = ConnectedAccount(
        network="mastodon",
        server=server.origin,
        identifier=profile.identifier,
        name=profile.name,
        address=profile.address,
        credentials={"access_token": person.token},
    )
    return connect_account(
        organisation=organisation, connected=connected, actor=OPERATOR, now=timezone.now()
    )


def question(round_: Round, text: str = "", **changes: object) -> Post:
    return Post(
        **{
            "key": draw_bytes(16).hex(),
            "text": text or new_text(),
            "address": ballot_address(round_.case),
            "language": "nl",
            "made_at": timezone.now(),
            "options": poll_options("nl"),
            "closes_at": round_.closes_at,
            **changes,
        }  # type: ignore[arg-type]
    )


def order(round_: Round, account: Account, text: str = "") -> Publication:
    post = question(round_, text)
    preview = network_of(account).preview(connection_of(account), post)
    return order_question(
        round=round_,
        account=account,
        post=post,
        preview=preview,
        actor=OPERATOR,
        now=timezone.now(),
    )


def send_all(now: datetime | None = None) -> int:
    """Send until nothing is due; give how many acts were tried."""
    count = 0
    while send_next(now=now or timezone.now(), draw=draw) is not None:
        count += 1
        assert count < 50
    return count
