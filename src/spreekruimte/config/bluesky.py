"""Who is asked about accounts and threads on Bluesky.

``SPREEKRUIMTE_BLUESKY_DIRECTORY``
    Where the documents of accounts stand. Without it: that of the public network.
``SPREEKRUIMTE_BLUESKY_VIEW``
    Who puts threads together and counts, and knows names, for whoever asks. Without it: that of
    the public network. An organisation with a network of its own names its own here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

DIRECTORY = "SPREEKRUIMTE_BLUESKY_DIRECTORY"
VIEW = "SPREEKRUIMTE_BLUESKY_VIEW"


@dataclass(frozen=True, slots=True)
class Bluesky:
    """The origins of two services."""

    directory: str
    view: str


def choose_bluesky(environment: Mapping[str, str]) -> Bluesky:
    """Read who is asked.

    Raises
    ------
    ImproperlyConfigured
        If one of them is no origin with http or https.
    """
    return Bluesky(
        directory=_read_origin(environment, DIRECTORY, "https://plc.directory"),
        view=_read_origin(environment, VIEW, "https://public.api.bsky.app"),
    )


def _read_origin(environment: Mapping[str, str], name: str, usual: str) -> str:
    chosen = environment.get(name, "").strip().rstrip("/") or usual
    parts = urlsplit(chosen)
    if parts.scheme not in ("http", "https") or chosen != f"{parts.scheme}://{parts.netloc}":
        raise ImproperlyConfigured(f"{name} must be http:// or https:// with a host, no path")
    return chosen
