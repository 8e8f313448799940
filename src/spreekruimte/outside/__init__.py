"""The one guarded way to fetch from elsewhere."""

from spreekruimte.outside.client import Fetched, Validators, fetch, fetch_if_changed
from spreekruimte.outside.exchanging import Message
from spreekruimte.outside.problems import FetchError
from spreekruimte.outside.sending import Answer, send
from spreekruimte.outside.targets import Leave, check_address

__all__ = [
    "Answer",
    "FetchError",
    "Fetched",
    "Leave",
    "Message",
    "Validators",
    "check_address",
    "fetch",
    "fetch_if_changed",
    "send",
]
