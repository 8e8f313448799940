"""Where the data is kept: a folder with SQLite, or PostgreSQL.

Two variables of the environment choose, and neither has to be there:

``SPREEKRUIMTE_DATA``
    The folder of this installation. Without it: ``.local/share/spreekruimte`` in the home
    folder, or ``/var/lib/spreekruimte`` for a service that has no home.
``SPREEKRUIMTE_DATABASE``
    The address of a PostgreSQL database, as libpq reads it:
    ``postgresql://user:password@host/name?sslmode=require``. Without it: SQLite in the folder.

Nothing here opens, makes or looks at a file or a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DATA = "SPREEKRUIMTE_DATA"
DATABASE = "SPREEKRUIMTE_DATABASE"

# Opening a connection takes longer than most requests need it.
KEPT_OPEN = 60

# A commit returns only when it is on the disk, also in WAL mode: a ballot that was acknowledged
# survives a power cut. The size limit lets the log shrink again after a busy hour.
ON_CONNECTING = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 67108864;
"""


def choose_data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder that holds what this installation keeps; it may not be there yet."""
    if chosen := environment.get(DATA):
        return Path(chosen).absolute()
    if home := environment.get("HOME"):
        return Path(home, ".local", "share", "spreekruimte")
    return Path("/var/lib/spreekruimte")


def choose_database(environment: Mapping[str, str], folder: Path) -> dict[str, object]:
    """Return the settings of the database that the environment asks for.

    Raises
    ------
    ImproperlyConfigured
        If the address is not one of a PostgreSQL database. The message does not repeat it,
        since it may hold a password.
    """
    if address := environment.get(DATABASE):
        return _use_postgresql(address)
    return _use_sqlite(folder / "spreekruimte.sqlite3")


def _use_sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": {
            # A transaction that reads before it writes would otherwise fail at once when another
            # one writes, however long it is willing to wait.
            "transaction_mode": "IMMEDIATE",
            # Seconds to wait for another writer.
            "timeout": 20,
            "init_command": ON_CONNECTING,
        },
    }


def _use_postgresql(address: str) -> dict[str, object]:
    # Only now, so that whoever uses no PostgreSQL does not wait for its library.
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    if not address.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(f"{DATABASE} must begin with postgresql://")
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        # The reason given by the library repeats the address.
        raise ImproperlyConfigured(f"{DATABASE} is not an address that libpq can read") from None
    if not parts.get("dbname"):
        raise ImproperlyConfigured(f"{DATABASE} must name a database after the host")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": KEPT_OPEN,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }
