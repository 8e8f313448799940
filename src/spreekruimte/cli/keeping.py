"""Back up an installation, and put a backup in its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.cli.progress import show_progress
from spreekruimte.cli.starting import FAULTY, Lang, Language, start
from spreekruimte.config.databases import choose_data_folder
from spreekruimte.config.serving import KEY_FILE, SECRET_KEY


def backup(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Where to write; by default, in the folder `backups` of the data folder.",
        ),
    ] = None,
    without_key: Annotated[
        bool,
        typer.Option("--without-key", help="Leave out the key that signs, to be kept elsewhere."),
    ] = False,
    lang: Lang = Language.nl,
) -> None:
    """Back up everything into one file, also while the pages are served.

    The file is checked after it was written.
    """
    os.umask(0o077)
    start(lang)
    from django.utils import timezone

    from spreekruimte.operation.backing_up import back_up

    folder = choose_data_folder(os.environ)
    now = timezone.now()
    target = out or folder / "backups" / f"spreekruimte-{now:%Y%m%dT%H%M%S}.tar.zst"
    with show_progress() as progress:
        manifest = back_up(
            target,
            files=folder / "files",
            key=None if without_key else folder / KEY_FILE,
            now=now,
            progress=progress,
        )
    size = sum(member.size for member in manifest.members.values())
    typer.echo(
        ngettext(
            "%(file)s holds %(count)d file of %(size).1f MB together.",
            "%(file)s holds %(count)d files of %(size).1f MB together.",
            len(manifest.members),
        )
        % {"file": target, "count": len(manifest.members), "size": size / 1e6}
    )
    if os.environ.get(SECRET_KEY) or without_key:
        typer.echo(_("The key that signs is not in it; keep it apart."))


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.", show_default=False)],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take the place of what is here; that is kept beside it."),
    ] = False,
    lang: Lang = Language.nl,
) -> None:
    """Put a backup in place, and check the logs of ballots in it.

    Leaves with status 1 if a log is not whole.
    """
    os.umask(0o077)
    start(lang)
    from django.utils import timezone

    from spreekruimte.operation.chains import find_broken_logs
    from spreekruimte.operation.installation import hold_folder, make_folder
    from spreekruimte.operation.migrating import migrate
    from spreekruimte.operation.restoring import restore as put_back

    folder = choose_data_folder(os.environ)
    make_folder(folder)
    with hold_folder(folder), show_progress() as progress:
        manifest = put_back(
            source,
            files=folder / "files",
            key=folder / KEY_FILE,
            kept=folder / "backups",
            replace=replace,
            now=timezone.now(),
            progress=progress,
        )
        # A backup of an earlier version lacks what this one reads.
        migrate(backups=folder / "backups", now=timezone.now())
        broken = find_broken_logs(progress)
    typer.echo(_("The backup of %(moment)s is in place.") % {"moment": manifest.made_at})
    for each in broken:
        typer.echo(
            _("The log of %(round)s is not whole: %(fault)s")
            % {"round": each.round, "fault": each.fault},
            err=True,
        )
    if broken:
        raise typer.Exit(FAULTY)
