"""Keep where a message came from, and find the message again by it.

Rows are written by who receives messages: every network, the fediverse and Webmention alike. What
leads back is encrypted, and found by a keyed digest.
"""

from __future__ import annotations

from datetime import datetime

from spreekruimte.channels.models import Origin, Publication
from spreekruimte.dialogue.models import Message
from spreekruimte.organisations.accounts.encryption import (
    decrypt_secret,
    digests_of,
    encrypt_secret,
)

PURPOSE = "origins of messages"


def keep_origin(
    *,
    message: Message,
    network: str,
    server: str,
    identifier: str,
    text: str,
    publication: Publication | None,
    now: datetime,
) -> Origin:
    """Keep where a message came from; within the transaction in which it is received.

    Parameters
    ----------
    server
        Whose identifier it is; empty where the identifier is an address itself.
    text
        As it was read, before anything was left out: a change of it is noticed by this.
    """
    return Origin.objects.create(
        message=message,
        network=network,
        server=server,
        publication=publication,
        digest=_name(network, server, identifier)[0],
        identifier=encrypt_secret(identifier, purpose=PURPOSE),
        text_digest=digest_text(text)[0],
        checked_at=now,
    )


def find_origin(*, network: str, server: str, identifier: str) -> Origin | None:
    """Find where what a network knows by an identifier was kept, also when it was erased since."""
    found = Origin.objects.filter(digest__in=_name(network, server, identifier))
    return found.select_related("message__case").first()


def identifier_of(origin: Origin) -> str:
    """Give what the network knows a message by; empty once it was erased."""
    return decrypt_secret(origin.identifier, purpose=PURPOSE) if origin.identifier else ""


def digest_text(text: str) -> list[str]:
    """Give digests by which a text is known again; the first is the one to keep."""
    return digests_of(text, purpose=PURPOSE)


def forget_way_back(*, origin: Origin) -> None:
    """Let nothing lead back from an erased message. The digest stays: it is not received again."""
    origin.identifier = origin.text_digest = ""
    origin.save(update_fields=["identifier", "text_digest"])


def _name(network: str, server: str, identifier: str) -> list[str]:
    return digests_of(f"{network} {server} {identifier}", purpose=PURPOSE)
