"""The folder of an installation: for its operator alone, with the key that signs."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.utils.translation import gettext as _

from spreekruimte.organisations.refusals import RefusedError

LOCK = "running"
KEY_SYMBOLS = 48


def make_folder(folder: Path) -> None:
    """Make the folder, where it is not there, so that nobody else can read or enter it.

    Raises
    ------
    OSError
        If that is not allowed there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_secret_key(path: Path) -> None:
    """Write a key to a file that its owner alone can read, unless there is one already."""
    if path.exists():
        return
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(KEY_SYMBOLS) + "\n")
        file.flush()
        os.fsync(file.fileno())
    # Whoever comes second keeps the key of whoever came first.
    with suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()


@contextmanager
def hold_folder(folder: Path) -> Iterator[Callable[[str], None]]:
    """Keep others from starting on the same folder; a process that dies lets go of it.

    Yields
    ------
    callable
        To be told the address at which pages are served, if they are, for `address_in`.

    Raises
    ------
    RefusedError
        If somebody holds it.
    """
    # Opened so that what its holder wrote stays.
    with (folder / LOCK).open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(
                _("Spreekruimte is running already on the folder %(folder)s.") % {"folder": folder}
            ) from None

        def tell_address(address: str) -> None:
            file.truncate(0)
            file.write(address)
            file.flush()

        tell_address("")
        try:
            yield tell_address
        finally:
            tell_address("")


def address_in(folder: Path) -> str:
    """Give the address at which pages are served from this folder; empty where they are not."""
    with suppress(FileNotFoundError):
        return (folder / LOCK).read_text("utf-8")
    return ""
