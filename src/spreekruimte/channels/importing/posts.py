"""A post as it is taken over: what it says and what came of it, and nothing of who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from spreekruimte.organisations.refusals import RefusedError

MOST_ANSWERS = 200


class NotForImportError(RefusedError):
    """Who wrote the post does not want it taken over, or nobody can read it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to the post, without who gave it.

    Attributes
    ----------
    key
        What tells it from other answers of its network. It is never stored as it is.
    """

    key: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A post without whose it is.

    Attributes
    ----------
    counts
        Of ``replies``, ``shares``, ``likes`` and ``quotes``, as far as they are told.
    answers
        As far as everybody may see them, the oldest first.
    is_answer
        Whether it answers another post.
    is_unsearchable
        Whether who wrote it did not choose to be found by searching in public posts.
    """

    network: str
    text: str
    language: str
    at: datetime
    counts: Mapping[str, int]
    answers: tuple[Answered, ...]
    is_answer: bool
    is_unsearchable: bool = False


def not_there() -> NotForImportError:
    """Say that there is no such post, or no more, or none that everybody may read.

    A server that hides a post says the same of it as of one that it does not have.
    """
    return NotForImportError(
        _("There is no such post, or not everybody may read it, or no more. Then it is no case.")
    )


def only_signed_in() -> NotForImportError:
    """Say that the server shows the post to nobody who is not signed in."""
    return NotForImportError(
        _(
            "The server of this post shows it only to who is signed in there. We read what "
            "everybody can read, so it is not taken over. Ask who wrote it to bring it in as an "
            "own case."
        )
    )


def not_wanted() -> NotForImportError:
    """Say that who wrote it does not want it to be found by everybody."""
    return NotForImportError(
        _(
            "Who wrote this asks not to be found or shown to everybody. We honour that: it is not "
            "taken over. Ask them to bring it in as an own case."
        )
    )
