"""Read a post by its address, from whichever network it is of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from spreekruimte.channels.importing.posts import NotForImportError, ReadPost
from spreekruimte.channels.importing.reading_bluesky import is_of_bluesky, read_bluesky
from spreekruimte.channels.importing.reading_mastodon import is_of_mastodon, read_mastodon
from spreekruimte.channels.network import NetworkError


def read_post(address: str) -> ReadPost:
    """Read a post at the server where it stands.

    Raises
    ------
    NotForImportError
        If it is not there, not meant to be taken over, or its server cannot be asked now.
    """
    try:
        if is_of_bluesky(address):
            return read_bluesky(address)
        if is_of_mastodon(address):
            return read_mastodon(address)
    except NetworkError as error:
        raise NotForImportError(
            _("The server of this post does not answer now. Try again later.")
        ) from error
    raise NotForImportError(
        _(
            "This is not the address of a post on Mastodon or Bluesky. Of other networks, only "
            "what you describe yourself can become a case."
        )
    )
