"""Why nothing came from elsewhere, each in a sentence for a reader."""

from __future__ import annotations

from spreekruimte.analysis.errors import InputError


class FetchError(InputError):
    """What was asked for could not be had, or may not be asked for.

    Attributes
    ----------
    code
        Which kind of trouble: ``address``, ``host``, ``private``, ``redirects``, ``status``,
        ``answer``, ``large`` or ``slow``.
    status
        What the server answered with, if that is the trouble; else 0.
    retry_after
        When the server wants to be asked again, as it says so; mostly empty.
    """

    def __init__(
        self, template: str, *, code: str, status: int = 0, retry_after: str = "", **values: object
    ) -> None:
        super().__init__(template, path=None, line=None, status=status, **values)
        self.code = code
        self.status = status
        self.retry_after = retry_after


def not_public(host: str) -> FetchError:
    """Tell that a host is not asked, since it may stand behind our own wall."""
    return FetchError("{host} is not a public address; it is not asked.", code="private", host=host)
