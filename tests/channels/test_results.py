"""Results wait until what is shown was looked for, and are told where the case was asked."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from tests.channels.asking import draw_bytes, send_all
from tests.channels.networks import InMemory, network, publication
from tests.verdicts.rounds import fill, start_round

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Channel, Round
from spreekruimte.cases.models import Case
from spreekruimte.channels.actions.reading import take_in_reply
from spreekruimte.channels.following import order_what_follows
from spreekruimte.channels.models import Act, Publication
from spreekruimte.channels.network import Reply
from spreekruimte.channels.queries.checks import PATIENCE
from spreekruimte.channels.reading import check_origins
from spreekruimte.dialogue.models import Message
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict
from spreekruimte.verdicts.models import OfficialVerdict
from spreekruimte.verdicts.preconditions import find_unmet

__all__ = ["network", "publication"]

pytestmark = pytest.mark.django_db


def receive(publication: Publication, number: int, state: str) -> None:
    now = timezone.now()
    reply = Reply(str(number), "1", f"https://social.example/{number}", "Eens.", "nl", now)
    take_in_reply(publication=publication, reply=reply, now=now)
    Message.objects.filter(origin__digest__gt="", state="waiting").update(state=state)


def end(round_: Round) -> Round:
    fill(round_, 20)
    now = timezone.now()
    ended = end_round(round=Round.objects.get(pk=round_.pk), step="close", actor=OPERATOR, now=now)
    judge_round(round=ended, channel=Channel.OPEN, now=now)
    return ended


def publish(round_: Round, after: timedelta = timedelta(0)) -> OfficialVerdict:
    return publish_verdict(round=round_, actor=OPERATOR, now=timezone.now() + after)


def tell() -> int:
    return order_what_follows(now=timezone.now(), draw=draw_bytes)


def test_a_result_waits_until_what_is_shown_was_looked_for(
    network: InMemory, publication: Publication
) -> None:
    receive(publication, 1, "shown")
    receive(publication, 2, "hidden")
    assert find_unmet(publication.round, now=timezone.now()) == []
    round_ = end(publication.round)
    with pytest.raises(RefusedError, match=r"1 reply|1 reactie"):
        publish(round_)
    network.there = {"2"}
    check_origins(now=timezone.now())
    assert Message.objects.filter(state="shown").count() == 0
    assert publish(round_).number == 1


@pytest.mark.parametrize("margin", [timedelta(0), timedelta(hours=5)])
def test_a_server_that_is_away_holds_up_no_result_for_longer_than_an_hour(
    publication: Publication, margin: timedelta
) -> None:
    receive(publication, 1, "shown")
    round_ = end(publication.round)
    with pytest.raises(RefusedError):
        publish(round_, PATIENCE - timedelta(minutes=1))
    assert publish(round_, PATIENCE + margin).number == 1


def test_what_is_shown_is_looked_for_first(network: InMemory, publication: Publication) -> None:
    for number in range(1, 7):
        receive(publication, number, "hidden")
    receive(publication, 7, "shown")
    end(publication.round)
    network.there = set("1234567")
    check_origins(now=timezone.now())
    assert find_unmet(Round.objects.get(), now=timezone.now()) == []


def test_the_result_of_a_later_round_is_told_in_the_same_thread(
    network: InMemory, publication: Publication
) -> None:
    publish(end(publication.round))
    assert (tell(), tell()) == (1, 0)
    send_all()
    Case.objects.filter(pk=publication.round.case_id).update(state="ready")
    again = start_round(case=Case.objects.get(pk=publication.round.case_id))
    assert tell() == 0
    later = publish(end(again))
    assert (tell(), tell()) == (1, 0)
    send_all()
    first, second = Act.objects.filter(kind="verdict").order_by("pk")
    assert second.subject == later.pk
    posts = [network.posted[each.identifier] for each in (first, second)]
    assert {each.reply_to for each in posts} == {publication.identifier}
    assert posts[0].text.startswith(("The result is there.", "De uitslag is er."))
    assert posts[1].text.startswith(("There is a new result.", "Er is een nieuwe uitslag."))


def test_a_result_that_follows_by_itself_is_not_told_again(publication: Publication) -> None:
    verdict = publish(end(publication.round))
    assert tell() == 1
    OfficialVerdict.objects.create(
        round=verdict.round,
        number=2,
        snapshots=verdict.snapshots,
        is_follow_up=True,
        published_at=timezone.now(),
    )
    assert tell() == 0


def test_results_that_were_told_before_acts_named_them_are_not_told_again(
    publication: Publication,
) -> None:
    verdict = publish(end(publication.round))
    tell()
    Act.objects.filter(kind="verdict").update(subject=0)
    migration = import_module("spreekruimte.channels.migrations.0002_verdict_of_an_act")
    migration.name_verdicts(apps, connection.schema_editor())
    assert Act.objects.get(kind="verdict").subject == verdict.pk
    assert tell() == 0
