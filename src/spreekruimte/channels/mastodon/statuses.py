"""What a server of Mastodon tells of a post: the entities Status and Poll."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from spreekruimte.channels.cleaning import plain_text
from spreekruimte.channels.network import Reply, Sent, TryLaterError
from spreekruimte.channels.shapes import as_object

# What people write in their profile who want no programs to read along.
_KEEP_OUT = re.compile(r"#(?:nobots?|noindex)\b", re.IGNORECASE)
_TOLD = {"replies": "replies_count", "shares": "reblogs_count", "likes": "favourites_count"}

# snac puts a moment that changes before the name of a post, and takes no notice of it.
_WITH_MOMENT = re.compile(r"[0-9]{10}([0-9a-f]{32})")

Status = Mapping[str, Any]


def name_of(status: Status, field: str = "id") -> str:
    """Give what a server knows a post by, always the same; empty where it does not say."""
    told = str(status.get(field) or "")
    found = _WITH_MOMENT.fullmatch(told)
    return f"{'0' * 10}{found[1]}" if found else told


def to_sent(status: Status) -> Sent:
    """Give a post of ours as the network knows it.

    Raises
    ------
    TryLaterError
        If it has no id; it may be there all the same.
    """
    if not status.get("id"):
        raise TryLaterError("The server does not say what it posted.", is_unknown=True)
    return Sent(name_of(status), _text(status, "url") or _text(status, "uri"))


def to_counts(status: Status) -> dict[str, int]:
    """Give how often it was answered, shared, liked and quoted, as far as told."""
    names = {**_TOLD, "quotes": "quotes_count"}
    return {
        name: status[told]
        for name, told in names.items()
        if isinstance(status.get(told), int) and status[told] >= 0
    }


def to_tally(status: Status) -> tuple[int, ...] | None:
    """Give how often each option of its poll was chosen; None where that is not told yet."""
    poll = status.get("poll")
    if not isinstance(poll, Mapping):
        return None
    options = poll.get("options")
    listed = options if isinstance(options, list) else []
    told: list[Any] = [as_object(each).get("votes_count") for each in listed]
    return tuple(told) if told and all(isinstance(each, int) for each in told) else None


def to_reply(status: Status) -> Reply | None:
    """Give an answer of somebody; None for what is no text, as a vote, or has no author."""
    account = status.get("account")
    text = plain_text(_text(status, "content"))
    if not isinstance(account, Mapping) or not status.get("id") or not text:
        return None
    author = _text(account, "uri") or _text(account, "url") or _text(account, "acct")
    return Reply(
        identifier=name_of(status),
        parent=name_of(status, "in_reply_to_id"),
        author=author,
        text=text,
        language=_text(status, "language")[:2],
        posted_at=read_moment(_text(status, "created_at")),
        may_be_shown=bool(author) and may_be_shown(status),
    )


def may_be_shown(status: Status) -> bool:
    """Tell whether a post is for everybody, and its author keeps no programs out.

    Not what is "quiet", for followers or for one person, and not of who asks not to be indexed.
    """
    account = status.get("account")
    account = account if isinstance(account, Mapping) else {}
    if status.get("visibility") != "public" or account.get("noindex") is True:
        return False
    return not _KEEP_OUT.search(plain_text(_text(account, "note")))


def read_moment(told: str) -> datetime:
    """Read a moment in ISO 8601; one that cannot be read is the beginning of time."""
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(part: Mapping[str, Any], name: str) -> str:
    told = part.get(name)
    return told if isinstance(told, str) else ""
