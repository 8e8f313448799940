"""What a network has to offer, so that all are asked and answered in one way.

A network speaks with servers and stores nothing. It raises a `NetworkError` for all that goes
wrong outside; what that means for an outward act is decided once, for all networks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol


class NetworkError(Exception):
    """What a network could not do.

    Attributes
    ----------
    is_unknown
        Whether the act may have been carried out all the same, as after a time-out.
    """

    is_unknown = False


class TryLaterError(NetworkError):
    """The server is busy, away or asks for patience.

    Attributes
    ----------
    after
        How long to wait at least.
    """

    def __init__(
        self, reason: str, *, after: timedelta = timedelta(0), is_unknown: bool = False
    ) -> None:
        super().__init__(reason)
        self.after = after
        self.is_unknown = is_unknown


class SignedOutError(NetworkError):
    """The account is not let in any more; an editor has to connect it again."""


class NotTakenError(NetworkError):
    """The server does not take this, and will not later."""


@dataclass(frozen=True, slots=True)
class Connection:
    """An account that is connected, as its network needs it.

    Attributes
    ----------
    server
        The origin of the server, as ``https://social.example``.
    identifier
        What the network knows the account by, for good.
    credentials
        What lets us in.
    keep
        Stores credentials that were renewed before they are used: some work once only.
    """

    server: str
    identifier: str
    credentials: Mapping[str, str]
    keep: Callable[[Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Card:
    """A picture that goes with a post, and the words that say the same."""

    title: str
    description: str
    picture: bytes
    """As PNG; may be empty where there is none."""
    alternative: str


@dataclass(frozen=True, slots=True)
class Post:
    """One thing that goes out.

    Attributes
    ----------
    key
        Unique to this outward act, whatever happens: where a network can recognise it, the act
        happens once. 32 hexadecimal digits.
    text
        Without the address, which the network adds in its way.
    address
        Of our page that belongs to it; may be empty.
    language
        ``nl`` or ``en``.
    made_at
        When the act was ordered: the same for each try.
    options, closes_at
        Of a poll; empty and None for none.
    reply_to
        What the network knows the post by that this one answers; empty for none.
    is_quiet
        Whether it is kept out of public timelines, as answers are.
    """

    key: str
    text: str
    address: str
    language: str
    made_at: datetime
    options: tuple[str, ...] = ()
    closes_at: datetime | None = None
    reply_to: str = ""
    is_quiet: bool = False
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A post as the network knows it, and where people see it."""

    identifier: str
    address: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what will be posted, and how it fits.

    Attributes
    ----------
    text
        Whole, with the address as it will stand there.
    length, most
        In the unit of the network.
    problems
        A sentence for each thing for which it cannot be posted; none when it can.
    """

    text: str
    length: int
    most: int
    unit: Literal["characters", "graphemes"]
    options: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to a post of ours, cleaned to plain text.

    Attributes
    ----------
    author
        What the network knows the account by. It is turned into a pseudonym at once and never kept.
    parent
        The post that it answers, as the network knows it.
    may_be_shown
        Whether who wrote it lets it be seen by everybody: no followers-only, no quiet wish.
    """

    identifier: str
    parent: str
    author: str = field(repr=False)
    text: str
    language: str
    posted_at: datetime
    may_be_shown: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a post of ours.

    Attributes
    ----------
    counts
        Of ``replies``, ``shares``, ``likes`` and ``quotes``, as far as the network tells them.
    tally
        Of its poll, by option; None where there is none or it is not told yet.
    is_gone
        Whether the post is there no more.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    tally: tuple[int, ...] | None = None
    replies: Sequence[Reply] = ()
    is_gone: bool = False


class Network(Protocol):
    """One kind of network, by its name in the registry."""

    name: str

    def preview(self, connection: Connection, post: Post) -> Preview:
        """Say exactly what would be posted, and whether it fits; posts nothing."""

    def publish(self, connection: Connection, post: Post) -> Sent:
        """Post it; raises NetworkError."""

    def find(self, connection: Connection, post: Post) -> Sent | None:
        """Look back among our own posts for one that may have been posted already."""

    def withdraw(self, connection: Connection, identifier: str) -> None:
        """Take a post of ours away; one that is gone is no error."""

    def read(self, connection: Connection, identifier: str) -> Reading:
        """Read what became of a post of ours."""

    def still_there(self, connection: Connection, identifiers: Sequence[str]) -> set[str]:
        """Give which of these replies are still there and may still be shown."""
