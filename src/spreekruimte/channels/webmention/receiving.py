"""Put mentions in the queue: only those that can be true."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.models import Case
from spreekruimte.channels.addresses import read_case_address
from spreekruimte.channels.webmention.models import LONGEST_ADDRESS, Mention
from spreekruimte.outside import FetchError, Leave, check_address

# What waits at most: of one host, and of all together.
MOST_OF_A_HOST, MOST_OF_ALL = 100, 10_000
# About which there is a dialogue.
TALKED_ABOUT = ("open", "closed")

Trouble = Literal["source", "target", "full"]


class MentionError(Exception):
    """A mention that is not taken; nothing was stored.

    Attributes
    ----------
    trouble
        What of it is wrong; ``full`` if the queue is.
    """

    def __init__(self, trouble: Trouble, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.trouble = trouble
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Told:
    """What a site tells: that its page, the source, mentions ours, the target."""

    source: str
    target: str


def read_target(told: Told, *, host: str) -> Case:
    """Find the case that is said to be mentioned.

    Raises
    ------
    MentionError
        If the addresses cannot belong to a mention of a case that people talk about here.
    """
    _check_source(told.source, host)
    case_id = read_case_address(told.target, host=host)
    case = Case.objects.filter(pk=case_id or 0, state__in=TALKED_ABOUT).first()
    if case is None:
        raise MentionError("target", _("The target is no case that people talk about here."))
    return case


@transaction.atomic
def queue_mention(*, case: Case, told: Told, now: datetime) -> Mention:
    """Put a mention in the queue, or let one that waits already be looked at now.

    Raises
    ------
    MentionError
        If too much waits.
    """
    source_host = urlsplit(told.source).netloc.lower()
    digest = hashlib.sha256(f"{case.pk} {told.source}".encode()).hexdigest()
    waiting = Mention.objects.exclude(digest=digest)
    is_full = waiting.count() >= MOST_OF_ALL
    if is_full or waiting.filter(host=source_host).count() >= MOST_OF_A_HOST:
        raise MentionError("full", _("Too many mentions wait already. Try again later."))
    mention, _is_new = Mention.objects.update_or_create(
        digest=digest,
        defaults={
            "case": case,
            "source": told.source,
            "target": told.target,
            "host": source_host,
            "due_at": now,
            "attempts": 0,
        },
    )
    return mention


def _check_source(source: str, host: str) -> None:
    sentence = _("The source is no page on the web that we can read.")
    if not source.isascii() or len(source) > LONGEST_ADDRESS:
        raise MentionError("source", sentence)
    try:
        check_address(source, Leave(hosts=settings.TRUSTED_SERVERS))
    except FetchError as error:
        raise MentionError("source", sentence) from error
    if urlsplit(source).netloc.lower() == host.lower():
        raise MentionError("source", _("A page here does not mention another page here."))
