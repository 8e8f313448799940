"""What a server of Mastodon takes, as it says itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache

from spreekruimte.channels.network import NotTakenError
from spreekruimte.channels.turns import ask_in_turn, need_good_or_gone, read_json
from spreekruimte.outside import Message

KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a post may be, and of what shape a poll; those of Mastodon itself by default."""

    characters: int = 500
    characters_of_address: int = 23
    options: int = 4
    characters_of_option: int = 50
    shortest_poll: timedelta = timedelta(minutes=5)
    longest_poll: timedelta = timedelta(seconds=2629746)


def read_limits(server: str) -> Limits:
    """Ask a server for its limits, at most once an hour.

    Raises
    ------
    NetworkError
        If it cannot be asked now.
    """
    name = f"channels.limits.{sha256(server.encode()).hexdigest()}"
    kept: Limits | None = cache.get(name)
    if kept is not None:
        return kept
    limits = to_limits(_read_configuration(server))
    cache.set(name, limits, KEPT_SECONDS)
    return limits


def to_limits(configuration: dict[str, Any]) -> Limits:
    """Read the limits that are told; those of Mastodon where they are not, or are no numbers."""
    usual = Limits()
    statuses, polls = _part(configuration, "statuses"), _part(configuration, "polls")
    return Limits(
        characters=_number(statuses, "max_characters", usual.characters),
        characters_of_address=_number(
            statuses, "characters_reserved_per_url", usual.characters_of_address
        ),
        options=_number(polls, "max_options", usual.options),
        characters_of_option=_number(
            polls, "max_characters_per_option", usual.characters_of_option
        ),
        shortest_poll=_seconds(polls, "min_expiration", usual.shortest_poll),
        longest_poll=_seconds(polls, "max_expiration", usual.longest_poll),
    )


def _read_configuration(server: str) -> dict[str, Any]:
    """Read what the newer interface tells, or else the older one."""
    for version in ("v2", "v1"):
        message = Message(headers={"Accept": "application/json"})
        answer = need_good_or_gone(ask_in_turn(f"{server}/api/{version}/instance", message))
        if answer.is_good:
            return _part(read_json(answer), "configuration")
    raise NotTakenError(f"{server} does not offer the interface of Mastodon.")


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _number(part: dict[str, Any], name: str, usual: int) -> int:
    told = part.get(name)
    return told if isinstance(told, int) and 0 < told < 10_000_000 else usual


def _seconds(part: dict[str, Any], name: str, usual: timedelta) -> timedelta:
    return timedelta(seconds=_number(part, name, int(usual.total_seconds())))
