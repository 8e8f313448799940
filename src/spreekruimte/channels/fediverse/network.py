"""The fediverse as a network of the channels: what goes out is posted by an actor of ours.

Nobody has to be asked to let us in. A post is there as soon as it is stored; followers are told by
deliveries of their own, and what becomes of it arrives in the inbox.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from spreekruimte.channels.fediverse.activities import NAME
from spreekruimte.channels.fediverse.actors import find_actor
from spreekruimte.channels.fediverse.addresses import parts_of
from spreekruimte.channels.fediverse.documents import post_address, told_text
from spreekruimte.channels.fediverse.models import LONGEST_OPTION, OwnActor, OwnPost
from spreekruimte.channels.fediverse.posting import make_post, withdraw_post
from spreekruimte.channels.fediverse.remote import (
    RemoteError,
    Signer,
    fetch_document,
    fetch_inbox,
    identifier_of,
)
from spreekruimte.channels.fediverse.replying import is_public
from spreekruimte.channels.models import Act, Origin, Publication
from spreekruimte.channels.network import (
    Connection,
    NotTakenError,
    Post,
    Preview,
    Reading,
    Sent,
    SignedOutError,
    TryLaterError,
)

MOST_CHARACTERS = 1000
"""Our own limit: the network has none, and few read more."""
MOST_OPTIONS = 10


class Fediverse:
    """Our own actors, which servers of the fediverse follow."""

    name = NAME

    def preview(self, connection: Connection, post: Post) -> Preview:  # noqa: ARG002
        """Say exactly what would be posted, and whether it fits."""
        text = _whole_text(post)
        return Preview(
            text=text,
            length=len(text),
            most=MOST_CHARACTERS,
            unit="characters",
            options=post.options,
            problems=tuple(_problems(text, post)),
        )

    def publish(self, connection: Connection, post: Post) -> Sent:
        """Post it, once for each key; raises NetworkError."""
        actor = _actor_of(connection)
        text = _whole_text(post)
        if problems := _problems(text, post):
            raise NotTakenError(problems[0])
        made = make_post(
            actor=actor,
            post=post,
            publication=_publication_of(post.key),
            answered=_find_answered(post.reply_to, actor),
        )
        return _sent(made)

    def find(self, connection: Connection, post: Post) -> Sent | None:  # noqa: ARG002
        """Look whether it was posted already."""
        made = OwnPost.objects.select_related("actor__organisation").filter(key=post.key).first()
        return _sent(made) if made else None

    def withdraw(self, connection: Connection, identifier: str) -> None:  # noqa: ARG002
        """Take a post of ours away; one that is gone is no error."""
        post = _find_post(identifier)
        if post is not None:
            withdraw_post(post=post, now=timezone.now())

    def read(self, connection: Connection, identifier: str) -> Reading:  # noqa: ARG002
        """Tell what became of a post; counts of its poll only once they may be told.

        Replies arrive in the inbox, and are in the dialogue already.
        """
        post = _find_post(identifier)
        if post is None or post.withdrawn_at is not None:
            return Reading(is_gone=True)
        replies = Origin.objects.filter(
            network=NAME, publication=post.publication, publication__isnull=False
        ).exclude(identifier="")
        tally = tuple(post.tally["options"]) if post.tally else None
        return Reading(counts={"replies": replies.count()}, tally=tally)

    def still_there(self, connection: Connection, identifiers: Sequence[str]) -> set[str]:
        """Give which of these replies are still there and may still be shown.

        One whose server is away stays: nobody says that it is gone.
        """
        signer = Signer(_actor_of(connection), timezone.now())
        return {each for each in identifiers if _is_there(each, signer)}


def _whole_text(post: Post) -> str:
    told = told_text(post.text, is_poll=bool(post.options), language=post.language)
    return "\n\n".join(part for part in (told, post.address) if part)


def _problems(text: str, post: Post) -> list[str]:
    problems = []
    if len(text) > MOST_CHARACTERS:
        problems.append(
            _("The text has %(length)d characters; at most %(most)d fit.")
            % {"length": len(text), "most": MOST_CHARACTERS}
        )
    if post.options and not 2 <= len(set(post.options)) == len(post.options) <= MOST_OPTIONS:
        problems.append(
            _("A poll has two to %(most)d options that differ.") % {"most": MOST_OPTIONS}
        )
    if any(not 1 <= len(option) <= LONGEST_OPTION for option in post.options):
        problems.append(
            _("An option of a poll has at most %(most)d characters.") % {"most": LONGEST_OPTION}
        )
    if post.options and (post.closes_at is None or post.closes_at <= post.made_at):
        problems.append(_("A poll ends after it begins."))
    return problems


def _actor_of(connection: Connection) -> OwnActor:
    actor = find_actor(connection.identifier)
    if actor is None:
        raise SignedOutError(_("There is no such actor here."))
    return actor


def _publication_of(key: str) -> Publication | None:
    act = Act.objects.select_related("publication").filter(key=key).first()
    return act.publication if act else None


def _find_post(identifier: str) -> OwnPost | None:
    parts = parts_of(identifier, "post")
    found = OwnPost.objects.select_related("actor__organisation", "publication")
    return found.filter(key=parts["key"]).first() if parts else None


def _sent(post: OwnPost) -> Sent:
    return Sent(post_address(post), post_address(post))


def _find_answered(reply_to: str, actor: OwnActor) -> tuple[str, str] | None:
    """Find who is answered, and where they are told of it; nobody where it is ourselves."""
    if not reply_to or parts_of(reply_to, "post") is not None:
        return None
    signer = Signer(actor, timezone.now())
    try:
        note = fetch_document(reply_to, signer)
        account = identifier_of(note.get("attributedTo"))
        return account, fetch_inbox(account, signer)
    except RemoteError as error:
        if error.may_help_later:
            raise TryLaterError(str(error)) from error
        raise NotTakenError(str(error)) from error


def _is_there(identifier: str, signer: Signer) -> bool:
    try:
        return is_public(fetch_document(identifier, signer))
    except RemoteError as error:
        return error.may_help_later
