"""The worker: what goes on in the background, on one machine or on many."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from spreekruimte.ballots.actions.planning import open_planned_rounds
from spreekruimte.ballots.actions.rounds import end_rounds_past_closing
from spreekruimte.channels.fediverse.authenticating import drop_old_keys
from spreekruimte.channels.fediverse.counting import close_polls
from spreekruimte.channels.fediverse.delivering import deliver_next
from spreekruimte.channels.fediverse.handling import process_arrivals
from spreekruimte.channels.webmention.verifying import look_again, verify_next
from spreekruimte.channels.working import (
    look_for_deleted,
    read_due,
    send_waiting,
    tell_what_follows,
)
from spreekruimte.dialogue.watching import count_dialogues
from spreekruimte.guidelines.proposing.tasks import order_silent as order_silent_proposals
from spreekruimte.operation.duties import Duty, perform
from spreekruimte.operation.tasks import (
    drop_ended,
    run_waiting,
    show_alive,
    show_gone,
    take_back_abandoned,
)
from spreekruimte.ophef.actions.polling import drop_undecided
from spreekruimte.ophef.feeds.polling import poll_next
from spreekruimte.ophef.tasks import drop_unread
from spreekruimte.ophef.watching import order_comparisons, refresh_measurements
from spreekruimte.studies.tasks import order_silent
from spreekruimte.verdicts.watching import refresh_rounds, see_to_rest, warm_up

# So many tasks run at a time, so that a verdict does not wait for a long report.
AT_A_TIME = 2
# How long a task may go on after the worker was told to stop, in seconds.
PATIENCE = 20.0


def work(*, stopping: threading.Event, started_at: datetime) -> None:
    """Work until told to stop."""
    name = f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"
    show_alive(worker=name, started_at=started_at, now=started_at)
    warm_up()
    runners = [
        threading.Thread(target=_run_tasks, args=(name, stopping), daemon=True)
        for _ in range(AT_A_TIME)
    ]
    # Apart, since a server that is slow, or a long dialogue, may hold up no verdict and no sign of
    # life.
    runners += [
        threading.Thread(target=_perform_alone, args=(duty, stopping), daemon=True)
        for duty in (*_duties_outside(), _counting())
    ]
    for runner in runners:
        runner.start()
    perform(_duties(name, started_at), stopping)
    for runner in runners:
        runner.join(PATIENCE)
    show_gone(worker=name)


def _duties(name: str, started_at: datetime) -> list[Duty]:
    return [
        Duty("opening rounds", _open_rounds, every=1.0),
        Duty("ending rounds", lambda now: end_rounds_past_closing(now=now), every=1.0),
        Duty("watching for new ballots", lambda now: refresh_rounds(now=now), every=0.1),
        Duty("seeing to the rest of verdicts", lambda now: see_to_rest(now=now), every=1.0),
        Duty("watching for new signals", lambda now: refresh_measurements(now=now), every=5.0),
        Duty("counting polls", lambda now: close_polls(now=now), every=5.0),
        Duty("ordering what follows a post", tell_what_follows, every=5.0),
        Duty("comparing incidents", lambda _now: order_comparisons(), every=600.0),
        Duty("proposing again", lambda now: order_silent_proposals(now=now), every=60.0),
        Duty("counting studies again", lambda now: order_silent(now=now), every=60.0),
        Duty(
            "the sign of life",
            lambda now: show_alive(worker=name, started_at=started_at, now=now),
            every=10.0,
        ),
        Duty("taking back tasks", lambda now: take_back_abandoned(now=now), every=30.0),
        Duty("dropping files not imported", lambda now: drop_unread(now=now), every=3600.0),
        Duty("dropping old news items", lambda now: drop_undecided(now=now), every=3600.0),
        Duty("dropping old keys", lambda now: drop_old_keys(now=now), every=3600.0),
        Duty("dropping tasks that ended", lambda now: drop_ended(now=now), every=3600.0),
        Duty(
            "dropping sessions that ended", lambda _now: SessionStore.clear_expired(), every=3600.0
        ),
    ]


def _open_rounds(now: datetime) -> None:
    open_planned_rounds(now=now, today=timezone.localdate(now), draw=secrets.token_bytes)


def _run_tasks(name: str, stopping: threading.Event) -> None:
    duty = Duty("running a task", lambda _now: run_waiting(worker=name), every=0.05)
    _perform_alone(duty, stopping)


def _duties_outside() -> list[Duty]:
    draw = secrets.SystemRandom().random
    return [
        Duty("polling a feed", lambda now: poll_next(now=now, draw=draw), every=1.0),
        Duty("sending a post", send_waiting, every=0.2),
        Duty("reading a thread", read_due, every=5.0),
        Duty("looking for deleted replies", look_for_deleted, every=5.0),
        Duty("dealing with arrivals", lambda now: process_arrivals(now=now), every=0.05),
        Duty("delivering", lambda now: deliver_next(now=now, draw=draw), every=1.0),
        Duty("looking at a mention", lambda now: verify_next(now=now), every=1.0),
        Duty("looking at mentions again", lambda now: look_again(now=now), every=600.0),
    ]


def _counting() -> Duty:
    return Duty("counting dialogues", lambda now: count_dialogues(now), every=1.0)


def _perform_alone(duty: Duty, stopping: threading.Event) -> None:
    try:
        perform([duty], stopping)
    finally:
        connection.close()
