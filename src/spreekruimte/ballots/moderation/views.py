"""Where moderators look after a kind of text: parts by state, and a decision about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode

from spreekruimte.ballots.moderation.actions import Decision, Kind
from spreekruimte.ballots.moderation.forms import DecisionForm
from spreekruimte.ballots.moderation.queries import Queue, parts_of
from spreekruimte.ballots.moderation.states import GROUND_NAMES, STATE_NAMES, State
from spreekruimte.ballots.views.visiting import read_number
from spreekruimte.cases.views.found import user_of
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

# What a moderator finds without choosing.
FIRST: tuple[State, ...] = ("waiting", "appealed", "shown")


class ReadQueue(Protocol):
    """Reads what is in one part, from where the page before ended."""

    def __call__(
        self,
        organisation: Organisation,
        part: State,
        /,
        *,
        moderator: Actor,
        beyond: int | None = None,
    ) -> Queue[object]:
        """Give the queue."""


class CountParts(Protocol):
    """Counts what is in each part."""

    def __call__(self, organisation: Organisation, /) -> Mapping[State, int]:
        """Give the counts."""


class CarryOut(Protocol):
    """Carries out a decision; raises RefusedError where that is not possible."""

    def __call__(
        self, *, organisation: Organisation, decision: Decision, actor: Actor, now: datetime
    ) -> object:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The page on which moderators look after one kind of text.

    Attributes
    ----------
    template, card
        Of the page, and of one text on it.
    done
        What is said after a decision, with places for ``%(number)d`` and ``%(what)s``.
    deed_names
        What was done, by deed.
    """

    kind: Kind
    template: str
    card: str
    queue_of: ReadQueue
    count_parts: CountParts
    carry_out: CarryOut
    done: Promise
    deed_names: Mapping[str, str | Promise]


def moderate_texts(request: HttpRequest, organisation: Organisation, desk: Desk) -> HttpResponse:
    """Show texts, those that wait first, and take a decision about one."""
    if request.method != "POST":
        return _show(request, organisation, desk)
    form = DecisionForm(desk.kind, request.POST)
    if not form.is_valid():
        sentences = [str(each) for errors in form.errors.values() for each in errors]
        return _show(request, organisation, desk, refusal=" ".join(sentences), status=400)
    decision, actor = form.decision, user_of(request).actor
    try:
        desk.carry_out(
            organisation=organisation, decision=decision, actor=actor, now=timezone.now()
        )
    except RefusedError as error:
        return _show(request, organisation, desk, refusal=str(error), status=409)
    said = {"number": decision.text_id, "what": desk.deed_names[decision.move]}
    messages.success(request, str(desk.done) % said)
    return redirect(request.get_full_path())


def _show(
    request: HttpRequest,
    organisation: Organisation,
    desk: Desk,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    page = _read_queues(request, organisation, desk)
    return render(request, desk.template, page | {"refusal": refusal}, status=status)


def _read_queues(request: HttpRequest, organisation: Organisation, desk: Desk) -> dict[str, object]:
    """Give for the page what is in the part that was chosen, or all that may have to be done.

    Answers 404 for a part that is not one of these.
    """
    parts, chosen = parts_of(desk.kind), request.GET.get("state")
    looked_at = [part for part in parts if (part == chosen if chosen else part in FIRST)]
    if not looked_at:
        raise Http404
    moderator = user_of(request).actor
    beyond = read_number(request, "beyond") if chosen else None
    queues = [
        (part, desk.queue_of(organisation, part, moderator=moderator, beyond=beyond))
        for part in looked_at
    ]
    counts = desk.count_parts(organisation)
    return {
        "organisation": organisation,
        "queues": [
            (queue, STATE_NAMES[part], _next_page(part, queue.beyond)) for part, queue in queues
        ],
        "parts": [(part, STATE_NAMES[part], counts[part], part == chosen) for part in parts],
        "is_all": not chosen,
        "grounds": GROUND_NAMES.items(),
        "kind": desk.kind,
        "card": desk.card,
    }


def _next_page(part: State, beyond: int | None) -> str:
    return "" if beyond is None else f"?{urlencode({'state': part, 'beyond': beyond})}"
