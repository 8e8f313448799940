"""Which server an address leads to, and whether it may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from spreekruimte.outside.addresses import IPAddress, is_public, resolve
from spreekruimte.outside.problems import FetchError, not_public

PORTS = {"http": 80, "https": 443}
LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Leave:
    """Which hosts may be asked although they are not public.

    Attributes
    ----------
    loopback
        Whether this machine may, named as ``localhost`` or by its loopback address.
    hosts
        Servers that the operator trusts, each as ``host:port``.
    """

    loopback: bool = False
    hosts: frozenset[str] = frozenset()

    def covers(self, parts: SplitResult) -> bool:
        """Tell whether this host may be asked whatever its address."""
        if f"{parts.hostname}:{port_of(parts)}" in self.hosts:
            return True
        return self.loopback and _names_loopback(parts)


NO_LEAVE = Leave()


def check_address(address: str, leave: Leave = NO_LEAVE) -> None:
    """Refuse an address that is never asked, without asking anything: no name is looked up.

    Parameters
    ----------
    leave
        Which hosts may be asked although they are not public.

    Raises
    ------
    FetchError
        If it is no plain address of the web, or names a host that is not public.
    """
    parts = check_plain(address, leave)
    host = parts.hostname or ""
    if leave.covers(parts):
        return
    try:
        target = ip_address(host)
    except ValueError:
        if host != "localhost" and not host.endswith(".localhost") and "." in host:
            return
    else:
        if is_public(target):
            return
    raise not_public(host)


def check_plain(address: str, leave: Leave) -> SplitResult:
    """Refuse what is no plain address of the web; give its parts."""
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
    if port not in (None, *PORTS.values()) and not leave.covers(parts):
        raise FetchError("Only the usual ports are asked, not {port}.", code="address", port=port)
    return parts


def choose_target(parts: SplitResult, seconds: float, leave: Leave) -> IPAddress:
    """Find the one address to ask; refuse the host if any of its addresses is not public."""
    host = parts.hostname or ""
    try:
        found = resolve(host, port_of(parts), seconds)
    except OSError:
        raise FetchError("{host} cannot be found.", code="host", host=host) from None
    is_trusted = f"{host}:{port_of(parts)}" in leave.hosts
    if found and leave.covers(parts):
        if is_trusted or all(address.is_loopback for address in found):
            # Servers at home mostly listen on IPv4 alone.
            return min(found, key=lambda address: address.version)
    elif found and all(map(is_public, found)):
        return found[0]
    raise not_public(host)


def port_of(parts: SplitResult) -> int:
    """Give the port that is asked."""
    return parts.port or PORTS[parts.scheme]


def host_header(parts: SplitResult) -> str:
    """Give the host as it is told to the server."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if parts.port is None else f"{host}:{parts.port}"


def _names_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
