"""Write a post so that it can be kept with its act, and read it again: the same for each try."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from spreekruimte.channels.models import Act
from spreekruimte.channels.network import Card, Post

# What its act keeps by itself, or in another form.
_APART = {"key", "made_at", "closes_at", "options", "card"}


def write_post(post: Post) -> dict[str, Any]:
    """Give what an act keeps of a post as JSON; its picture is kept beside it."""
    plain = {name: getattr(post, name) for name in Post.__dataclass_fields__ if name not in _APART}
    card = post.card
    return plain | {
        "options": list(post.options),
        "closes_at": post.closes_at.isoformat() if post.closes_at else None,
        "card": card
        and {
            "title": card.title,
            "description": card.description,
            "alternative": card.alternative,
        },
    }


def read_post(act: Act) -> Post:
    """Give the post of an act."""
    kept = dict(act.post)
    closes_at, card = kept.pop("closes_at"), kept.pop("card")
    return Post(
        **{**kept, "options": tuple(kept["options"])},
        key=act.key,
        made_at=act.ordered_at,
        closes_at=datetime.fromisoformat(closes_at) if closes_at else None,
        card=Card(picture=bytes(act.picture), **card) if card else None,
    )
