"""See whether all is well, and delete what is past its time."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from spreekruimte.cli.progress import show_progress
from spreekruimte.cli.starting import FAULTY, Lang, Language, start


def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was found as JSON, for programs.")
    ] = False,
    lang: Lang = Language.nl,
) -> None:
    """Say what is misconfigured, for an installation that others are to reach.

    Leaves with status 1 if anything is an error, and 0 if there are warnings at most.
    """
    start(lang)
    from django.utils import timezone

    from spreekruimte.operation.doctor import examine

    with show_progress() as progress:
        progress("chains", 0, None)
        findings = examine(now=timezone.now())
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in findings], indent=1, ensure_ascii=False))
    else:
        levels = {"error": _("error"), "warning": _("warning")}
        for each in findings:
            typer.echo(f"{levels[each.level]}: {each.sentence} [{each.code}]")
        if not findings:
            typer.echo(_("All is well."))
    if any(each.level == "error" for each in findings):
        raise typer.Exit(FAULTY)


def expire(
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete it; without this, it is only counted.")
    ] = False,
    lang: Lang = Language.nl,
) -> None:
    """Delete what is past its time: what leads from ballots to people, and old sessions and tasks.

    The time is SPREEKRUIMTE_RETENTION_MONTHS after the last round of a case, 12 by default.
    """
    start(lang)
    from django.conf import settings
    from django.utils import timezone

    from spreekruimte.operation.expiring import delete_expired, find_expired, months_before
    from spreekruimte.organisations.models import OPERATOR

    now = timezone.now()
    before = months_before(now, settings.RETENTION_MONTHS)
    if delete:
        expired = delete_expired(before=before, actor=OPERATOR, now=now)
        sentence = _("Deleted: %(cases)d cases, %(sessions)d sessions, %(tasks)d tasks.")
    else:
        expired = find_expired(before=before, now=now)
        sentence = _(
            "Past their time: %(cases)d cases, %(sessions)d sessions, %(tasks)d tasks; "
            "`--delete` deletes them."
        )
    typer.echo(sentence % asdict(expired))
