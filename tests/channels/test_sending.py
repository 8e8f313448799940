from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.asking import draw, draw_bytes, order, round_now
from tests.channels.networks import InMemory, connect_in_memory, network

from spreekruimte.ballots.models import Round
from spreekruimte.channels.actions.accounts import disconnect_account
from spreekruimte.channels.actions.ordering import order_again, order_withdrawal, take_back
from spreekruimte.channels.actions.outbox import LEASE, claim_next, note_delay, renew
from spreekruimte.channels.actions.stopping import resume, stop_everything
from spreekruimte.channels.models import Account, Act, Publication
from spreekruimte.channels.network import NotTakenError, SignedOutError, TryLaterError
from spreekruimte.channels.posts import read_post
from spreekruimte.channels.schedule import next_reading
from spreekruimte.channels.sending import send_next
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

__all__ = ["network"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication(network: InMemory) -> Publication:  # noqa: ARG001 - in its place
    round_ = round_now()
    return order(round_, connect_in_memory(round_))


def send(now: datetime | None = None) -> Act | None:
    moment = now or timezone.now()
    act = send_next(now=moment, draw=draw, clock=lambda: moment)
    return act and Act.objects.get(pk=act.pk)


def later(hours: float = 2) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def test_an_act_is_sent_once_and_its_publication_knows_where(
    network: InMemory, publication: Publication
) -> None:
    act = send()
    assert act
    assert (act.state, act.identifier, act.attempts) == ("sent", "1", 1)
    assert send(later()) is None
    held = Publication.objects.get()
    assert (held.identifier, held.address) == ("1", "https://social.example/1")
    assert held.next_read_at
    assert network.posted["1"].key == act.key
    assert held == publication


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (TryLaterError("busy"), "waiting"),
        (TryLaterError("no answer", is_unknown=True), "unknown"),
        (RuntimeError("a fault of ours"), "unknown"),
        (NotTakenError("not that"), "failed"),
        (SignedOutError("who are you"), "waiting"),
    ],
)
def test_what_goes_wrong_is_kept_as_it_is(
    network: InMemory, publication: Publication, error: Exception, state: str
) -> None:
    network.before.append(error)
    act = send()
    assert act
    assert (act.state, act.problem) == (state, str(error))
    assert act.leased_until is None
    assert act.publication == publication
    assert network.posted == {}


@pytest.mark.parametrize(
    "error", [NotTakenError("x is not a public address"), TryLaterError("x sends too much")]
)
@pytest.mark.usefixtures("publication")
def test_what_goes_wrong_is_told_in_the_log(
    network: InMemory, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    network.before.append(error)
    act = send()
    assert act
    assert f"act {act.pk}: " in caplog.text
    assert str(error) in caplog.text


def test_what_was_posted_without_an_answer_is_found_and_not_posted_again(
    network: InMemory, publication: Publication
) -> None:
    network.after.append(TryLaterError("no answer", is_unknown=True))
    first = send()
    assert first
    assert first.state == "unknown"
    second = send(later())
    assert second
    assert (second.state, second.identifier, len(network.posted)) == ("sent", "1", 1)
    assert publication.acts.count() == 1


def test_what_was_not_posted_is_posted_after_the_look_back(
    network: InMemory, publication: Publication
) -> None:
    network.before.append(TryLaterError("no answer", is_unknown=True))
    send()
    act = send(later())
    assert act
    assert (act.state, len(network.posted)) == ("sent", 1)
    assert act.publication == publication


@pytest.mark.parametrize("error", [TryLaterError("busy"), NotTakenError("gone")])
def test_while_nobody_can_look_back_nothing_is_posted(
    network: InMemory, publication: Publication, error: Exception
) -> None:
    network.after.append(TryLaterError("no answer", is_unknown=True))
    send()
    network.on_find.append(error)
    act = send(later())
    assert act
    assert (act.state, len(network.posted)) == ("unknown", 1)
    assert act.publication == publication


def test_a_lease_that_ran_out_is_looked_back_for(
    network: InMemory, publication: Publication
) -> None:
    claim = claim_next(now=timezone.now())
    assert claim
    network.posted["7"] = read_post(claim.act)
    assert claim_next(now=timezone.now()) is None
    act = send(timezone.now() + LEASE)
    assert act
    assert (act.state, act.identifier) == ("sent", "7")
    assert publication.acts.count() == 1


def test_a_worker_whose_lease_another_took_leaves_the_act_alone(
    network: InMemory, publication: Publication
) -> None:
    claim = claim_next(now=timezone.now())
    assert claim
    assert claim_next(now=timezone.now() + LEASE)
    assert renew(claim=claim, now=timezone.now()) is None
    note_delay(
        claim=claim,
        problem="late",
        after=timedelta(0),
        may_be_out=False,
        now=timezone.now(),
        draw=draw,
    )
    assert Act.objects.get().state == "sending"
    assert network.posted == {}
    assert publication.acts.count() == 1


def test_pauses_grow_and_what_the_server_asks_for_is_the_least(
    network: InMemory, publication: Publication
) -> None:
    pauses = []
    now = timezone.now()
    for _try in range(4):
        network.before.append(TryLaterError("busy"))
        send(now)
        held = Act.objects.get()
        pauses.append(held.not_before - now)
        now = held.not_before
    assert [round(pause.total_seconds()) for pause in pauses] == pytest.approx(
        [30, 60, 120, 240], abs=5
    )
    network.before.append(TryLaterError("busy", after=timedelta(hours=3)))
    send(now)
    assert Act.objects.get().not_before - now == timedelta(hours=3)
    assert publication.acts.count() == 1


def test_an_account_that_is_signed_out_keeps_what_waits_until_it_is_connected_again(
    network: InMemory, publication: Publication
) -> None:
    network.before.append(SignedOutError("who are you"))
    send()
    assert Account.objects.get().state == "signed_out"
    assert send(later()) is None
    connect_in_memory(publication.round)
    act = send(later())
    assert act
    assert act.state == "sent"


def test_when_everything_is_stopped_nothing_goes_out_until_it_goes_on(
    network: InMemory, publication: Publication
) -> None:
    by: Any = {"actor": OPERATOR, "now": timezone.now()}
    for organisation in (publication.account.organisation, None):
        stop_everything(organisation=organisation, **by)
        with pytest.raises(RefusedError):
            stop_everything(organisation=organisation, **by)
        assert send(later()) is None
        resume(organisation=organisation, **by)
        with pytest.raises(RefusedError):
            resume(organisation=organisation, **by)
    assert network.posted == {}
    assert send(later())
    names = ["stop_everything", "resume"]
    assert AuditEntry.objects.filter(action__in=names).count() == 4


def test_a_question_whose_round_has_ended_is_not_posted(
    network: InMemory, publication: Publication
) -> None:
    Round.objects.filter(pk=publication.round_id).update(ended_at=timezone.now())
    act = send()
    assert act
    assert act.state == "outdated"
    assert network.posted == {}


def test_a_post_is_taken_away_once(network: InMemory, publication: Publication) -> None:
    by: Any = {"actor": OPERATOR, "now": timezone.now()}
    waiting = publication.acts.get()
    with pytest.raises(RefusedError):
        order_withdrawal(act=waiting, key=draw_bytes(16).hex(), **by)
    act = send()
    assert act
    order_withdrawal(act=act, key=draw_bytes(16).hex(), **by)
    with pytest.raises(RefusedError):
        order_withdrawal(act=act, key=draw_bytes(16).hex(), **by)
    done = send()
    assert done
    assert (done.kind, done.state) == ("withdrawal", "sent")
    assert network.posted == {}
    assert Publication.objects.get().is_gone


def test_what_waits_can_be_taken_back_and_sent_after_all(
    network: InMemory, publication: Publication
) -> None:
    by: Any = {"actor": OPERATOR, "now": timezone.now()}
    act = publication.acts.get()
    with pytest.raises(RefusedError):
        order_again(act=act, **by)
    take_back(act=act, **by)
    with pytest.raises(RefusedError):
        take_back(act=act, **by)
    assert send(later()) is None
    order_again(act=act, **by)
    assert send(later())
    assert len(network.posted) == 1


def test_disconnecting_forgets_what_lets_us_in_and_takes_back_what_waits(
    network: InMemory, publication: Publication
) -> None:
    by: Any = {"actor": OPERATOR, "now": timezone.now()}
    disconnect_account(account=publication.account, **by)
    account = Account.objects.get()
    assert (account.state, account.credentials) == ("disconnected", "")
    assert publication.acts.get().state == "stopped"
    with pytest.raises(RefusedError):
        disconnect_account(account=account, **by)
    assert network.posted == {}


def test_an_account_of_one_organisation_is_not_taken_over_by_another(
    network: InMemory, publication: Publication
) -> None:
    other = round_of_another_organisation(publication)
    with pytest.raises(RefusedError):
        connect_in_memory(other)
    assert network.posted == {}


def round_of_another_organisation(publication: Publication) -> Round:
    from tests.organisations.people import make_organisation

    round_ = Round.objects.select_related("case").get(pk=publication.round_id)
    round_.case.organisation = make_organisation("elders")
    return round_


def test_a_round_is_ordered_once_and_only_if_it_fits_and_names_nobody(
    network: InMemory, publication: Publication
) -> None:
    round_, account = publication.round, publication.account
    with pytest.raises(RefusedError, match="al"):
        order(round_, account)
    for text in ("x" * 501, "Mail naar jan.jansen@voorbeeld.nl"):
        with pytest.raises(RefusedError):
            order(round_, account, text)
    assert Act.objects.count() == 1
    assert network.posted == {}


@pytest.mark.parametrize("change", ["simulated", "ended", "signed out", "another"])
def test_what_may_not_be_asked_elsewhere_is_not(network: InMemory, change: str) -> None:
    round_ = round_now()
    account = connect_in_memory(round_)
    if change == "simulated":
        type(round_.case).objects.update(is_simulated=True)
    if change == "ended":
        Round.objects.update(ended_at=timezone.now())
    if change == "signed out":
        Account.objects.update(state="signed_out")
    if change == "another":
        from tests.organisations.people import make_organisation

        Account.objects.update(organisation=make_organisation("elders"))
    with pytest.raises(RefusedError):
        order(round_, account)
    assert network.posted == {}


@given(
    minutes=st.integers(0, 60 * 24 * 40),
    lasts=st.integers(10, 60 * 24 * 30),
)
def test_a_question_is_read_less_and_less_and_no_more_a_month_after_its_end(
    minutes: int, lasts: int
) -> None:
    posted = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
    now, ends = posted + timedelta(minutes=minutes), posted + timedelta(minutes=lasts)
    found = next_reading(posted_at=posted, ends_at=ends, now=now)
    if found is None:
        assert now + timedelta(days=1) >= ends + timedelta(days=30)
        return
    assert now < found <= now + timedelta(days=1)
    if now < ends:
        assert found <= max(now + timedelta(hours=1), ends + timedelta(minutes=5)) + timedelta(0)


def test_the_first_readings_come_after_one_five_and_fifteen_minutes_then_hourly() -> None:
    posted = timezone.now()
    ends, now = posted + timedelta(days=2), posted
    ages = []
    for _reading in range(5):
        found = next_reading(posted_at=posted, ends_at=ends, now=now)
        assert found
        ages.append((found - posted).total_seconds() / 60)
        now = found
    assert ages == [1, 5, 15, 75, 135]
