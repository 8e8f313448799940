"""The one guarded way to fetch from elsewhere."""

from spreekruimte.outside.client import (
    Fetched,
    FetchError,
    Validators,
    check_address,
    fetch,
    fetch_if_changed,
)

__all__ = ["FetchError", "Fetched", "Validators", "check_address", "fetch", "fetch_if_changed"]
