"""PostgreSQL's own programs, for copies of a whole database."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from spreekruimte.organisations.refusals import RefusedError

# What libpq reads, by the settings of Django that hold it.
_VARIABLES = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def dump(target: Path) -> None:
    """Write the database to a file, as it is at one moment.

    Raises
    ------
    RefusedError
        If the program is not here or fails.
    """
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    target.chmod(0o600)


def load(source: Path) -> None:
    """Put what was dumped in the place of what is in the database: all of it, or nothing.

    Raises
    ------
    RefusedError
        If the program is not here or fails.
    """
    emptying, filling = source.with_suffix(".empty.sql"), source.with_suffix(".fill.sql")
    emptying.write_text(_drop_everything(), encoding="utf-8")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={filling}", str(source))
    _run(
        *("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"),
        *(f"--file={emptying}", f"--file={filling}"),
    )


def _drop_everything() -> str:
    """Give the statements that take away our tables and functions, also those of later versions."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = current_schema() AND p.proname LIKE %s",
            ["%\\_refuse"],
        )
        functions = [name for (name,) in cursor.fetchall()]
    quote = connection.ops.quote_name
    return "".join(
        [
            *(f"DROP TABLE IF EXISTS {quote(table)} CASCADE;\n" for table in tables),
            *(f"DROP FUNCTION IF EXISTS {quote(name)}() CASCADE;\n" for name in functions),
        ]
    )


def _run(program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise RefusedError(
            _("%(program)s is not here; on Debian it comes with postgresql-client.")
            % {"program": program}
        )
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL
        [path, *arguments],
        env={**os.environ, **_environment()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RefusedError(
            _("%(program)s failed: %(reason)s")
            % {"program": program, "reason": " ".join(done.stderr.split())[:500]}
        )


def _environment() -> dict[str, str]:
    """Give what the programs connect with; a password does not belong among their arguments."""
    parameters = connection.get_connection_params()
    return {
        variable: str(parameters[name])
        for name, variable in _VARIABLES.items()
        if parameters.get(name)
    }
