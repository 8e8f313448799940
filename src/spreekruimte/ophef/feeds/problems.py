"""Why a feed could not be had or read, as a code that is kept and a sentence that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.outside import FetchError

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "address": _("The address leads to something that is not an address on the web."),
        "host": _("There is no server at this address."),
        "private": _("The address leads to a private network. We do not ask there."),
        "redirects": _("The address leads on and on to other addresses."),
        "answer": _("The server does not answer as it should."),
        "large": _("The feed is too large. Nothing of it was read."),
        "slow": _("The server takes too long."),
        "gone": _("There is nothing at this address (any more)."),
        "no_access": _("The server gives us no access."),
        "busy": _("The server asks us to come back later."),
        "server": _("The server has a problem of its own."),
        "status": _("The server answers in a way that we cannot use."),
        "entities": _("The feed holds code that can do harm (entities). Nothing of it was read."),
        "index": _("This is a list of sitemaps. Add the news sitemap that stands in it."),
        "not_a_feed": _("What stands at this address is not a feed."),
        "cut_short": _("The feed has a fault. What stands before the fault was read."),
    }
)


class FeedError(ValueError):
    """What was fetched is no feed that can be read.

    Attributes
    ----------
    code
        One of `SENTENCES`.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def code_of(error: FetchError) -> str:
    """Give the code for what went wrong with fetching."""
    if error.code != "status":
        return error.code
    if error.status in (404, 410):
        return "gone"
    if error.status in (401, 403):
        return "no_access"
    if error.status in (429, 503):
        return "busy"
    return "server" if error.status >= 500 else "status"
