"""What other servers read of us: actors, posts and activities, as ActivityStreams 2.0 in JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from spreekruimte.channels.fediverse.addresses import PUBLIC, handle_of, own_address
from spreekruimte.channels.fediverse.models import OwnActor, OwnPost

Document = dict[str, Any]

MEDIA_TYPE = "application/activity+json"
_STREAMS = "https://www.w3.org/ns/activitystreams"
_CONTEXT = [_STREAMS, "https://w3id.org/security/v1"]
_POLLS = [_STREAMS, {"toot": "http://joinmastodon.org/ns#", "votersCount": "toot:votersCount"}]


def with_context(document: Document) -> Document:
    """Add what the words of a document mean, for who reads it as linked data."""
    if document["type"] == "Service":
        return {"@context": _CONTEXT, **document}
    inner = document.get("object")
    is_poll = "oneOf" in document or (isinstance(inner, dict) and "oneOf" in inner)
    return {"@context": _POLLS if is_poll else _STREAMS, **document}


def actor_document(actor: OwnActor) -> Document:
    """Tell who an actor is: an organisation that asks, not a person."""
    organisation = actor.organisation
    address = actor_address(actor)
    with override("nl"):
        summary = _(
            "%(name)s asks here what public servants may say. Answers to our posts are processed "
            "for that; what you delete is deleted with us. This account is automated."
        ) % {"name": organisation.name}
    return {
        "id": address,
        "type": "Service",
        "preferredUsername": organisation.slug,
        "name": organisation.name,
        "summary": f"<p>{escape(summary)}</p>",
        "url": address,
        "inbox": own_address("inbox", slug=organisation.slug),
        "outbox": own_address("outbox", slug=organisation.slug),
        "followers": own_address("followers", slug=organisation.slug),
        "endpoints": {"sharedInbox": own_address("shared-inbox")},
        "manuallyApprovesFollowers": False,
        "published": write_time(actor.made_at),
        "publicKey": {
            "id": key_address(actor),
            "owner": address,
            "publicKeyPem": actor.public_key,
        },
    }


def post_document(post: OwnPost) -> Document:
    """Tell what a post says; of a poll the counts too, once they may be told."""
    if post.withdrawn_at is not None:
        return {
            "id": post_address(post),
            "type": "Tombstone",
            "deleted": write_time(post.withdrawn_at),
        }
    public, followers = PUBLIC, own_address("followers", slug=post.actor.organisation.slug)
    content = _content(post)
    document = {
        "id": post_address(post),
        "type": "Question" if post.is_poll else "Note",
        "attributedTo": actor_address(post.actor),
        "content": content,
        "contentMap": {post.language: content},
        "published": write_time(post.published_at),
        "url": post_address(post),
        "to": [followers if post.is_quiet else public],
        "cc": [public if post.is_quiet else followers],
    }
    if post.reply_to:
        document["inReplyTo"] = post.reply_to
    return document | _poll(post)


def create(post: OwnPost) -> Document:
    """Tell that a post was made."""
    document = post_document(post)
    return {
        "id": f"{post_address(post)}#create",
        "type": "Create",
        "actor": actor_address(post.actor),
        "published": write_time(post.published_at),
        "to": document["to"],
        "cc": document["cc"],
        "object": document,
    }


def update(post: OwnPost, now: datetime) -> Document:
    """Tell that a post has changed."""
    document = post_document(post)
    return {
        "id": f"{post_address(post)}#update-{int(now.timestamp())}",
        "type": "Update",
        "actor": actor_address(post.actor),
        "to": document["to"],
        "cc": document["cc"],
        "object": document | {"updated": write_time(now)},
    }


def delete(post: OwnPost) -> Document:
    """Tell that a post is gone."""
    return {
        "id": f"{post_address(post)}#delete",
        "type": "Delete",
        "actor": actor_address(post.actor),
        "to": [PUBLIC],
        "object": {"id": post_address(post), "type": "Tombstone"},
    }


def accept(actor: OwnActor, follow: Mapping[str, Any], digest: str) -> Document:
    """Tell an account that it follows from now on."""
    return {
        "id": f"{actor_address(actor)}#accept-{digest[:32]}",
        "type": "Accept",
        "actor": actor_address(actor),
        "object": {name: follow[name] for name in ("id", "type", "actor", "object")},
    }


def mention(activity: Document, account: str) -> Document:
    """Address an activity to an account as well: who is answered is told so."""
    note = activity["object"] | {
        "tag": [{"type": "Mention", "href": account}],
        "cc": [*activity["cc"], account],
    }
    return activity | {"cc": note["cc"], "object": note}


def outbox(actor: OwnActor, posts: Sequence[OwnPost], total: int) -> Document:
    """Tell the latest posts of an actor, and how many there are."""
    counted = collection(own_address("outbox", slug=actor.organisation.slug), total)
    return counted | {"orderedItems": [create(post) for post in posts]}


def collection(address: str, total: int) -> Document:
    """Tell how many there are of something, and not which."""
    return {"id": address, "type": "OrderedCollection", "totalItems": total}


def webfinger(actor: OwnActor) -> Document:
    """Tell who looks for the handle of an actor where it is (RFC 7033)."""
    address = actor_address(actor)
    return {
        "subject": f"acct:{handle_of(actor.organisation.slug).removeprefix('@')}",
        "aliases": [address],
        "links": [
            {"rel": "self", "type": MEDIA_TYPE, "href": address},
            {
                "rel": "http://webfinger.net/rel/profile-page",
                "type": "text/html",
                "href": address,
            },
        ],
    }


def nodeinfo(*, actors: int, posts: int) -> Document:
    """Tell which program runs here, and how much is posted with it (NodeInfo 2.1)."""
    return {
        "version": "2.1",
        "software": {"name": "spreekruimte", "version": version("spreekruimte")},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "openRegistrations": False,
        "usage": {"users": {"total": actors}, "localPosts": posts},
        "metadata": {},
    }


def actor_address(actor: OwnActor) -> str:
    """Give what other servers know an actor of ours by."""
    return own_address("actor", slug=actor.organisation.slug)


def key_address(actor: OwnActor) -> str:
    """Give where the public key of an actor stands."""
    return f"{actor_address(actor)}#main-key"


def post_address(post: OwnPost) -> str:
    """Give what other servers know a post of ours by."""
    return own_address("post", slug=post.actor.organisation.slug, key=post.key)


def write_time(moment: datetime) -> str:
    """Write a moment as ActivityStreams does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def told_text(text: str, *, is_poll: bool, language: str) -> str:
    """Give the text of a post as it goes out: with a poll, that its counts are held back."""
    if not is_poll:
        return text
    with override(language):
        held_back = _("We show no counts until the end: until then each option has 0 votes.")
    return f"{text}\n\n{held_back}"


def _poll(post: OwnPost) -> Document:
    ends = post.takes_votes_until
    if ends is None:
        return {}
    # Held back until they may be told. Not left out: some servers pass over options without them.
    votes = [0] * len(post.options)
    poll: Document = {"endTime": write_time(ends)}
    if post.closed_at is not None and post.tally is not None:
        votes = post.tally["options"]
        poll |= {"closed": write_time(post.closed_at), "votersCount": sum(votes)}
    poll["oneOf"] = [
        {"type": "Note", "name": option, "replies": {"type": "Collection", "totalItems": count}}
        for option, count in zip(post.options, votes, strict=True)
    ]
    return poll


def _content(post: OwnPost) -> str:
    text = told_text(
        post.text, is_poll=post.is_poll and post.closed_at is None, language=post.language
    )
    paragraphs = [
        "<p>" + "<br>".join(escape(line) for line in paragraph.split("\n")) + "</p>"
        for paragraph in text.split("\n\n")
        if paragraph.strip()
    ]
    if post.address:
        link = escape(post.address)
        paragraphs.append(f'<p><a href="{link}">{link}</a></p>')
    return "".join(paragraphs)
