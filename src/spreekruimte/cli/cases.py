"""Bring cases and ballots in, and results out."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.analysis.errors import InputError
from spreekruimte.cli.people import find_organisation
from spreekruimte.cli.progress import show_progress
from spreekruimte.cli.starting import FAULTY, Lang, Language, start

if TYPE_CHECKING:
    from spreekruimte.ballots.models import Round
    from spreekruimte.cases.models import Case

STANDARD_INPUT = Path("-")
Number = Annotated[
    int, typer.Argument(metavar="CASE", min=1, help="The number of a case.", show_default=False)
]


class ImportTier(StrEnum):
    """How surely two respondents of a table are two people."""

    browser = "browser"
    email = "email"
    openid = "openid"


def createcase(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A case as JSON; - reads it from the input.", show_default=False
        ),
    ],
    organisation: Annotated[
        str,
        typer.Option(
            "--organisation",
            metavar="SLUG",
            help="What stands for the public body in addresses.",
            show_default=False,
        ),
    ],
    lang: Lang = Language.nl,
) -> None:
    """Make the draft of a case from a file; gates and signatures are for the editors.

    Prints the number of the case.
    """
    start(lang)
    from django.utils import timezone

    from spreekruimte.operation.creating import create_from
    from spreekruimte.organisations.models import OPERATOR

    case = create_from(
        _read_json(source),
        organisation=find_organisation(organisation),
        actor=OPERATOR,
        now=timezone.now(),
    )
    typer.echo(case.pk)


def import_ballots(
    number: Number,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A table (CSV) with respondent, question, answer and reason.",
            show_default=False,
        ),
    ],
    tier: Annotated[
        ImportTier, typer.Option(help="How surely two respondents of the table are two people.")
    ] = ImportTier.browser,
    lang: Lang = Language.nl,
) -> None:
    """Take ballots from a table into the round of a case that is open; a second time adds nothing.

    Leaves with status 1 if any line was not taken; it says which, and why.
    """
    start(lang)
    from django.utils import timezone

    from spreekruimte.ballots.models import Tier
    from spreekruimte.operation.importing import import_ballots as take_table
    from spreekruimte.organisations.models import OPERATOR

    round_ = _find_round(number)
    with _open(source).open(encoding="utf-8-sig", newline="") as file, show_progress() as progress:
        imported = take_table(
            file,
            round=round_,
            tier=Tier(tier.value),
            actor=OPERATOR,
            now=timezone.now(),
            progress=lambda lines: progress(source.name, lines, None),
        )
    for refused in imported.refused:
        typer.echo(
            _("Line %(line)d: %(why)s") % {"line": refused.line, "why": refused.why}, err=True
        )
    typer.echo(
        _("%(added)d ballots added, %(known)d were there already, %(refused)d lines refused.")
        % {"added": imported.added, "known": imported.known, "refused": len(imported.refused)}
    )
    if imported.refused:
        raise typer.Exit(FAULTY)


def export(
    number: Number,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="DIR", help="A folder that is not there yet.", show_default=False
        ),
    ],
    lang: Lang = Language.nl,
) -> None:
    """Write all that is published of a case into a folder, which `verify` can check."""
    start(lang)
    from spreekruimte.verdicts.actions.exporting import export_results

    count = export_results(case=_find_case(number), folder=out)
    typer.echo(
        ngettext("%(count)d file is in %(folder)s.", "%(count)d files are in %(folder)s.", count)
        % {"count": count, "folder": out}
    )


def _read_json(source: Path) -> object:
    try:
        text = sys.stdin.read() if source == STANDARD_INPUT else _open(source).read_text("utf-8")
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("This is not JSON: {reason}", path=source, reason=error) from error


def _open(source: Path) -> Path:
    if not source.is_file():
        raise InputError("There is no such file.", path=source)
    return source


def _find_case(number: int) -> Case:
    from spreekruimte.cases.models import Case
    from spreekruimte.organisations.refusals import RefusedError

    found = Case.objects.filter(pk=number).first()
    if found is None:
        raise RefusedError(_("There is no case %(number)d.") % {"number": number})
    return found


def _find_round(number: int) -> Round:
    from django.utils import timezone

    from spreekruimte.ballots.queries.rounds import current_round
    from spreekruimte.organisations.refusals import RefusedError

    found = current_round(_find_case(number), now=timezone.now())
    if found is None:
        raise RefusedError(_("Case %(number)d is not open.") % {"number": number})
    return found
