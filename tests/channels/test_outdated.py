"""What is out of date by the time that it could go out is not sent, and the desk says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.channels.asking import draw_bytes, question, send_all
from tests.channels.networks import InMemory, network, publication
from tests.channels.test_results import end, publish, tell
from tests.dialogue.messages import say
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in
from tests.verdicts.rounds import start_round

from spreekruimte.ballots.models import Round
from spreekruimte.cases.models import Case
from spreekruimte.channels.actions.ordering import order_act, order_again, take_back
from spreekruimte.channels.actions.outbox import LEASE, claim_next, set_aside_outdated
from spreekruimte.channels.actions.stopping import resume, stop_everything
from spreekruimte.channels.models import Act, Publication
from spreekruimte.channels.network import NotTakenError, TryLaterError
from spreekruimte.dialogue.models import Message
from spreekruimte.organisations.models import OPERATOR, Role
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.models import OfficialVerdict

__all__ = ["network", "publication"]

pytestmark = pytest.mark.django_db


def stop(publication: Publication) -> None:
    organisation = publication.round.case.organisation
    stop_everything(organisation=organisation, actor=OPERATOR, now=timezone.now())


def go_on(publication: Publication) -> None:
    organisation = publication.round.case.organisation
    resume(organisation=organisation, actor=OPERATOR, now=timezone.now())


def ask_again(publication: Publication) -> Round:
    Case.objects.filter(pk=publication.round.case_id).update(state="ready")
    return start_round(case=Case.objects.get(pk=publication.round.case_id))


def result_that_waits(publication: Publication) -> Act:
    """A result that is ordered and not sent, since everything is stopped."""
    publish(end(publication.round))
    assert tell() == 1
    stop(publication)
    return Act.objects.get(kind="verdict")


def results(network: InMemory) -> list[str]:
    return [post.text for post in network.posted.values() if post.reply_to]


def test_a_result_that_was_replaced_while_it_waited_is_not_sent_and_the_newer_one_is(
    network: InMemory, publication: Publication
) -> None:
    older = result_that_waits(publication)
    newer = publish(end(ask_again(publication)))
    # Also while everything is stopped the desk says what will not go out.
    assert tell() == 0
    older.refresh_from_db()
    assert older.state == "outdated"
    editor = make_member(publication.round.case.organisation, Role.EDITOR, email="e@x.example")
    page = sign_in(Client(headers={"accept-language": "en"}), editor).get(
        f"/desk/{publication.round.case.organisation.slug}/channels/"
    )
    assert "out of date; not sent" in page.content.decode()
    assert older.problem in page.content.decode()
    go_on(publication)
    assert tell() == 1
    send_all()
    (text,) = results(network)
    # Nobody in the thread has read of an earlier one.
    assert text.startswith(("The result is there.", "De uitslag is er."))
    assert Act.objects.get(kind="verdict", state="sent").subject == newer.pk


def test_a_worker_that_comes_first_after_a_stop_sends_nothing_that_was_replaced(
    network: InMemory, publication: Publication
) -> None:
    older = result_that_waits(publication)
    publish(end(ask_again(publication)))
    go_on(publication)
    send_all()
    older.refresh_from_db()
    assert (older.state, results(network)) == ("outdated", [])
    assert (tell(), send_all(), len(results(network))) == (1, 1, 1)


def test_a_result_is_told_while_the_case_is_asked_again(
    network: InMemory, publication: Publication
) -> None:
    result_that_waits(publication)
    ask_again(publication)
    go_on(publication)
    tell()
    send_all()
    assert len(results(network)) == 1


def test_a_result_that_follows_by_itself_replaces_none(publication: Publication) -> None:
    act = result_that_waits(publication)
    verdict = OfficialVerdict.objects.get()
    OfficialVerdict.objects.create(
        round=verdict.round,
        number=2,
        snapshots=verdict.snapshots,
        is_follow_up=True,
        published_at=timezone.now(),
    )
    assert set_aside_outdated(now=timezone.now()) == 0
    act.refresh_from_db()
    assert act.state == "waiting"


@pytest.mark.parametrize("is_out", [False, True])
def test_a_result_of_which_nobody_knows_whether_it_is_out_is_looked_for_and_not_sent_again(
    network: InMemory, publication: Publication, is_out: bool
) -> None:
    publish(end(publication.round))
    tell()
    older = Act.objects.get(kind="verdict")
    errors = network.after if is_out else network.before
    errors.append(TryLaterError("no answer", is_unknown=True))
    send_all()
    newer = publish(end(ask_again(publication)))
    tell()
    send_all(timezone.now() + timedelta(hours=2))
    older.refresh_from_db()
    assert older.state == ("sent" if is_out else "outdated")
    assert Act.objects.get(kind="verdict", subject=newer.pk).state == "sent"
    assert len(results(network)) == 1 + is_out


def test_a_newer_result_sets_off_after_the_older_one_arrived(
    network: InMemory, publication: Publication
) -> None:
    publish(end(publication.round))
    tell()
    now = timezone.now()
    claim = claim_next(now=now)
    assert claim
    publish(end(ask_again(publication)))
    assert tell() == 1
    assert claim_next(now=timezone.now()) is None
    # Once its lease ran out the older one is looked for first.
    again = claim_next(now=now + LEASE)
    assert again
    assert (again.act.pk, again.may_be_out) == (claim.act.pk, True)
    assert results(network) == []


def test_an_answer_that_was_hidden_while_it_waited_is_not_sent_and_is_once_it_is_shown_again(
    network: InMemory, publication: Publication
) -> None:
    stop(publication)
    message = say(publication.round.case)
    post = question(publication.round, reply_to="1", options=(), key=draw_bytes(16).hex())
    act = order_act(
        publication=publication,
        kind=Act.Kind.ANSWER,
        subject=message.pk,
        post=post,
        now=timezone.now(),
    )
    assert set_aside_outdated(now=timezone.now()) == 0
    Message.objects.filter(pk=message.pk).update(state="hidden")
    assert set_aside_outdated(now=timezone.now()) == 1
    go_on(publication)
    assert send_all() == 0
    with pytest.raises(RefusedError):
        order_again(act=act, actor=OPERATOR, now=timezone.now())
    Message.objects.filter(pk=message.pk).update(state="shown")
    order_again(act=act, actor=OPERATOR, now=timezone.now())
    assert (send_all(), len(results(network))) == (1, 1)


def test_no_result_is_told_of_a_case_that_was_withdrawn(
    network: InMemory, publication: Publication
) -> None:
    act = result_that_waits(publication)
    Case.objects.filter(pk=publication.round.case_id).update(state="withdrawn")
    go_on(publication)
    send_all()
    act.refresh_from_db()
    assert (act.state, results(network)) == ("outdated", [])


@pytest.mark.parametrize("state", ["failed", "stopped"])
def test_an_editor_cannot_send_a_result_after_the_one_that_replaced_it(
    network: InMemory, publication: Publication, state: str
) -> None:
    publish(end(publication.round))
    tell()
    older = Act.objects.get(kind="verdict")
    if state == "failed":
        network.before.append(NotTakenError("not that"))
        send_all()
    else:
        take_back(act=older, actor=OPERATOR, now=timezone.now())
    publish(end(ask_again(publication)))
    tell()
    send_all()
    with pytest.raises(RefusedError):
        order_again(act=older, actor=OPERATOR, now=timezone.now())
    older.refresh_from_db()
    assert (older.state, len(results(network))) == (state, 1)
