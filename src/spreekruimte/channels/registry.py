"""Which networks there are, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from spreekruimte.channels.bluesky.network import Bluesky
from spreekruimte.channels.fediverse.network import Fediverse
from spreekruimte.channels.mastodon.network import Mastodon
from spreekruimte.channels.network import Network

_NETWORKS: tuple[Network, ...] = (Mastodon(), Fediverse(), Bluesky())

NETWORKS: Mapping[str, Network] = MappingProxyType({each.name: each for each in _NETWORKS})
