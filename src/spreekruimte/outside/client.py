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
LONGEST_VALIDATOR = 300

_REDIRECTS = (301, 302, 303, 307, 308)
# Other ways to pack can unfold a few bytes into more than memory holds, before anyone can count.
_PACKED = ("", "identity", "gzip", "deflate")
_HEADERS = {
    "User-Agent": "Spreekruimte (free software, EUPL-1.2)",
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate",
}


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


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server recognises what it sent: told back to it, it sends only what is new."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """As they are told back."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}


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
    validators
        By which the server recognises it.
    """

    address: str
    content: bytes
    media_type: str
    validators: Validators = Validators()


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
    found = fetch_if_changed(
        address,
        known=Validators(),
        most_bytes=most_bytes,
        seconds=seconds,
        allow_loopback=allow_loopback,
    )
    if found is None:
        # Nothing was told that could be unchanged.
        raise _bad_status(urlsplit(address).hostname or "", httpx.codes.NOT_MODIFIED)
    return found


def fetch_if_changed(
    address: str,
    *,
    known: Validators,
    most_bytes: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
    allow_loopback: bool = False,
) -> Fetched | None:
    """Fetch what stands at an address, unless it is what is known; None if it is.

    Parameters
    ----------
    known
        Of what was fetched last. The others are as with `fetch`.

    Raises
    ------
    FetchError
        As `fetch` does.
    """
    until = monotonic() + seconds
    for _redirect in range(MOST_REDIRECTS + 1):
        parts = _check(address, allow_loopback=allow_loopback)
        target = _choose_target(parts, until, allow_loopback=allow_loopback)
        allow_loopback = allow_loopback and target.is_loopback
        answer = _ask(parts, target, known, most_bytes, until)
        if not isinstance(answer, str):
            return answer
        address = answer
    raise FetchError("{address} leads on and on.", code="redirects", address=address)


def check_address(address: str) -> None:
    """Refuse an address that is never asked, without asking anything: no name is looked up.

    Raises
    ------
    FetchError
        If it is no plain address of the web, or names a host that is not public.
    """
    host = _check(address, allow_loopback=False).hostname or ""
    try:
        target = ip_address(host)
    except ValueError:
        if host != "localhost" and not host.endswith(".localhost") and "." in host:
            return
    else:
        if is_public(target):
            return
    raise _not_public(host)


def _check(address: str, *, allow_loopback: bool) -> SplitResult:
    """Refuse what is no plain address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise FetchError(
            "This is not an address on the web: {address}", code="address", address=address
        ) from None
    is_plain = parts.scheme in PORTS and parts.hostname and len(address) <= LONGEST_ADDRESS
    if not is_plain or parts.username or parts.password or not address.isprintable():
        raise FetchError(
            "This is not an address on the web: {address}", code="address", address=address
        )
    if port not in (None, *PORTS.values()) and not (allow_loopback and _names_loopback(parts)):
        raise FetchError("Only the usual ports are asked, not {port}.", code="address", port=port)
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
        raise FetchError("{host} cannot be found.", code="host", host=host) from None
    if allow_loopback and _names_loopback(parts):
        if all(address.is_loopback for address in found):
            # Servers at home mostly listen on IPv4 alone.
            return min(found, key=lambda address: address.version)
    elif found and all(map(is_public, found)):
        return found[0]
    raise _not_public(host)


def _not_public(host: str) -> FetchError:
    return FetchError("{host} is not a public address; it is not asked.", code="private", host=host)


def _bad_status(host: str, status: int, retry_after: str = "") -> FetchError:
    return FetchError(
        "{host} answers with status {status}.",
        code="status",
        status=status,
        retry_after=retry_after,
        host=host,
    )


def _ask(
    parts: SplitResult, target: IPAddress, known: Validators, most_bytes: int, until: float
) -> Fetched | str | None:
    """Ask the address that was checked; give what is new there, or where it sends on."""
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
                headers={"Host": _host_header(parts), **_HEADERS, **known.headers},
                extensions={"sni_hostname": host},
            ) as response,
        ):
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return urljoin(parts.geturl(), response.headers["location"])
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return None
            if response.status_code != httpx.codes.OK:
                again = response.headers.get("retry-after", "")
                raise _bad_status(host, response.status_code, again)
            content = _read(response, host, most_bytes, until)
    except FetchError:
        raise
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise FetchError(
            "{host} does not answer as it should: {reason}.",
            code="slow" if isinstance(error, httpx.TimeoutException) else "answer",
            host=host,
            reason=type(error).__name__,
        ) from error
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    validators = Validators(_validator(response, "etag"), _validator(response, "last-modified"))
    return Fetched(parts.geturl(), content, media_type, validators)


def _validator(response: httpx.Response, name: str) -> str:
    """Give a validator that can be told back, whatever a server made of it."""
    told: str = response.headers.get(name, "").strip()
    return told if told.isascii() and told.isprintable() and len(told) <= LONGEST_VALIDATOR else ""


def _read(response: httpx.Response, host: str, most_bytes: int, until: float) -> bytes:
    """Read the body piece by piece, so that nothing larger than allowed is ever held."""
    if response.headers.get("content-encoding", "").strip().lower() not in _PACKED:
        raise FetchError(
            "{host} packs what it sends in a way that was not asked for.", code="answer", host=host
        )
    content = bytearray()
    for piece in response.iter_bytes(chunk_size=65536):
        content += piece
        if len(content) > most_bytes:
            raise FetchError("What {host} sends is too large.", code="large", host=host)
        _left(until, host)
    return bytes(content)


def _left(until: float, host: str) -> float:
    """Return how many seconds are left; at least a little, or give up."""
    left = until - monotonic()
    if left <= 0:
        raise FetchError("{host} takes too long.", code="slow", host=host)
    return left


def _port_of(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _host_header(parts: SplitResult) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if parts.port is None else f"{host}:{parts.port}"
