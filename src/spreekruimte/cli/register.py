"""Bring signals of fuss into the register."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from django.utils.translation import gettext as _

from spreekruimte.analysis.errors import InputError
from spreekruimte.cli.progress import show_progress
from spreekruimte.cli.starting import FAULTY, Lang, Language, start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spreekruimte.ophef.importing.mapping import ColumnMapping
    from spreekruimte.ophef.models import Import, Incident


def import_signals(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A table with a line of column names: CSV or XLSX.",
            show_default=False,
        ),
    ],
    incident: Annotated[
        int,
        typer.Option(
            "--incident", metavar="NUMBER", min=1, help="The incident.", show_default=False
        ),
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--mapping",
            metavar="FIELD=COLUMN",
            help="Which column is what, once for each; without any, names of columns are guessed.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="What a line is that does not say so, such as call or media.",
            show_default=False,
        ),
    ] = None,
    lang: Lang = Language.nl,
) -> None:
    """Take signals from a file into the register of an incident; a second time adds nothing.

    Leaves with status 1 if any line was refused; it says which, and why.
    """
    start(lang)
    from django.utils import timezone

    from spreekruimte.ophef.actions.importing import (
        begin_import,
        choose_columns,
        digest_file,
        import_lines,
    )
    from spreekruimte.ophef.importing.lines import FILE_PROBLEMS
    from spreekruimte.organisations.models import OPERATOR
    from spreekruimte.organisations.refusals import RefusedError

    if not source.is_file():
        raise InputError("There is no such file.", path=source)
    found = _find_incident(incident)
    with source.open("rb") as file, show_progress() as progress:
        size = source.stat().st_size
        columns = _read_mapping(mapping or [], kind or "", file, size)
        now = timezone.now()
        imported = begin_import(
            incident=found,
            file_name=source.name,
            digest=digest_file(file),
            size=size,
            actor=OPERATOR,
            now=now,
        )
        imported = choose_columns(imported=imported, mapping=columns, now=now)
        imported = import_lines(imported=imported, file=file, now=now, progress=progress)
    if imported.problem:
        raise RefusedError(str(FILE_PROBLEMS[imported.problem]))
    _tell(imported)


def _read_mapping(given: Sequence[str], kind: str, file: IO[bytes], size: int) -> ColumnMapping:
    from django.utils import timezone

    from spreekruimte.ophef.importing.files import read_header, read_lines
    from spreekruimte.ophef.importing.mapping import ColumnMapping, LineReader, guess_columns

    header = read_header(read_lines(file, size))
    pairs = {field: name for field, _equals, name in (each.partition("=") for each in given)}
    mapping = ColumnMapping.of({"columns": pairs or guess_columns(header), "kind": kind})
    # Says so before anything is read where a column is not there.
    LineReader.of(mapping, header, timezone.get_default_timezone())
    return mapping


def _find_incident(number: int) -> Incident:
    from spreekruimte.ophef.models import Incident
    from spreekruimte.organisations.refusals import RefusedError

    found = Incident.objects.select_related("organisation").filter(pk=number).first()
    if found is None:
        raise RefusedError(_("There is no incident %(number)d.") % {"number": number})
    return found


def _tell(imported: Import) -> None:
    from spreekruimte.ophef.reasons import SENTENCES

    for refused in imported.refused_lines.order_by("number").iterator():
        why = str(SENTENCES[refused.reason])
        if refused.column:
            why = f"{refused.column}: {why}"
        typer.echo(_("Line %(line)d: %(why)s") % {"line": refused.number, "why": why}, err=True)
    typer.echo(
        _("%(added)d signals added, %(known)d were there already, %(refused)d lines refused.")
        % {"added": imported.added, "known": imported.known, "refused": imported.refused}
    )
    if imported.refused:
        raise typer.Exit(FAULTY)
