"""Read a post at its server, in the way of Mastodon, as somebody who is not signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from spreekruimte.channels.cleaning import plain_text
from spreekruimte.channels.importing.posts import (
    MOST_ANSWERS,
    Answered,
    ReadPost,
    not_there,
    not_wanted,
    only_signed_in,
)
from spreekruimte.channels.importing.stripping import strip_identity
from spreekruimte.channels.network import NotTakenError
from spreekruimte.channels.shapes import Object, as_object, as_objects, as_text
from spreekruimte.channels.turns import ask_in_turn, need_good, origin_of, read_json

# What a server answers that wants to know who asks first.
_WHO_ASKS = (401, 403)
_NUMBER = re.compile(r"/(?:@[^/]+|users/[^/]+/statuses)/([0-9]{1,30})/?")
_UNWANTED = re.compile(r"#(?:nobots?|noindex|noarchive)\b", re.IGNORECASE)
_COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "replies": "replies_count",
        "shares": "reblogs_count",
        "likes": "favourites_count",
        "quotes": "quotes_count",
    }
)


def is_of_mastodon(address: str) -> bool:
    """Tell whether an address looks like that of a post on a server of this kind."""
    return bool(_find_number(address))


def read_mastodon(address: str) -> ReadPost:
    """Read a post where it stands, whichever server the address is of.

    Raises
    ------
    NotForImportError
        If it is not there, or not meant to be taken over.
    NetworkError
        If the server cannot be asked.
    """
    server, status = _read_status(address)
    origin = as_text(status.get("uri"))
    if origin_of(origin) != server:
        # A copy: what was deleted or hidden since is known where it stands.
        server, status = _read_status(origin)
        if origin_of(as_text(status.get("uri"))) != server:
            raise not_there()
    _check_wanted(status)
    thread = _ask(f"{server}/api/v1/statuses/{as_text(status.get('id'))}/context")
    answers = sorted(_read_answers(thread), key=lambda each: (each.at, each.key))
    return ReadPost(
        network="mastodon",
        text=_strip(status),
        language=as_text(status.get("language")),
        at=_read_moment(status),
        counts=_read_counts(status),
        answers=tuple(answers[:MOST_ANSWERS]),
        is_answer=status.get("in_reply_to_id") is not None,
        is_unsearchable=as_object(status.get("account")).get("indexable") is False,
    )


def _read_status(address: str) -> tuple[str, Object]:
    number = _find_number(address)
    if not number:
        raise not_there()
    server = origin_of(address)
    return server, _ask(f"{server}/api/v1/statuses/{number}")


def _find_number(address: str) -> str:
    """Give the number of a post at its server; empty where the address is of none."""
    try:
        found = _NUMBER.fullmatch(urlsplit(address).path)
    except ValueError:
        return ""
    return found[1] if found else ""


def _ask(address: str) -> Object:
    try:
        answer = ask_in_turn(address)
        if answer.status in _WHO_ASKS:
            raise only_signed_in()
        return read_json(need_good(answer))
    except NotTakenError as error:
        raise not_there() from error


def _check_wanted(status: Object) -> None:
    """Refuse what is not meant for everybody: quiet posts, and accounts that say so."""
    account = as_object(status.get("account"))
    says_no = (
        status.get("visibility") != "public"
        or account.get("discoverable") is False
        or any(account.get(each) is True for each in ("noindex", "locked", "suspended", "limited"))
        or _UNWANTED.search(plain_text(as_text(account.get("note"))))
    )
    if says_no:
        raise not_wanted()
    if status.get("reblog") is not None:
        raise not_there()


def _read_answers(thread: Object) -> Iterator[Answered]:
    for status in as_objects(thread.get("descendants")):
        if status.get("visibility") == "public":
            yield Answered(as_text(status.get("uri")), _strip(status), _read_moment(status))


def _strip(status: Object) -> str:
    """Give the text without whoever the network says wrote it or is named in it."""
    account = as_object(status.get("account"))
    named = [account, *as_objects(status.get("mentions"))]
    names = [as_text(each.get(key)) for each in named for key in ("display_name", "username")]
    text = f"{as_text(status.get('spoiler_text'))}\n{plain_text(as_text(status.get('content')))}"
    return strip_identity(text, names=names)


def _read_counts(status: Object) -> Mapping[str, int]:
    told = {name: status.get(key) for name, key in _COUNTS.items()}
    return {name: count for name, count in told.items() if isinstance(count, int) and count >= 0}


def _read_moment(status: Object) -> datetime:
    try:
        moment = datetime.fromisoformat(as_text(status.get("created_at")))
    except ValueError:
        raise not_there() from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
