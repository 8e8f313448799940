"""Read what was answered to a post, in the form that the AT Protocol gives a thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from spreekruimte.channels.network import Reply
from spreekruimte.channels.shapes import Object, as_object, as_objects

MOST_DEPTH = 20
# Who writes these on an account does not want to be seen by everybody, or may not be.
HIDING_LABELS = frozenset({"!no-unauthenticated", "!hide", "!takedown"})

_COUNTS: Mapping[str, str] = MappingProxyType(
    {"replies": "replyCount", "shares": "repostCount", "likes": "likeCount", "quotes": "quoteCount"}
)


def read_counts(post: Object) -> Mapping[str, int]:
    """Read how often a post was answered, shared, liked and quoted, as far as that is told."""
    told = {name: post.get(key) for name, key in _COUNTS.items()}
    return {name: count for name, count in told.items() if isinstance(count, int) and count >= 0}


def read_replies(thread: Object, *, own: str) -> Iterator[Reply]:
    """Go through all answers below a post, parents first, without our own.

    Parameters
    ----------
    thread
        A ``threadViewPost``. What was deleted or is blocked has no post and is passed over.
    own
        The identifier of our account.
    """
    waiting = [thread]
    while waiting:
        above = waiting.pop(0)
        for below in as_objects(above.get("replies")):
            post = below.get("post")
            if isinstance(post, dict):
                waiting.append(below)
                reply = _read_reply(post)
                if reply is not None and reply.author != own:
                    yield reply


def may_be_shown(post: Object) -> bool:
    """Tell whether everybody may see a post: neither it nor its author has a label against that."""
    author = as_object(post.get("author"))
    labels = (*as_objects(post.get("labels")), *as_objects(author.get("labels")))
    return not any(each.get("val") in HIDING_LABELS and not each.get("neg") for each in labels)


def read_moment(record: Object) -> datetime | None:
    """Read when a record was made, as it says itself; None where it does not."""
    try:
        moment = datetime.fromisoformat(str(record.get("createdAt", "")))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_language(record: Object) -> str:
    """Read the language of a record, without its region; empty where it is not told."""
    languages = record.get("langs")
    first = languages[0] if isinstance(languages, list) and languages else ""
    return first.partition("-")[0].lower() if isinstance(first, str) else ""


def _read_reply(post: Object) -> Reply | None:
    record, author = as_object(post.get("record")), as_object(post.get("author"))
    parent = as_object(as_object(record.get("reply")).get("parent"))
    moment = read_moment(record)
    told = (post.get("uri"), parent.get("uri"), author.get("did"), record.get("text"))
    if moment is None or not all(isinstance(each, str) for each in told):
        return None
    identifier, above, did, text = map(str, told)
    return Reply(
        identifier=identifier,
        parent=above,
        author=did,
        text=text,
        language=read_language(record),
        posted_at=moment,
        may_be_shown=may_be_shown(post),
    )
