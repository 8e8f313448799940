"""Posts as records of the AT Protocol, and the keys by which they are found again.

The key of a record follows from the outward act: what is tried twice is written once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from spreekruimte.channels.network import NotTakenError, Post
from spreekruimte.channels.shapes import Object, as_object

POSTS = "app.bsky.feed.post"
PROFILE = "app.bsky.actor.profile"

_SYMBOLS = "234567abcdefghijklmnopqrstuvwxyz"
_KEY_LENGTH = 13
_IDENTIFIER = re.compile(
    r"at://(did:[a-z]+:[A-Za-z0-9.:_%-]+)/([A-Za-z0-9.-]+)/([A-Za-z0-9._:~-]+)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: of whom, in which collection, by which key."""

    did: str
    collection: str
    key: str

    @property
    def identifier(self) -> str:
        """What the network knows the record by."""
        return f"at://{self.did}/{self.collection}/{self.key}"

    @property
    def address(self) -> str:
        """Where people see a post."""
        return f"https://bsky.app/profile/{self.did}/post/{self.key}"

    def as_parameters(self) -> dict[str, str]:
        """Write it as methods read it."""
        return {"repo": self.did, "collection": self.collection, "rkey": self.key}


def read_place(identifier: str) -> Place:
    """Read what the network knows a record by.

    Raises
    ------
    NotTakenError
        If it is nothing like that.
    """
    found = _IDENTIFIER.fullmatch(identifier)
    if found is None:
        raise NotTakenError("not a record")
    return Place(*found.groups())


def make_key(post: Post) -> str:
    """Make the key of the record of a post: a TID, which sorts by time.

    Of its microseconds the last three digits, and its ten bits that tell clocks apart, follow from
    the key of the act, so that two acts of one moment have two records.
    """
    chance = int(post.key[:8], 16)
    moment = _milliseconds(post.made_at) * 1000 + (chance >> 10) % 1000
    number = (moment << 10) | (chance & 0x3FF)
    digits = (number >> shift for shift in range(5 * (_KEY_LENGTH - 1), -1, -5))
    return "".join(_SYMBOLS[digit & 31] for digit in digits)


def write_moment(moment: datetime) -> str:
    """Write a moment as records hold it."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def write_reply(parent: Object, record: Object) -> dict[str, Object]:
    """Say which post is answered, and with which one its thread begins.

    Parameters
    ----------
    parent
        ``uri`` and ``cid`` of what is answered.
    record
        What stands there.
    """
    root = as_object(record.get("reply")).get("root", parent)
    return {"root": root, "parent": parent}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000
