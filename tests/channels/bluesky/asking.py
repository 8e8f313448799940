"""A case that is asked on Bluesky, and what everybody reads there."""

from __future__ import annotations

from django.utils import timezone
from tests.channels.asking import draw, order, round_now, send_all
from tests.peers.pds import Person

from spreekruimte.channels.actions.accounts import ConnectedAccount, connect_account
from spreekruimte.channels.models import Publication
from spreekruimte.channels.reading import read_next
from spreekruimte.organisations.models import OPERATOR


def publish(ours: Person) -> Publication:
    round_ = round_now()
    connected = ConnectedAccount(
        network="bluesky",
        server=ours.server,
        identifier=ours.did,
        name=f"@{ours.name}",
        address=f"https://bsky.app/profile/{ours.did}",
        credentials={"access": ours.token, "refresh": ours.refresh},
    )
    account = connect_account(
        organisation=round_.case.organisation,
        connected=connected,
        actor=OPERATOR,
        now=timezone.now(),
    )
    publication = order(round_, account)
    assert send_all() == 1
    return Publication.objects.get(pk=publication.pk)


def read_again(publication: Publication) -> Publication:
    Publication.objects.filter(pk=publication.pk).update(next_read_at=timezone.now())
    assert read_next(now=timezone.now(), draw=draw) == publication
    return Publication.objects.get(pk=publication.pk)


def question_of(ours: Person) -> dict[str, str]:
    """Our question as somebody answers it there."""
    [record] = [each for each in ours.records() if "reply" not in each["value"]]
    return {"uri": record["uri"], "cid": record["cid"]}


def answers_of(ours: Person) -> list[str]:
    """What everybody reads of our answers."""
    return [each["value"]["text"] for each in ours.records() if "reply" in each["value"]]
