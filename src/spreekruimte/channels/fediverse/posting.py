"""What our actors post: made once, told to who follows, and taken back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from spreekruimte.ballots.pseudonyms import KEY_BYTES
from spreekruimte.channels.fediverse.delivering import order_deliveries
from spreekruimte.channels.fediverse.documents import create, delete, mention, with_context
from spreekruimte.channels.fediverse.following import inboxes_of_followers
from spreekruimte.channels.fediverse.models import OwnActor, OwnPost
from spreekruimte.channels.models import Publication
from spreekruimte.channels.network import Post


@transaction.atomic
def make_post(
    *,
    actor: OwnActor,
    post: Post,
    publication: Publication | None,
    answered: tuple[str, str] | None = None,
) -> OwnPost:
    """Post something, once for each key, and have followers told.

    Parameters
    ----------
    answered
        Of somebody who is answered: account and inbox. Neither is kept with the post.
    """
    made, is_new = OwnPost.objects.get_or_create(
        key=post.key,
        defaults={
            "actor": actor,
            "publication": publication,
            "text": post.text,
            "address": post.address,
            "language": post.language,
            "reply_to": post.reply_to,
            "is_quiet": post.is_quiet,
            "published_at": post.made_at,
            "options": list(post.options),
            "closes_at": post.closes_at,
            "vote_key": secrets.token_bytes(KEY_BYTES) if post.options else b"",
        },
    )
    if is_new:
        _tell(made, answered, post.made_at)
    return made


@transaction.atomic
def withdraw_post(*, post: OwnPost, now: datetime) -> None:
    """Take a post back; done again, it changes nothing."""
    held = OwnPost.objects.select_for_update(of=("self",)).select_related("actor__organisation")
    found = held.get(pk=post.pk)
    if found.withdrawn_at is not None:
        return
    found.withdrawn_at, found.text = now, ""
    found.save(update_fields=["withdrawn_at", "text"])
    _order(found, with_context(delete(found)), inboxes_of_followers(found.actor), now)


def _tell(post: OwnPost, answered: tuple[str, str] | None, now: datetime) -> None:
    activity = create(post)
    inboxes = inboxes_of_followers(post.actor)
    if answered is not None:
        account, inbox = answered
        _order(post, with_context(mention(activity, account)), [inbox], now)
        inboxes = [each for each in inboxes if each != inbox]
    _order(post, with_context(activity), inboxes, now)


def _order(
    post: OwnPost, activity: dict[str, object], inboxes: Sequence[str], now: datetime
) -> None:
    order_deliveries(actor=post.actor, activity=activity, inboxes=inboxes, now=now)
