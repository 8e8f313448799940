"""The one guarded way to fetch from elsewhere."""

from spreekruimte.outside.client import Fetched, FetchError, fetch

__all__ = ["FetchError", "Fetched", "fetch"]
