"""What people answer to our posts becomes part of the dialogue of the case, once moderated.

Only what everybody may see is taken: no letters, nothing for followers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from spreekruimte.ballots.models import CaseKey
from spreekruimte.ballots.pseudonyms import pseudonym
from spreekruimte.channels.cleaning import plain_text
from spreekruimte.channels.fediverse.activities import NAME, Activity
from spreekruimte.channels.fediverse.addresses import PUBLICLY
from spreekruimte.channels.fediverse.models import OwnPost
from spreekruimte.channels.models import Origin, Publication
from spreekruimte.channels.origins import find_origin, forget_way_back, keep_origin
from spreekruimte.dialogue.actions.receiving import (
    ReceivedMessage,
    receive_message,
    retract_message,
    revise_message,
)
from spreekruimte.dialogue.models import Message, Source
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def take_reply(activity: Activity, now: datetime) -> None:
    """Take what an account answered, once; it waits for a moderator."""
    note = activity.thing
    identifier = activity.thing_id
    publication, parent = _place_of(activity)
    if publication is None or not is_public(note) or _find(identifier) is not None:
        return
    case = publication.round.case
    author = _author(case.pk, activity.account)
    text = text_of(note)
    if not author:
        return
    received = ReceivedMessage(
        source=Source.FEDIVERSE,
        author=author,
        content=text,
        language=_language(note),
        parent=parent,
        given_at=_moment(note, now),
    )
    try:
        message = receive_message(case=case, received=received, now=now)
    except RefusedError:
        # No text is left of it, or the case is not talked about any more.
        return
    keep_origin(
        message=message,
        network=NAME,
        server="",
        identifier=identifier,
        text=text,
        publication=publication,
        now=now,
    )


@transaction.atomic
def take_reply_changed(activity: Activity, now: datetime) -> None:
    """Follow a reply that was changed by who wrote it."""
    origin = _find(activity.thing_id)
    if origin is None or not _is_by(origin.message, activity.account):
        return
    if not is_public(activity.thing):
        _erase(origin, now)
        return
    try:
        revise_message(message=origin.message, content=text_of(activity.thing), now=now)
    except RefusedError:
        _erase(origin, now)


@transaction.atomic
def take_reply_away(activity: Activity, now: datetime) -> None:
    """Let a reply go that was deleted by who wrote it."""
    origin = _find(activity.thing_id)
    if origin is not None and _is_by(origin.message, activity.account):
        _erase(origin, now)


@transaction.atomic
def take_replies_away(account: str, now: datetime) -> None:
    """Let everything go that an account wrote which is gone."""
    keys = CaseKey.objects.filter(case__messages__source=Source.FEDIVERSE).distinct()
    for key in keys.order_by("pk"):
        author = _pseudonym(bytes(key.key), account)
        for origin in Origin.objects.select_related("message").filter(
            network=NAME, message__case=key.case_id, message__author=author
        ):
            _erase(origin, now)


def is_public(note: Mapping[str, Any]) -> bool:
    """Tell whether everybody may see a note."""
    told = [note.get("to"), note.get("cc")]
    addressed = [each for value in told for each in (value if isinstance(value, list) else [value])]
    return any(each in PUBLICLY for each in addressed if isinstance(each, str))


def text_of(note: Mapping[str, Any]) -> str:
    """Give what a note says as plain text, without anything that its HTML could do."""
    content = note.get("content")
    if not isinstance(content, str):
        return ""
    return plain_text(content)


def _place_of(activity: Activity) -> tuple[Publication | None, Message | None]:
    """Find in the thread of which question it stands, and under which message if any."""
    if activity.key_of_post:
        posts = OwnPost.objects.select_related("publication__round__case")
        post = posts.filter(key=activity.key_of_post, withdrawn_at__isnull=True).first()
        return (post.publication if post else None), None
    origin = _find(activity.answered)
    return (origin.publication, origin.message) if origin else (None, None)


def _find(identifier: str) -> Origin | None:
    return find_origin(network=NAME, server="", identifier=identifier)


def _erase(origin: Origin, now: datetime) -> None:
    retract_message(message=origin.message, now=now)
    forget_way_back(origin=origin)


def _is_by(message: Message, account: str) -> bool:
    author = _author(message.case_id, account)
    return bool(author) and author == message.author


def _author(case_id: int, account: str) -> str:
    """Give the pseudonym of an account in a case; empty once nobody can be known there."""
    key = CaseKey.objects.filter(pk=case_id).first()
    return _pseudonym(bytes(key.key), account) if key else ""


def _pseudonym(case_key: bytes, account: str) -> str:
    return pseudonym(case_key=case_key, tier=NAME, respondent_key=account)


def _language(note: Mapping[str, Any]) -> str:
    told = note.get("contentMap")
    keys = [key for key in told if isinstance(key, str)] if isinstance(told, dict) else []
    return keys[0][:2] if len(keys) == 1 else ""


def _moment(note: Mapping[str, Any], now: datetime) -> datetime:
    try:
        told = parse_datetime(str(note.get("published")))
    except ValueError:
        return now
    return told if told is not None and told.tzinfo is not None else now
