"""What somebody elsewhere does with a post of ours, brought to the inbox and dealt with."""

from __future__ import annotations

from typing import Any

from tests.channels.fediverse.elsewhere import Elsewhere, bring, do
from tests.channels.fediverse.posted import LATER

from spreekruimte.channels.fediverse.documents import post_address
from spreekruimte.channels.fediverse.handling import process_arrivals
from spreekruimte.channels.fediverse.models import FederatedVote, OwnPost


def vote(
    there: Elsewhere, voter: str, post: OwnPost, option: str, which: str = "v", **changes: object
) -> dict[str, Any]:
    told = {"name": option, "inReplyTo": post_address(post), **changes}
    return do("Create", voter, there.note(voter, which, **told), which)


def reply(
    there: Elsewhere, author: str, post: OwnPost, which: str = "r", **changes: object
) -> dict[str, Any]:
    told = {"content": "<p>Dit <b>mag</b>.</p>", "inReplyTo": post_address(post), **changes}
    return do("Create", author, there.note(author, which, **told), which)


def take(activity: dict[str, Any], *, key: int = 0) -> None:
    assert bring(activity, key=key).status_code == 202
    process_arrivals(now=LATER)


def chosen(post: OwnPost) -> list[int]:
    return sorted(FederatedVote.objects.filter(post=post).values_list("choice", flat=True))
