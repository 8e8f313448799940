"""Start the pages, and work in the background."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from socket import socket
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils.translation import gettext as _

from spreekruimte.cli.progress import show_progress
from spreekruimte.cli.starting import FAULTY, Lang, Language, start
from spreekruimte.config.databases import choose_data_folder
from spreekruimte.config.serving import ADDRESS, KEY_FILE, SECRET_KEY

if TYPE_CHECKING:
    from spreekruimte.demonstration.people import SignIn


def up(
    host: Annotated[
        str,
        typer.Option(help="Where to listen; by default, only this machine can reach it."),
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            help="At which port; without it, 8000, or one that is free where that is taken.",
        ),
    ] = None,
    demonstration: Annotated[
        bool,
        typer.Option(
            "--demonstration", help="Load made-up cases with simulated citizens, to look around in."
        ),
    ] = False,
    lang: Lang = Language.nl,
) -> None:
    """Start the pages and the work in the background, and go on until stopped.

    Makes what is missing: the data folder, the key that signs, the tables of the database.
    """
    from spreekruimte.operation.installation import hold_folder, make_folder, make_secret_key

    if demonstration:
        _refuse_visitors(host)
    folder = choose_data_folder(os.environ)
    # What is written from here on is for the operator alone.
    os.umask(0o077)
    make_folder(folder)
    # The settings read it, so that it comes first.
    if not os.environ.get(SECRET_KEY):
        make_secret_key(folder / KEY_FILE)
    start(lang)
    from django.db import connections
    from django.utils import timezone

    from spreekruimte.demonstration.loading import load_demonstration
    from spreekruimte.demonstration.people import renew_sign_ins
    from spreekruimte.operation.migrating import migrate
    from spreekruimte.operation.serving import address_of, listen

    with hold_folder(folder) as tell_address, listen(host, port) as place:
        with show_progress() as progress:
            progress("migrate", 0, None)
            copy = migrate(backups=folder / "backups", now=timezone.now())
            if demonstration:
                load_demonstration(now=timezone.now(), progress=progress)
        if copy:
            typer.echo(_("The database as it was before is kept in %(file)s.") % {"file": copy})
        sign_ins = renew_sign_ins() if demonstration else []
        connections.close_all()
        environment = {ADDRESS: address_of(place), **os.environ}
        tell_address(environment[ADDRESS])
        _serve(place, environment, sign_ins)


def worker(lang: Lang = Language.nl) -> None:
    """Work in the background only; on as many machines as there is work for.

    The pages are served by `up`, here or elsewhere, on the same database.
    """
    start(lang)
    from django.utils import timezone

    from spreekruimte.operation.migrating import pending_migrations
    from spreekruimte.operation.serving import watch_signals
    from spreekruimte.operation.worker import work
    from spreekruimte.organisations.refusals import RefusedError

    if pending_migrations():
        raise RefusedError(
            _("The database is not what this version needs: start `spreekruimte up` first.")
        )
    with watch_signals() as stopping:
        work(stopping=stopping, started_at=timezone.now())


def _refuse_visitors(host: str) -> None:
    """Keep a demonstration, whose passwords are printed, on this machine."""
    from spreekruimte.analysis.errors import InputError

    if host not in ("127.0.0.1", "::1", "localhost"):
        raise InputError("A demonstration is for this machine alone; leave out `--host`.")


def _serve(place: socket, environment: Mapping[str, str], sign_ins: Sequence[SignIn]) -> None:
    from spreekruimte.operation.serving import serve
    from spreekruimte.operation.supervising import GivenUpError

    address = environment[ADDRESS]

    def tell_ready() -> None:
        typer.echo(_("Spreekruimte is at %(address)s (Ctrl-C stops it).") % {"address": address})
        _tell_sign_ins(sign_ins, address)

    def tell_mended(name: str) -> None:
        typer.echo(_("The %(program)s ended, and was started again.") % {"program": name}, err=True)

    try:
        serve(place, environment=environment, tell_ready=tell_ready, tell_mended=tell_mended)
    except GivenUpError as error:
        typer.echo(
            _("The %(program)s ends again and again; what it says above may tell why.")
            % {"program": error.name},
            err=True,
        )
        raise typer.Exit(FAULTY) from error
    typer.echo(_("Spreekruimte has stopped."))


def _tell_sign_ins(sign_ins: Sequence[SignIn], address: str) -> None:
    if not sign_ins:
        return
    typer.echo(
        _("This is a demonstration: cases and citizens are made up. Sign in at %(address)s as:")
        % {"address": f"{address}/desk/"}
    )
    heads = (_("role"), _("address"), _("password"), _("code, works once"))
    rows = [heads, *((each.role, each.email, each.password, each.code) for each in sign_ins)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  " + "  ".join(cells).rstrip())
