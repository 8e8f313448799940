"""Read a post on Bluesky: its record at the server of its account, what came of it in the view."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.conf import settings

from spreekruimte.channels.bluesky.calls import NotDoneError, query
from spreekruimte.channels.bluesky.identities import Identity, find_identity
from spreekruimte.channels.bluesky.records import POSTS, PROFILE, Place
from spreekruimte.channels.bluesky.threads import (
    HIDING_LABELS,
    MOST_DEPTH,
    may_be_shown,
    read_counts,
    read_language,
    read_moment,
    read_replies,
)
from spreekruimte.channels.importing.posts import (
    MOST_ANSWERS,
    Answered,
    ReadPost,
    not_there,
    not_wanted,
)
from spreekruimte.channels.importing.stripping import strip_identity
from spreekruimte.channels.network import NotTakenError
from spreekruimte.channels.shapes import Object, as_object, as_objects, as_text

_ADDRESS = re.compile(r"https://bsky\.app/profile/([^/]{1,300})/post/([A-Za-z0-9._:~-]{1,64})/?")
_RECORD = re.compile(r"at://([^/]{1,300})/app\.bsky\.feed\.post/([A-Za-z0-9._:~-]{1,64})")


def is_of_bluesky(address: str) -> bool:
    """Tell whether an address is that of a post on Bluesky."""
    return _match(address) is not None


def read_bluesky(address: str) -> ReadPost:
    """Read a post where it stands, and its thread.

    Raises
    ------
    NotForImportError
        If it is not there, or not meant to be taken over.
    NetworkError
        If a server cannot be asked.
    """
    found = _match(address)
    if found is None:
        raise not_there()
    identity = _find(found[1])
    place = Place(identity.did, POSTS, found[2])
    record = _read_record(identity, place)
    if record is None:
        raise not_there()
    profile = _read_record(identity, Place(identity.did, PROFILE, "self")) or {}
    if _has_hiding_label(record) or _has_hiding_label(profile):
        raise not_wanted()
    thread = _read_thread(place)
    post = as_object(thread.get("post"))
    if not may_be_shown(post):
        raise not_wanted()
    moment = read_moment(record)
    if moment is None:
        raise not_there()
    names = (*identity.name.split("."), identity.name, as_text(profile.get("displayName")))
    return ReadPost(
        network="bluesky",
        text=strip_identity(as_text(record.get("text")), names=names),
        language=read_language(record),
        at=moment,
        counts=read_counts(post),
        answers=_read_answers(thread, names),
        is_answer="reply" in record,
    )


def _match(address: str) -> re.Match[str] | None:
    return _ADDRESS.fullmatch(address) or _RECORD.fullmatch(address)


def _find(name: str) -> Identity:
    try:
        return find_identity(name)
    except NotTakenError as error:
        raise not_there() from error


def _read_record(identity: Identity, place: Place) -> Object | None:
    try:
        found = query(identity.server, "com.atproto.repo.getRecord", place.as_parameters())
    except NotTakenError:
        return None
    return as_object(found.get("value"))


def _read_thread(place: Place) -> Object:
    """Read the thread; nothing where the view does not know the post yet."""
    asked: Mapping[str, str | int] = {
        "uri": place.identifier,
        "depth": MOST_DEPTH,
        "parentHeight": 0,
    }
    try:
        found = query(settings.BLUESKY.view, "app.bsky.feed.getPostThread", asked)
    except NotDoneError:
        return {}
    return as_object(found.get("thread"))


def _read_answers(thread: Object, names: tuple[str, ...]) -> tuple[Answered, ...]:
    answers = sorted(
        (
            Answered(each.identifier, strip_identity(each.text, names=names), each.posted_at)
            for each in read_replies(thread, own="")
            if each.may_be_shown
        ),
        key=lambda each: (each.at, each.key),
    )
    return tuple(answers[:MOST_ANSWERS])


def _has_hiding_label(record: Object) -> bool:
    labels = as_objects(as_object(record.get("labels")).get("values"))
    return any(each.get("val") in HIDING_LABELS for each in labels)
