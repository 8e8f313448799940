"""What moderators have before them, in parts by state: of reasons, and of messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from spreekruimte.ballots.reason_states import GROUND_NAMES, STATE_NAMES, State
from spreekruimte.cases.views.found import user_of
from spreekruimte.organisations.models import Actor, Organisation

# What a moderator finds without choosing.
FIRST: tuple[State, ...] = ("waiting", "appealed", "shown")

P = TypeVar("P", bound=State)
P_contra = TypeVar("P_contra", bound=State, contravariant=True)


class Queue(Protocol):
    """Some of what is in one state."""

    @property
    def beyond(self) -> int | None:
        """Where the next ones begin; None where there are none."""


class ReadQueue(Protocol[P_contra]):
    """Reads what is in one state, from where the page before ended."""

    def __call__(
        self,
        organisation: Organisation,
        part: P_contra,
        /,
        *,
        moderator: Actor,
        beyond: int | None = None,
    ) -> Queue:
        """Give the queue."""


def read_queues(
    request: HttpRequest,
    organisation: Organisation,
    *,
    parts: Sequence[P],
    queue_of: ReadQueue[P],
    counts: Mapping[P, int],
) -> dict[str, object]:
    """Give for the page what is in the state that was chosen, or all that may have to be done.

    Answers 404 for a state that is not one of these.
    """
    chosen = request.GET.get("state")
    looked_at = [part for part in parts if (part == chosen if chosen else part in FIRST)]
    if not looked_at:
        raise Http404
    moderator = user_of(request).actor
    beyond = read_number(request, "beyond") if chosen else None
    queues = [
        (part, queue_of(organisation, part, moderator=moderator, beyond=beyond))
        for part in looked_at
    ]
    return {
        "organisation": organisation,
        "queues": [
            (queue, STATE_NAMES[part], _next_page(part, queue.beyond)) for part, queue in queues
        ],
        "parts": [(part, STATE_NAMES[part], counts[part], part == chosen) for part in parts],
        "is_all": not chosen,
        "grounds": GROUND_NAMES.items(),
    }


def read_number(request: HttpRequest, name: str) -> int | None:
    """Read a number from the address; answer 404 where something else stands there."""
    typed = request.GET.get(name)
    if typed is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", typed):
        raise Http404
    return int(typed)


def _next_page(part: State, beyond: int | None) -> str:
    return "" if beyond is None else f"?{urlencode({'state': part, 'beyond': beyond})}"
