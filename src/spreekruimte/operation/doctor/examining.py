"""Do all checks, in an order in which an operator mends what they find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from spreekruimte.operation.doctor import reaching, storing, working
from spreekruimte.operation.doctor.findings import Finding, error


def examine(*, now: datetime) -> list[Finding]:
    """Give everything that is not as it should be."""
    return list(_examine(now))


def _examine(now: datetime) -> Iterator[Finding]:
    yield from storing.check_folder()
    yield from reaching.check_key()
    yield from reaching.check_operator()
    yield from reaching.check_mail()
    yield from reaching.check_provider()
    yield from reaching.check_drawing()
    yield from storing.check_disk()
    try:
        connection.ensure_connection()
    except DatabaseError as reason:
        yield error(
            "database-silent", _("The database cannot be reached: %(reason)s") % {"reason": reason}
        )
        return
    yield from storing.check_database()
    pending = list(storing.check_migrations())
    yield from pending
    if not pending:
        yield from _examine_content(now)


def _examine_content(now: datetime) -> Iterator[Finding]:
    """Look at what needs all tables."""
    yield from reaching.check_address()
    yield from storing.check_logs()
    yield from storing.check_backups(now)
    yield from working.check_worker(now)
    yield from working.check_people()
    yield from working.check_retention(now)
