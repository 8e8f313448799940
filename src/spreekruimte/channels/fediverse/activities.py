"""What somebody did elsewhere, as it arrives, and whether it concerns us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spreekruimte.channels.fediverse.addresses import host_of, parts_of
from spreekruimte.channels.fediverse.remote import identifier_of, read_document

_NOTES = ("Note", "Article", "Page")


class ActivityError(ValueError):
    """What arrived is no activity of the account that it says it is of."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that an account did.

    Attributes
    ----------
    account
        Whose it says it is, until its signature is checked.
    document
        All of it.
    """

    kind: str
    account: str = field(repr=False)
    document: Mapping[str, Any] = field(repr=False)

    @property
    def thing(self) -> Mapping[str, Any]:
        """What it was done with or to, where that came as a whole; else empty."""
        thing = self.document.get("object")
        return thing if isinstance(thing, dict) else {}

    @property
    def thing_id(self) -> str:
        """The address of what it was done to."""
        return identifier_of(self.document.get("object"))

    @property
    def key_of_post(self) -> str:
        """The key of the post of ours that is answered by it; empty where none is."""
        parts = parts_of(identifier_of(self.thing.get("inReplyTo")), "post")
        return parts["key"] if parts else ""


def read_activity(body: bytes) -> Activity:
    """Read an activity.

    Raises
    ------
    MalformedError
        If it is no JSON object.
    ActivityError
        If it does not say what it is and whose, or is about something of another server.
    """
    document = read_document(body)
    kind, account = document.get("type"), identifier_of(document.get("actor"))
    host = host_of(account)
    if not isinstance(kind, str) or not host:
        raise ActivityError("This is no activity of an account.")
    if host_of(identifier_of(document)) != host:
        raise ActivityError("The activity is not of the server of its account.")
    activity = Activity(kind, account, document)
    if kind in ("Create", "Update", "Delete") and host_of(activity.thing_id) != host:
        raise ActivityError("What it is about is not of the server of its account.")
    return activity


def concerns_us(activity: Activity) -> bool:
    """Tell whether anything follows here from an activity, as far as it says itself."""
    match activity.kind:
        case "Follow" | "Block":
            return parts_of(activity.thing_id, "actor") is not None
        case "Undo":
            return activity.thing.get("type") == "Follow" and _is_ours(activity.thing)
        case "Create":
            return _is_own_note(activity) and bool(activity.key_of_post)
        case "Update":
            return _is_own_note(activity)
        case "Delete":
            return True
        case _:
            return False


def _is_own_note(activity: Activity) -> bool:
    """Tell whether it is about something that its own account wrote."""
    author = identifier_of(activity.thing.get("attributedTo"))
    return activity.thing.get("type") in _NOTES and author == activity.account


def _is_ours(follow: Mapping[str, Any]) -> bool:
    return parts_of(identifier_of(follow.get("object")), "actor") is not None
