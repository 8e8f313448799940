"""Ask servers in turn: each at most once a second by all workers together, and as it asks for.

`ask_in_turn` is what networks ask by. `need_good` and `need_good_or_gone` say what an answer means
in the errors of `spreekruimte.channels.network`, so that a network deals with good answers alone. A
network where answers mean something else reads them itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from spreekruimte.channels.asking import MOST_BYTES, ask
from spreekruimte.channels.models import ServerPace
from spreekruimte.channels.network import NotTakenError, SignedOutError, TryLaterError
from spreekruimte.channels.shapes import read_value
from spreekruimte.ophef.feeds.politeness import read_retry_after
from spreekruimte.outside import Answer, FetchError, Message

SPACING = timedelta(seconds=1)
# Who would wait longer for a turn is told to come back.
LONGEST_WAIT = timedelta(seconds=10)
LONGEST_REST = timedelta(hours=1)
# Nothing was sent yet when one of these went wrong.
_NOT_SENT = {"address", "private", "host"}
_GONE = (404, 410)
_LONGEST_REASON = 200


def ask_in_turn(
    address: str,
    message: Message = Message(),  # noqa: B008 - it cannot change
    *,
    most_bytes: int = MOST_BYTES,
    seconds: float = 10.0,
    wait: Callable[[float], None] = time.sleep,
) -> Answer:
    """Ask a server when it is our turn, and give the answer whatever it says.

    Raises
    ------
    TryLaterError
        If the server is asked too much already, or cannot be reached.
    NotTakenError
        If it may not be asked.
    """
    server = origin_of(address)
    wait(take_turn(server, now=timezone.now()).total_seconds())
    try:
        answer = ask(address, message, most_bytes=most_bytes, seconds=seconds)
    except FetchError as error:
        if error.code in ("address", "private"):
            raise NotTakenError(str(error)) from error
        raise TryLaterError(str(error), is_unknown=error.code not in _NOT_SENT) from error
    rest = read_limits(answer, now=timezone.now())
    if rest:
        let_rest(server, until=timezone.now() + rest)
    return answer


@transaction.atomic
def take_turn(server: str, *, now: datetime) -> timedelta:
    """Take the next turn with a server, and give how long to wait for it.

    Raises
    ------
    TryLaterError
        If it is too far away; the turn is not taken.
    """
    ServerPace.objects.get_or_create(server=server, defaults={"next_at": now})
    pace = ServerPace.objects.select_for_update().get(server=server)
    turn = max(now, pace.next_at)
    if turn - now > LONGEST_WAIT:
        raise TryLaterError(f"{server} is left alone for now.", after=turn - now)
    pace.next_at = turn + SPACING
    pace.save(update_fields=["next_at"])
    return turn - now


def let_rest(server: str, *, until: datetime) -> None:
    """Leave a server alone until a moment."""
    ServerPace.objects.filter(server=server, next_at__lt=until).update(next_at=until)


def origin_of(address: str) -> str:
    """Give the server of an address, as ``https://social.example``."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def read_limits(answer: Answer, *, now: datetime) -> timedelta:
    """Read from its headers how long a server wants to be left alone; mostly no time.

    It does when nothing remains of the requests that it allows until a moment, and when it
    answers that there were too many, or that it is away.
    """
    told = answer.headers
    asked = read_retry_after(told.get("retry-after", ""), now=now)
    remaining = told.get("x-ratelimit-remaining", told.get("ratelimit-remaining", ""))
    if remaining.strip() == "0" or answer.status == 429:
        reset = told.get("x-ratelimit-reset", told.get("ratelimit-reset", ""))
        asked = max(asked, _until(reset, now))
    if answer.status in (429, 503):
        return min(asked, LONGEST_REST)
    return min(asked, LONGEST_REST) if remaining.strip() == "0" else timedelta(0)


def need_good(answer: Answer) -> Answer:
    """Give an answer for which "not there" is no answer; raises as `need_good_or_gone` does.

    Raises
    ------
    NotTakenError
        Also if it says that.
    """
    if not need_good_or_gone(answer).is_good:
        raise NotTakenError(_reason(answer))
    return answer


def need_good_or_gone(answer: Answer) -> Answer:
    """Give an answer that is good or says "not there".

    Raises
    ------
    TryLaterError
        If the server fails, or asks for patience.
    SignedOutError
        If it does not know us any more.
    NotTakenError
        If it does not take this.
    """
    if answer.is_good or answer.status in _GONE:
        return answer
    reason = _reason(answer)
    rest = read_limits(answer, now=timezone.now())
    if answer.status == 429:
        raise TryLaterError(reason, after=rest)
    if answer.status >= 500 or answer.status == 408:
        raise TryLaterError(reason, after=rest, is_unknown=True)
    if answer.status == 401:
        raise SignedOutError(reason)
    raise NotTakenError(reason)


def read_json(answer: Answer) -> dict[str, Any]:
    """Read an answer that has to be an object.

    Raises
    ------
    TryLaterError
        If it is none, or is nested too deep to be read; what was asked for may be done.
    """
    found = read_value(answer.content)
    if not isinstance(found, dict):
        raise TryLaterError("The answer cannot be read.", is_unknown=True)
    return found


def read_json_list(answer: Answer) -> list[dict[str, Any]]:
    """Read an answer that has to be a list of objects; raises as `read_json` does."""
    found = read_value(answer.content)
    if not isinstance(found, list):
        raise TryLaterError("The answer cannot be read.", is_unknown=True)
    return [each for each in found if isinstance(each, dict)]


def _reason(answer: Answer) -> str:
    """Give what a server says of a failure, for an editor; cut off, and never as markup."""
    told = read_value(answer.content)
    words = next(
        (
            told[name]
            for name in ("error_description", "message", "error")
            if isinstance(told, dict) and isinstance(told.get(name), str)
        ),
        "",
    )
    return f"{answer.status} {' '.join(words.split())}".strip()[:_LONGEST_REASON]


def _until(told: str, now: datetime) -> timedelta:
    """Read a moment as Mastodon (ISO 8601) or others (seconds since 1970) write it."""
    try:
        moment = (
            datetime.fromtimestamp(int(told), UTC)
            if told.strip().isdecimal()
            else datetime.fromisoformat(told.strip())
        )
    except (ValueError, OverflowError, OSError):
        return timedelta(0)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta(0))
