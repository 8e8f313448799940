"""Fetch what stands at an address on the internet, as a stranger might have written it.

Everything that is fetched from elsewhere goes through `fetch`. It asks public addresses only, each
host at the very address that was checked, follows at most three redirects and checks each, and
gives up on what is too large or takes too long. It sends no cookies and no credentials, and uses no
proxy of the environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from spreekruimte.analysis.errors import InputError
from spreekruimte.outside.addresses import IPAddress, is_public, resolve

MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 30.0
MOST_REDIRECTS = 3
CONNECT_SECONDS = 10.0
PORTS = {"http": 80, "https": 443}
LONGEST_ADDRESS = 2000

_REDIRECTS = (301, 302, 303, 307, 308)
# Other ways to pack can unfold a few bytes into more than memory holds, before anyone can count.
_PACKED = ("", "identity", "gzip", "deflate")
_HEADERS = {
    "User-Agent": "Spreekruimte (free software, EUPL-1.2)",
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate",
}


class FetchError(InputError):
    """What was asked for could not be had, or may not be asked for."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found.

    Attributes
    ----------
    address
        Where, after redirects.
    content
        The body, unpacked.
    media_type
        As the server says, in lower case and without parameters; may be empty.
    """

    address: str
    content: bytes
    media_type: str


def fetch(
    address: str,
    *,
    most_bytes: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
    allow_loopback: bool = False,
) -> Fetched:
    """Fetch what stands at an address.

    Parameters
    ----------
    address
        With ``http`` or ``https``.
    most_bytes
        Most that the body may hold, unpacked.
    seconds
        Most that everything together may take.
    allow_loopback
        Whether whoever asks may name this machine, as ``localhost`` or by its loopback address.
        Only for an address that the person at the command line typed; a redirect to this machine
        is followed only from this machine.

    Raises
    ------
    FetchError
        In all other cases; the message is a sentence for a reader.
    """
    until = monotonic() + seconds
    for _redirect in range(MOST_REDIRECTS + 1):
        parts = _check(address, allow_loopback=allow_loopback)
        target = _choose_target(parts, until, allow_loopback=allow_loopback)
        allow_loopback = allow_loopback and target.is_loopback
        answer = _ask(parts, target, most_bytes, until)
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(address, answer)
    raise FetchError("{address} leads on and on.", address=address)


def _check(address: str, *, allow_loopback: bool) -> SplitResult:
    """Refuse what is no plain address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise FetchError("This is not an address on the web: {address}", address=address) from None
    is_plain = parts.scheme in PORTS and parts.hostname and len(address) <= LONGEST_ADDRESS
    if not is_plain or parts.username or parts.password or not address.isprintable():
        raise FetchError("This is not an address on the web: {address}", address=address)
    if port not in (None, *PORTS.values()) and not (allow_loopback and _names_loopback(parts)):
        raise FetchError("Only the usual ports are asked, not {port}.", port=port)
    return parts


def _names_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _choose_target(parts: SplitResult, until: float, *, allow_loopback: bool) -> IPAddress:
    """Find the one address to ask; refuse the host if any of its addresses is not public."""
    host = parts.hostname or ""
    try:
        found = resolve(host, _port_of(parts), min(CONNECT_SECONDS, _left(until, host)))
    except OSError:
        raise FetchError("{host} cannot be found.", host=host) from None
    if allow_loopback and _names_loopback(parts):
        if all(address.is_loopback for address in found):
            # Servers at home mostly listen on IPv4 alone.
            return min(found, key=lambda address: address.version)
    elif found and all(map(is_public, found)):
        return found[0]
    raise FetchError("{host} is not a public address; it is not asked.", host=host)


def _ask(parts: SplitResult, target: IPAddress, most_bytes: int, until: float) -> Fetched | str:
    """Ask the address that was checked; give what it has, or where it sends on."""
    host = parts.hostname or ""
    shown = f"[{target}]" if target.version == 6 else str(target)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    address = f"{parts.scheme}://{shown}:{_port_of(parts)}{path}"
    limit = httpx.Timeout(_left(until, host), connect=min(CONNECT_SECONDS, _left(until, host)))
    try:
        with (
            httpx.Client(trust_env=False, timeout=limit, follow_redirects=False) as client,
            client.stream(
                "GET",
                address,
                headers={"Host": _host_header(parts), **_HEADERS},
                extensions={"sni_hostname": host},
            ) as response,
        ):
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return response.headers["location"]
            if response.status_code != httpx.codes.OK:
                raise FetchError(
                    "{host} answers with status {status}.", host=host, status=response.status_code
                )
            content = _read(response, host, most_bytes, until)
    except FetchError:
        raise
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise FetchError(
            "{host} does not answer as it should: {reason}.",
            host=host,
            reason=type(error).__name__,
        ) from error
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(parts.geturl(), content, media_type)


def _read(response: httpx.Response, host: str, most_bytes: int, until: float) -> bytes:
    """Read the body piece by piece, so that nothing larger than allowed is ever held."""
    if response.headers.get("content-encoding", "").strip().lower() not in _PACKED:
        raise FetchError("{host} packs what it sends in a way that was not asked for.", host=host)
    content = bytearray()
    for piece in response.iter_bytes(chunk_size=65536):
        content += piece
        if len(content) > most_bytes:
            raise FetchError("What {host} sends is too large.", host=host)
        _left(until, host)
    return bytes(content)


def _left(until: float, host: str) -> float:
    """Return how many seconds are left; at least a little, or give up."""
    left = until - monotonic()
    if left <= 0:
        raise FetchError("{host} takes too long.", host=host)
    return left


def _port_of(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _host_header(parts: SplitResult) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if parts.port is None else f"{host}:{parts.port}"
