"""Ask a server for something, or bring it something, and read its answer whatever it says.

As guarded as `spreekruimte.outside.client.fetch`; but any answer is an answer, and a redirect is
not followed: what is signed, or is sent to one server, is for that server alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from spreekruimte.outside.exchanging import Message, exchange, read_body
from spreekruimte.outside.targets import NO_LEAVE, Leave, check_plain

MOST_BYTES = 1024 * 1024
MOST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes
    ----------
    headers
        By name in lower case.
    content
        The body, unpacked.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_good(self) -> bool:
        """Whether the server did what it was asked for."""
        return 200 <= self.status < 300


def send(
    address: str,
    message: Message = Message(),  # noqa: B008 - it cannot change
    *,
    leave: Leave = NO_LEAVE,
    most_bytes: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
) -> Answer:
    """Send a message to an address and give the answer.

    Parameters
    ----------
    address
        With ``http`` or ``https``.
    leave
        Which hosts may be asked although they are not public.
    most_bytes
        Most that the answer may hold, unpacked.
    seconds
        Most that everything together may take.

    Raises
    ------
    FetchError
        If the address may not be asked, or no whole answer came within the limits. Whether the
        server carried out what it was asked for is then unknown.
    """
    until = monotonic() + seconds
    parts = check_plain(address, leave)
    with exchange(parts, message, until=until, leave=leave) as response:
        content = read_body(response, parts.hostname or "", most_bytes=most_bytes, until=until)
        return Answer(response.status_code, dict(response.headers), content)
