"""Bluesky as one of the networks: posts as records, answers as its view of the network tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spreekruimte.channels.bluesky.calls import NOT_OFFERED, NotDoneError, Parameter
from spreekruimte.channels.bluesky.records import (
    POSTS,
    PROFILE,
    Place,
    make_key,
    read_place,
    write_moment,
    write_reply,
)
from spreekruimte.channels.bluesky.sessions import Session
from spreekruimte.channels.bluesky.texts import (
    MOST_GRAPHEMES,
    compose,
    count_graphemes,
    find_problems,
)
from spreekruimte.channels.bluesky.threads import (
    MOST_DEPTH,
    may_be_shown,
    read_counts,
    read_replies,
)
from spreekruimte.channels.network import (
    Card,
    Connection,
    NotTakenError,
    Post,
    Preview,
    Reading,
    Sent,
)
from spreekruimte.channels.shapes import Object, as_object, as_objects, as_text

# As many as may be asked for at once.
AT_ONCE = 25
LARGEST_PICTURE = 1_000_000

_BOT = {"val": "bot"}
_LABELS = "com.atproto.label.defs#selfLabels"


class Bluesky:
    """One kind of network; see `spreekruimte.channels.network.Network`."""

    name = "bluesky"

    def preview(self, connection: Connection, post: Post) -> Preview:  # noqa: ARG002
        """Say exactly what would be posted, and whether it fits; posts nothing."""
        text = compose(post.text, post.address).content
        return Preview(
            text=text,
            length=count_graphemes(text),
            most=MOST_GRAPHEMES,
            unit="graphemes",
            problems=find_problems(text),
        )

    def publish(self, connection: Connection, post: Post) -> Sent:
        """Write the record of a post, under a key that makes it once however often it is tried."""
        problems = self.preview(connection, post).problems
        if problems:
            raise NotTakenError(" ".join(problems))
        session = Session(connection)
        place = _place_of(connection, post)
        record = _write_record(session, post)
        session.carry_out("com.atproto.repo.putRecord", {**place.as_parameters(), "record": record})
        return Sent(place.identifier, place.address)

    def find(self, connection: Connection, post: Post) -> Sent | None:
        """Look whether the record of a post is there."""
        place = _place_of(connection, post)
        found = _read_record(Session(connection), place)
        return Sent(place.identifier, place.address) if found else None

    def withdraw(self, connection: Connection, identifier: str) -> None:
        """Take a post of ours away; one that is gone is no error."""
        place = read_place(identifier)
        if place.did != connection.identifier:
            raise NotTakenError("not a post of this account")
        Session(connection).carry_out("com.atproto.repo.deleteRecord", place.as_parameters())

    def read(self, connection: Connection, identifier: str) -> Reading:
        """Read what became of a post of ours, from the view that its server uses."""
        session = Session(connection)
        if _read_record(session, read_place(identifier)) is None:
            return Reading(is_gone=True)
        asked: dict[str, Parameter] = {
            "uri": identifier,
            "depth": MOST_DEPTH,
            "parentHeight": 0,
        }
        try:
            found = session.query("app.bsky.feed.getPostThread", asked)
        except NotDoneError as error:
            # The view follows the servers with a delay; and a server of one's own may have none.
            if error.name not in ("NotFound", NOT_OFFERED):
                raise
            return Reading()
        thread = as_object(found.get("thread"))
        return Reading(
            counts=read_counts(as_object(thread.get("post"))),
            replies=tuple(read_replies(thread, own=connection.identifier)),
        )

    def still_there(self, connection: Connection, identifiers: Sequence[str]) -> set[str]:
        """Give which of these replies are still there and may still be shown."""
        session = Session(connection)
        found: set[str] = set()
        for start in range(0, len(identifiers), AT_ONCE):
            asked = list(identifiers[start : start + AT_ONCE])
            posts = session.query("app.bsky.feed.getPosts", {"uris": asked}).get("posts")
            found |= {as_text(each.get("uri")) for each in as_objects(posts) if may_be_shown(each)}
        return found & set(identifiers)


def mark_as_bot(connection: Connection) -> None:
    """Say in the profile of an account that a program writes there, beside whatever it says."""
    session = Session(connection)
    place = Place(connection.identifier, PROFILE, "self")
    found = as_object((_read_record(session, place) or {}).get("value"))
    profile = {"$type": PROFILE, **found}
    labels = [*as_objects(as_object(found.get("labels")).get("values"))]
    if _BOT not in labels:
        profile["labels"] = {"$type": _LABELS, "values": [*labels, _BOT]}
        session.carry_out(
            "com.atproto.repo.putRecord", {**place.as_parameters(), "record": profile}
        )


def _place_of(connection: Connection, post: Post) -> Place:
    return Place(connection.identifier, POSTS, make_key(post))


def _write_record(session: Session, post: Post) -> dict[str, Any]:
    text = compose(post.text, post.address)
    record: dict[str, Any] = {
        "$type": POSTS,
        "text": text.content,
        "createdAt": write_moment(post.made_at),
        "langs": [post.language],
    }
    if text.facets:
        record["facets"] = [each.as_object() for each in text.facets]
    if post.card is not None and post.address:
        record["embed"] = _write_card(session, post.card, post.address)
    if post.reply_to:
        record["reply"] = _find_thread(session, post.reply_to)
    return record


def _write_card(session: Session, card: Card, address: str) -> dict[str, Any]:
    external: dict[str, Any] = {
        "uri": address,
        "title": card.title,
        "description": card.description,
    }
    if 0 < len(card.picture) <= LARGEST_PICTURE:
        external["thumb"] = session.carry_out(
            "com.atproto.repo.uploadBlob", card.picture, content_type="image/png"
        ).get("blob")
    return {"$type": "app.bsky.embed.external", "external": external}


def _find_thread(session: Session, identifier: str) -> dict[str, Any]:
    found = _read_record(session, read_place(identifier))
    if found is None:
        raise NotTakenError("what is answered is there no more")
    parent = {"uri": found.get("uri"), "cid": found.get("cid")}
    return write_reply(parent, as_object(found.get("value")))


def _read_record(session: Session, place: Place) -> Object | None:
    try:
        return session.query("com.atproto.repo.getRecord", place.as_parameters())
    except NotDoneError as error:
        if error.name != "RecordNotFound":
            raise
        return None
