"""What somebody did elsewhere, as it arrives, and whether it concerns us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spreekruimte.channels.fediverse.addresses import host_of, parts_of
from spreekruimte.channels.fediverse.remote import identifier_of, read_document
from spreekruimte.channels.origins import find_origin

NAME = "fediverse"
"""Of this network, in the registry."""
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
    def answered(self) -> str:
        """The address of what is answered by it; empty where nothing is."""
        return identifier_of(self.thing.get("inReplyTo"))

    @property
    def key_of_post(self) -> str:
        """The key of the post of ours that is answered by it; empty where none is."""
        parts = parts_of(self.answered, "post")
        return parts["key"] if parts else ""

    @property
    def is_farewell(self) -> bool:
        """Whether the account says that it is gone."""
        return self.kind == "Delete" and self.thing_id == self.account


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


def is_vote(activity: Activity) -> bool:
    """Tell whether it is a choice in a poll: a note with a name that answers a post of ours.

    What else it says does not matter: some servers add an empty text.
    """
    has_name = isinstance(activity.thing.get("name"), str)
    return activity.kind == "Create" and has_name and bool(activity.key_of_post)


def concerns_us(activity: Activity) -> bool:
    """Tell whether anything can follow here from an activity."""
    match activity.kind:
        case "Follow" | "Block":
            return parts_of(activity.thing_id, "actor") is not None
        case "Undo":
            followed = identifier_of(activity.thing.get("object"))
            is_follow = activity.thing.get("type") == "Follow"
            return is_follow and parts_of(followed, "actor") is not None
        case "Create":
            return _is_own_note(activity) and (
                bool(activity.key_of_post) or _is_known(activity.answered)
            )
        case "Update":
            return _is_own_note(activity) and _is_known(activity.thing_id)
        case "Delete":
            return activity.is_farewell or _is_known(activity.thing_id)
        case _:
            return False


def _is_own_note(activity: Activity) -> bool:
    """Tell whether it is about something that its own account wrote."""
    author = identifier_of(activity.thing.get("attributedTo"))
    return activity.thing.get("type") in _NOTES and author == activity.account


def _is_known(note: str) -> bool:
    """Tell whether a note of somebody else is in a dialogue here."""
    return bool(note) and find_origin(network=NAME, server="", identifier=note) is not None
