"""Whether what is stored is safe: the folder, its disk, the database, backups."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from spreekruimte.operation.chains import find_broken_logs
from spreekruimte.operation.doctor.findings import Finding, error, warning
from spreekruimte.operation.migrating import pending_migrations

LEAST_FREE, LITTLE_FREE = 500_000_000, 5_000_000_000
OLDEST_BACKUP = timedelta(days=2)
NETWORK_DISKS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "fuse.sshfs", "afs"}
)
# In seconds.
CLOCKS_APART = 5.0
KEY_FILE = "secret-key"


def check_folder() -> Iterator[Finding]:
    """Say whether others on this machine can read what is kept."""
    folder: Path = settings.DATA_FOLDER
    for path, code in ((folder, "folder-open"), (folder / KEY_FILE, "key-open")):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield error(
                code,
                _("Others on this machine can read %(path)s; take that right away with chmod.")
                % {"path": path},
            )


def check_disk() -> Iterator[Finding]:
    """Say whether there is room to go on."""
    free = shutil.disk_usage(settings.DATA_FOLDER).free
    told = {"free": f"{free / 1e9:.1f}", "folder": settings.DATA_FOLDER}
    if free < LEAST_FREE:
        yield error("disk-full", _("Only %(free)s GB are free at %(folder)s.") % told)
    elif free < LITTLE_FREE:
        yield warning("disk-filling", _("Only %(free)s GB are free at %(folder)s.") % told)


def check_migrations() -> Iterator[Finding]:
    """Say whether the tables are those that this version needs."""
    pending = pending_migrations()
    if pending:
        yield error(
            "migrations-pending",
            _("The database lacks changes, from %(migration)s on; `spreekruimte up` makes them.")
            % {"migration": pending[0]},
        )


def check_database() -> Iterator[Finding]:
    """Say whether what is committed survives a power cut."""
    if connection.vendor == "sqlite":
        yield from _check_sqlite(Path(str(connection.settings_dict["NAME"])))
    else:
        yield from _check_postgresql()


def check_logs() -> Iterator[Finding]:
    """Say which logs of ballots are not whole."""
    for broken in find_broken_logs():
        yield error(
            "log-broken",
            _("The log of %(round)s is not whole: %(fault)s")
            % {"round": broken.round, "fault": broken.fault},
        )


def check_backups(now: datetime) -> Iterator[Finding]:
    """Say whether there is a fresh backup in the folder for it."""
    found = list((settings.DATA_FOLDER / "backups").glob("*.tar.zst"))
    newest = max((path.stat().st_mtime for path in found), default=None)
    if newest is None:
        yield warning(
            "backup-missing",
            _("There is no backup in the data folder; `spreekruimte backup` makes one."),
        )
    elif now - datetime.fromtimestamp(newest, UTC) > OLDEST_BACKUP:
        yield warning(
            "backup-old",
            _("The newest backup in the data folder is %(days)d days old.")
            % {"days": (now - datetime.fromtimestamp(newest, UTC)).days},
        )


def _check_sqlite(path: Path) -> Iterator[Finding]:
    kind = kind_of_disk(path, Path("/proc/self/mounts").read_text("utf-8"))
    if kind in NETWORK_DISKS:
        yield error(
            "disk-network",
            _("SQLite is on a disk over the network (%(kind)s), where its locks do not hold.")
            % {"kind": kind},
        )
    if _ask("PRAGMA journal_mode") != "wal":
        yield error("sqlite-not-wal", _("SQLite does not write ahead (WAL)."))
    if _ask("PRAGMA synchronous") not in (2, 3):
        yield error(
            "commit-not-durable",
            _("A commit returns before it is on the disk: ballots can be lost."),
        )


def _check_postgresql() -> Iterator[Finding]:
    waits = _ask("SHOW synchronous_commit") in ("on", "local", "remote_apply")
    if _ask("SHOW fsync") != "on" or not waits:
        yield error(
            "commit-not-durable",
            _("A commit returns before it is on the disk: ballots can be lost."),
        )
    apart = abs(float(str(_ask("SELECT extract(epoch FROM clock_timestamp())"))) - _now())
    if apart > CLOCKS_APART:
        yield warning(
            "clocks-apart",
            _("The clocks of this machine and of the database are %(seconds)d seconds apart.")
            % {"seconds": apart},
        )


def _say_not_durable() -> Finding:
    return error(
        "commit-not-durable", _("A commit returns before it is on the disk: ballots can be lost.")
    )


def kind_of_disk(path: Path, mounts: str) -> str:
    """Give the kind of file system that a path is on, by the table of what is mounted."""
    places = [line.split()[1:3] for line in mounts.splitlines() if len(line.split()) > 2]
    under = [
        (len(place), kind)
        for place, kind in places
        if path.resolve().is_relative_to(place.replace("\\040", " "))
    ]
    return max(under, default=(0, ""))[1]


def _ask(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        (answer,) = cursor.fetchone()
    return answer


def _now() -> float:
    return datetime.now(UTC).timestamp()
