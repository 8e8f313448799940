from tests.channels.bluesky.connecting import network

__all__ = ["network"]
