"""Which addresses may be asked: those of the public internet, and no other."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLateError
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPAddress = IPv4Address | IPv6Address

# IPv4 behind a translator: the address in its last 32 bits is the one that is reached.
_TRANSLATED = ip_network("64:ff9b::/96")


def resolve(host: str, port: int, seconds: float) -> list[IPAddress]:
    """Return the addresses of a host, in the order in which to try them.

    Raises
    ------
    OSError
        If there are none, or finding them takes longer than that.
    """
    # The resolver knows no time limit; a thread that waits for it does not hold up anybody.
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        found = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        answers = found.result(timeout=seconds)
    except TooLateError as error:
        raise TimeoutError(f"no address of {host} within {seconds} s") from error
    except UnicodeError as error:
        raise OSError(f"{host} is no name of a host") from error
    finally:
        pool.shutdown(wait=False)
    texts = (str(answer[4][0]).partition("%")[0] for answer in answers)
    return list(dict.fromkeys(ip_address(text) for text in texts))


def is_public(address: IPAddress) -> bool:
    """Tell whether an address, and any that is written inside it, is one of the public internet."""
    inner = _inside(address) if isinstance(address, IPv6Address) else None
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and (inner is None or is_public(inner))
    )


def _inside(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
