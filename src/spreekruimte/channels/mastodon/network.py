"""Mastodon as a network by which a question is asked, and answers are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from spreekruimte.channels.cleaning import plain_text, same_words
from spreekruimte.channels.mastodon import client
from spreekruimte.channels.mastodon.lengths import count_characters
from spreekruimte.channels.mastodon.limits import Limits, read_limits
from spreekruimte.channels.mastodon.statuses import (
    Status,
    may_be_shown,
    name_of,
    read_moment,
    to_counts,
    to_reply,
    to_sent,
    to_tally,
)
from spreekruimte.channels.network import (
    Connection,
    NetworkError,
    Post,
    Preview,
    Reading,
    Sent,
    TryLaterError,
)
from spreekruimte.channels.turns import (
    ask_in_turn,
    need_good_or_gone,
    read_json,
    read_json_list,
)
from spreekruimte.outside import Message

# Clocks of servers differ from ours by no more than this.
CLOCKS_DIFFER = timedelta(minutes=10)
_PAGE, _MOST_PAGES = 40, 25
_STATUSES = "/api/v1/statuses"


class Mastodon:
    """Posts with a poll, replies, and the thread under them."""

    name = "mastodon"

    def preview(self, connection: Connection, post: Post) -> Preview:
        """Say exactly what would be posted, and whether it fits what this server takes."""
        limits = read_limits(connection.server)
        text = _whole(post)
        length = count_characters(text, of_address=limits.characters_of_address)
        return Preview(
            text=text,
            length=length,
            most=limits.characters,
            unit="characters",
            options=post.options,
            problems=(*_problems_of_text(length, limits), *_problems_of_poll(post, limits)),
        )

    def publish(self, connection: Connection, post: Post) -> Sent:
        """Post it; raises NetworkError."""
        fields = [
            ("status", _whole(post)),
            ("visibility", "unlisted" if post.is_quiet else "public"),
            ("language", post.language),
        ]
        if post.reply_to:
            fields.append(("in_reply_to_id", post.reply_to))
        if post.options:
            fields += _poll(post, read_limits(connection.server))
        elif post.card and post.card.picture:
            picture = read_json(client.upload(connection, post.card))
            fields.append(("media_ids[]", str(picture.get("id"))))
        answer = client.post(connection, _STATUSES, fields, key=post.key)
        return to_sent(read_json(answer))

    def find(self, connection: Connection, post: Post) -> Sent | None:
        """Look through our own posts for one with these words, since it was ordered.

        Raises
        ------
        TryLaterError
            If they cannot be read back to that time: then nobody knows.
        """
        own = f"/api/v1/accounts/{connection.identifier}/statuses"
        # Not every server has posts with a poll among those of an account.
        places = (own, "/api/v1/timelines/home") if post.options else (own,)
        for place in places:
            for status in _posts_since(connection, place, post.made_at - CLOCKS_DIFFER):
                if _is_ours(status, connection) and _is_it(status, post):
                    return to_sent(status)
        return None

    def withdraw(self, connection: Connection, identifier: str) -> None:
        """Take a post of ours away; one that is gone is no error."""
        client.delete(connection, f"{_STATUSES}/{identifier}")

    def read(self, connection: Connection, identifier: str) -> Reading:
        """Read what became of a post of ours, and the thread under it."""
        answer = client.get(connection, f"{_STATUSES}/{identifier}")
        if not answer.is_good:
            return Reading(is_gone=True)
        status = read_json(answer)
        thread = read_json(client.get(connection, f"{_STATUSES}/{identifier}/context"))
        descendants = thread.get("descendants")
        below = [
            each
            for each in (descendants if isinstance(descendants, list) else [])
            if isinstance(each, dict) and not _is_ours(each, connection)
        ]
        replies = [reply for each in below if (reply := to_reply(each)) is not None]
        return Reading(counts=to_counts(status), tally=to_tally(status), replies=replies)

    def still_there(self, connection: Connection, identifiers: Sequence[str]) -> set[str]:
        """Give which of these replies are still there and may still be shown."""
        found = set()
        for identifier in identifiers:
            answer = client.get(connection, f"{_STATUSES}/{identifier}")
            if not answer.is_good:
                continue
            status = read_json(answer)
            if may_be_shown(status) and not _is_gone_at_origin(status):
                found.add(identifier)
        return found


def _posts_since(connection: Connection, path: str, since: datetime) -> Iterator[Status]:
    """Go through a list of posts from the newest on, page by page.

    Raises
    ------
    TryLaterError
        If it does not go back that far in a few pages.
    """
    query = {"limit": str(_PAGE)}
    seen: set[str] = set()
    for _page in range(_MOST_PAGES):
        statuses = read_json_list(client.get(connection, path, **query))
        new = [each for each in statuses if str(each.get("id")) not in seen]
        for status in new:
            if read_moment(str(status.get("created_at"))) < since:
                return
            yield status
        if not new:
            return
        seen.update(str(each.get("id")) for each in new)
        query["max_id"] = str(new[-1].get("id"))
    raise TryLaterError("There are too many posts to look back through.", is_unknown=True)


def _is_gone_at_origin(status: Status) -> bool:
    """Tell whether the server where a post was written says that it is gone.

    Servers are not always told that something was deleted elsewhere. One that does not answer
    everybody says nothing of it.
    """
    message = Message(headers={"Accept": "application/activity+json"})
    try:
        answer = need_good_or_gone(ask_in_turn(str(status.get("uri")), message))
    except NetworkError:
        return False
    return not answer.is_good or b'"Tombstone"' in answer.content


def _whole(post: Post) -> str:
    return f"{post.text}\n\n{post.address}" if post.address else post.text


def _poll(post: Post, limits: Limits) -> list[tuple[str, str]]:
    """Give the fields of a poll that ends with the round, or as late as the server allows.

    Counts are hidden until then where the server can do that: nobody sees what others find before
    having judged.
    """
    left = (post.closes_at or timezone.now()) - timezone.now()
    lasting = min(max(left, limits.shortest_poll), limits.longest_poll)
    return [
        *(("poll[options][]", option) for option in post.options),
        ("poll[expires_in]", str(int(lasting.total_seconds()))),
        ("poll[hide_totals]", "true"),
    ]


def _problems_of_text(length: int, limits: Limits) -> list[str]:
    if length <= limits.characters:
        return []
    return [
        _("This is %(length)d characters long; this server takes %(most)d.")
        % {"length": length, "most": limits.characters}
    ]


def _problems_of_poll(post: Post, limits: Limits) -> list[str]:
    problems = []
    if len(post.options) > limits.options:
        problems.append(
            _("This server takes %(most)d answers in a poll.") % {"most": limits.options}
        )
    for option in post.options:
        length = count_characters(option, of_address=len(option))
        if length > limits.characters_of_option:
            problems.append(
                _("The answer “%(option)s” is %(length)d characters long; %(most)d fit.")
                % {"option": option, "length": length, "most": limits.characters_of_option}
            )
    if post.options and post.closes_at and post.closes_at - timezone.now() < limits.shortest_poll:
        problems.append(_("The round ends too soon for a poll on this server."))
    return problems


def _is_it(status: Status, post: Post) -> bool:
    """Tell whether a post of ours is the one: the same words, in answer to the same post."""
    if name_of(status, "in_reply_to_id") != post.reply_to:
        return False
    return same_words(plain_text(str(status.get("content"))), _whole(post))


def _is_ours(status: Status, connection: Connection) -> bool:
    account = status.get("account")
    return isinstance(account, dict) and str(account.get("id")) == connection.identifier
