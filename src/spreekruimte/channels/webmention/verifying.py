"""Look whether mentions are true, and let what is true join the dialogue.

A mention that comes again is how its page tells that it was changed or deleted. Pages that do not
tell so are looked at every day.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.db import transaction

from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.ballots.models import CaseKey
from spreekruimte.ballots.pseudonyms import pseudonym
from spreekruimte.channels.addresses import read_case_address
from spreekruimte.channels.models import Origin
from spreekruimte.channels.origins import (
    digest_text,
    find_origin,
    forget_way_back,
    identifier_of,
    keep_origin,
)
from spreekruimte.channels.webmention.fetching import fetch_page
from spreekruimte.channels.webmention.models import Mention
from spreekruimte.channels.webmention.reading import Mentioned, read_mention
from spreekruimte.channels.webmention.receiving import MentionError, Told, queue_mention
from spreekruimte.dialogue.actions.receiving import (
    ReceivedMessage,
    receive_message,
    retract_message,
    revise_message,
)
from spreekruimte.dialogue.models import Message, Source
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.outside import FetchError

logger = logging.getLogger(__name__)

NETWORK = Source.WEBMENTION.value
# How long nobody else looks at a mention that somebody looks at; then it was abandoned.
LEASE = timedelta(minutes=5)
# How long to wait after each time that a page could not be fetched; then it is let go.
PATIENCE = (timedelta(minutes=2), timedelta(minutes=20), timedelta(hours=3))
LOOKED_AT_EVERY = timedelta(days=1)
AT_A_TIME = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of a mention: what its page says, if it says anything of the case."""

    mention: Mention
    found: Mentioned | None


def verify_next(*, now: datetime) -> bool:
    """Look at the mention that waits longest; False if there is none to be looked at now.

    Nothing is held while the page is fetched. Whoever dies over it leaves nothing behind but that
    nobody looks at it for a few minutes.
    """
    mention = _take_next(now)
    if mention is None:
        return False
    try:
        page = fetch_page(mention.source)
    except FetchError as error:
        _put_off(mention, error, now)
        return True
    settle(looked=Looked(mention, read_mention(page, _leads_to(mention))), now=now)
    return True


@transaction.atomic
def settle(*, looked: Looked, now: datetime) -> None:
    """Let the dialogue follow what was found of a mention, and take it out of the queue."""
    mention, found = looked.mention, looked.found
    identifier = f"{mention.case_id} {mention.source}"
    origin = find_origin(network=NETWORK, server="", identifier=identifier)
    try:
        if origin is None and found is not None:
            _receive(mention, found, identifier, now)
        elif origin is not None and origin.identifier:
            _follow(origin, found, now)
    except RefusedError as refusal:
        logger.info("A mention of case %d is not taken: %s", mention.case_id, refusal)
    Mention.objects.filter(pk=mention.pk, due_at=mention.due_at).delete()


def look_again(*, now: datetime) -> int:
    """Put mentions in the queue that were not looked at for a day; give how many."""
    due = Origin.objects.filter(network=NETWORK, checked_at__lt=now - LOOKED_AT_EVERY).exclude(
        identifier=""
    )
    origins = list(due.select_related("message__case").order_by("checked_at")[:AT_A_TIME])
    return sum(_queue_again(origin, now) for origin in origins)


def _queue_again(origin: Origin, now: datetime) -> bool:
    if origin.message.state == Message.State.ERASED:
        forget_way_back(origin=origin)
        return False
    source = identifier_of(origin).partition(" ")[2]
    try:
        queue_mention(case=origin.message.case, told=Told(source, ""), now=now)
    except MentionError:
        # The queue is full; it is still due then.
        return False
    Origin.objects.filter(pk=origin.pk).update(checked_at=now)
    return True


def _take_next(now: datetime) -> Mention | None:
    mention = Mention.objects.filter(due_at__lte=now).order_by("due_at", "pk").first()
    if mention is None:
        return None
    held = Mention.objects.filter(pk=mention.pk, due_at=mention.due_at)
    mention.due_at = now + LEASE
    is_mine = held.update(due_at=mention.due_at)
    # Another one was faster: there may be more to look at.
    return mention if is_mine else _take_next(now)


def _put_off(mention: Mention, error: FetchError, now: datetime) -> None:
    logger.info("The page that mentions case %d: %s", mention.case_id, error.code)
    held = Mention.objects.filter(pk=mention.pk, due_at=mention.due_at)
    if mention.attempts >= len(PATIENCE) or error.code in ("address", "private"):
        held.delete()
    else:
        due_at = now + PATIENCE[mention.attempts]
        held.update(attempts=mention.attempts + 1, due_at=due_at)


def _leads_to(mention: Mention) -> Callable[[str], bool]:
    if not mention.target:
        host = urlsplit(settings.ADDRESS.origin).netloc
        return lambda address: read_case_address(address, host=host) == mention.case_id
    target = urldefrag(mention.target).url
    return lambda address: urldefrag(address).url == target


def _receive(mention: Mention, found: Mentioned, identifier: str, now: datetime) -> None:
    author = _name_author(mention)
    if author is None:
        return
    received = ReceivedMessage(
        source=Source.WEBMENTION,
        author=author,
        content=found.text,
        language=found.language,
        parent=None,
        given_at=found.written_at or now,
    )
    message = receive_message(case=mention.case, received=received, now=now)
    keep_origin(
        message=message,
        network=NETWORK,
        server="",
        identifier=identifier,
        text=found.text,
        publication=None,
        now=now,
    )


def _follow(origin: Origin, found: Mentioned | None, now: datetime) -> None:
    if found is None:
        retract_message(message=origin.message, now=now)
        forget_way_back(origin=origin)
        return
    digests = digest_text(found.text)
    if origin.text_digest not in digests:
        revise_message(message=origin.message, content=found.text, now=now)
    Origin.objects.filter(pk=origin.pk).update(text_digest=digests[0], checked_at=now)


def _name_author(mention: Mention) -> str | None:
    """Give the pseudonym of a site in this case: all that is kept of who writes there."""
    key = CaseKey.objects.filter(pk=mention.case_id).values_list("key", flat=True).first()
    if key is None:
        return None
    digest = keyed_digest("webmention", mention.host)
    return pseudonym(case_key=bytes(key), tier=NETWORK, respondent_key=digest)
