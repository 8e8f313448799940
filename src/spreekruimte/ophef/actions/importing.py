"""Import files of signals: line by line, in the background, and never twice.

A file is read in small parts, each stored in a transaction of its own: ballots are cast meanwhile.
What was stored when a worker dies is there, and the next one that reads the file goes on after it,
since a line that is known adds nothing. One entry in the audit trail stands for all lines.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from spreekruimte.analysis.votes import Progress
from spreekruimte.ophef.actions.changing import hold_open
from spreekruimte.ophef.actions.recording import add_imported, key_of
from spreekruimte.ophef.importing.files import read_header, read_lines
from spreekruimte.ophef.importing.lines import FileError, Line
from spreekruimte.ophef.importing.mapping import ColumnMapping, LineReader
from spreekruimte.ophef.models import Import, Incident, RefusedLine
from spreekruimte.ophef.models.imports import LONGEST_FILE_NAME
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.ophef.reported import Reported, check_reported
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

LINES_AT_ONCE = 1000
_COUNTS = ("lines", "added", "known", "refused")


@transaction.atomic
def begin_import(
    *,
    incident: Incident,
    file_name: str,
    digest: str,
    size: int,
    actor: Actor,
    now: datetime,
) -> Import:
    """Note that a file is there, of which the columns are still to be chosen.

    Raises
    ------
    RefusedError
        If the incident is closed.
    """
    return Import.objects.create(
        incident=hold_open(incident),
        file_name=_tidy_name(file_name),
        digest=digest,
        size=size,
        actor=actor,
        created_at=now,
        seen_at=now,
    )


@transaction.atomic
def choose_columns(*, imported: Import, mapping: ColumnMapping, now: datetime) -> Import:
    """Say which column is what, after which the file waits to be read.

    Raises
    ------
    RefusedError
        If the file is being read, or was.
    """
    held = Import.objects.select_for_update().get(pk=imported.pk)
    if held.state != Import.State.NEW:
        raise RefusedError(_("This file was read already, or is being read."))
    held.mapping, held.state, held.seen_at = mapping.to_json(), Import.State.WAITING, now
    held.save(update_fields=["mapping", "state", "seen_at"])
    return held


def import_lines(
    *, imported: Import, file: IO[bytes], now: datetime, progress: Progress | None = None
) -> Import:
    """Read a file into the register of its incident; give what came of it.

    Each line becomes a signal, or is known already, or is listed as refused with its reason. A
    file that cannot be read (any further) leaves the import failed, with what it stored until then.

    Parameters
    ----------
    file
        Can be gone through from its start more than once.
    progress
        Is told what was read of the file, in bytes.
    """
    imported.lines = imported.added = imported.known = imported.refused = 0
    imported.refused_lines.all().delete()
    try:
        _read_all(imported, file, now, progress)
    except FileError as error:
        return _end(imported, Import.State.FAILED, error.problem)
    except RefusedError:
        return _end(imported, Import.State.FAILED, "closed")
    return _end(imported, Import.State.DONE, "")


def give_up(*, imported: Import, problem: str) -> Import:
    """Note that a file cannot be read, with why as one of `FILE_PROBLEMS`."""
    return _end(imported, Import.State.FAILED, problem)


def digest_file(file: IO[bytes]) -> str:
    """Give the SHA-256 of a file."""
    digest = sha256()
    file.seek(0)
    while block := file.read(1024 * 1024):
        digest.update(block)
    return digest.hexdigest()


def _read_all(imported: Import, file: IO[bytes], now: datetime, progress: Progress | None) -> None:
    incident = imported.incident
    with closing(read_lines(file, imported.size)) as lines:
        header = read_header(lines)
        try:
            mapping = ColumnMapping.of(imported.mapping)
            reader = LineReader.of(mapping, header, timezone.get_default_timezone())
        except ValidationError as error:
            raise FileError("columns") from error
        seen: Counter[bytes] = Counter()
        while part := list(islice(lines, LINES_AT_ONCE)):
            good: list[tuple[str, Reported]] = []
            refused: list[RefusedLine] = []
            for line in part:
                try:
                    good.append(_read_line(line, reader, incident, seen, now))
                except SignalError as error:
                    refused.append(_refuse(imported, line, reader, error))
            _store(imported, part[-1], good, refused, now)
            if progress is not None:
                progress(imported.file_name, imported.done, imported.size)


def _read_line(
    line: Line, reader: LineReader, incident: Incident, seen: Counter[bytes], now: datetime
) -> tuple[str, Reported]:
    if line.cells is None:
        raise SignalError("unreadable")
    reported = reader.read(line.cells)
    check_reported(reported, incident=incident, now=now)
    text, is_enough = reader.identify(line.cells)
    if is_enough:
        return key_of(incident.pk, text), reported
    # Two lines that say the same in one file are two signals; in two files they are the same two.
    mark = sha256(text.encode("utf-8")).digest()[:16]
    seen[mark] += 1
    return key_of(incident.pk, text, seen[mark]), reported


def _refuse(imported: Import, line: Line, reader: LineReader, error: SignalError) -> RefusedLine:
    return RefusedLine(
        imported=imported,
        number=line.number,
        reason=error.reason,
        column=reader.name_column(error.field),
    )


@transaction.atomic
def _store(
    imported: Import,
    last: Line,
    good: list[tuple[str, Reported]],
    refused: list[RefusedLine],
    now: datetime,
) -> None:
    added = add_imported(imported=imported, lines=good, now=now)
    RefusedLine.objects.bulk_create(refused)
    imported.lines += len(good) + len(refused)
    imported.added += added
    imported.known += len(good) - added
    imported.refused += len(refused)
    imported.done = min(last.done, imported.size)
    imported.seen_at = timezone.now()
    imported.save(update_fields=[*_COUNTS, "done", "seen_at"])


@transaction.atomic
def _end(imported: Import, state: Import.State, problem: str) -> Import:
    now = timezone.now()
    imported.state, imported.problem, imported.ended_at, imported.seen_at = state, problem, now, now
    imported.save(update_fields=["state", "problem", "ended_at", "seen_at", *_COUNTS])
    audit.record(
        actor=Actor(imported.actor),
        action="import_signals",
        kind="import",
        identifier=imported.pk,
        organisation=imported.incident.organisation,
        now=now,
        details={
            "incident": imported.incident_id,
            "digest": imported.digest,
            "problem": problem,
            **{name: getattr(imported, name) for name in _COUNTS},
        },
    )
    return imported


def _tidy_name(name: str) -> str:
    printable = "".join(sign for sign in name if sign.isprintable())
    return printable.replace("@", "")[-LONGEST_FILE_NAME:] or "-"
