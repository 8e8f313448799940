"""Import a file: send it, say which column is what, see how far it is and what was refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from typing import IO, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.cases.views.found import user_of
from spreekruimte.ophef.actions.importing import begin_import, digest_file
from spreekruimte.ophef.actions.recording import withdraw_import
from spreekruimte.ophef.forms import ColumnsForm, UploadForm
from spreekruimte.ophef.importing.files import read_header, read_lines
from spreekruimte.ophef.importing.lines import FILE_PROBLEMS, FileError
from spreekruimte.ophef.importing.mapping import ColumnMapping
from spreekruimte.ophef.models import Import, Incident, RefusedLine
from spreekruimte.ophef.permissions import may_keep_register
from spreekruimte.ophef.reasons import SENTENCES
from spreekruimte.ophef.tasks import order_import
from spreekruimte.ophef.views.found import attempt, find_incident
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role

SHOWN_LINES = 100


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Take a file, and go on to its columns."""
    incident = find_incident(organisation, identifier)
    is_sent = request.method == "POST"
    form = UploadForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, label_suffix=""
    )
    made: list[Import] = []
    status = 200
    if is_sent:
        status = attempt(form, lambda: made.append(_take(request, incident, form)))
    if made:
        return redirect("ophef:import", organisation.slug, incident.pk, made[0].pk)
    page = {"organisation": organisation, "incident": incident, "form": form}
    return render(request, "ophef/upload.html", page, status=status)


@require_role(Role.EDITOR, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_import(
    request: HttpRequest, organisation: Organisation, identifier: int, import_id: UUID
) -> HttpResponse:
    """Ask which column is what; after that, show how far it is and what was refused."""
    incident = find_incident(organisation, identifier)
    imported = get_object_or_404(Import, incident=incident, pk=import_id)
    if imported.state == Import.State.NEW and may_keep_register(user_of(request), organisation):
        return _ask_columns(request, incident, imported)
    page = {
        "organisation": organisation,
        "incident": incident,
        "imported": imported,
        "is_at_work": imported.state in (Import.State.WAITING, Import.State.RUNNING),
        "problem": FILE_PROBLEMS.get(imported.problem, ""),
        "refused": [
            (line, SENTENCES[line.reason])
            for line in imported.refused_lines.order_by("number")[:SHOWN_LINES]
        ],
        "may_edit": may_keep_register(user_of(request), organisation),
    }
    return render(
        request, "ophef/import.html", page, status=409 if request.method == "POST" else 200
    )


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def download_refused(
    request: HttpRequest,  # noqa: ARG001 - every view gets it
    organisation: Organisation,
    identifier: int,
    import_id: UUID,
) -> StreamingHttpResponse:
    """Give every line that was refused and why, as CSV."""
    incident = find_incident(organisation, identifier)
    imported = get_object_or_404(Import, incident=incident, pk=import_id)
    return StreamingHttpResponse(
        write_refused(imported),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="refused-{imported.pk}.csv"'},
    )


@require_role(Role.EDITOR)
@require_POST
def withdraw(
    request: HttpRequest, organisation: Organisation, identifier: int, import_id: UUID
) -> HttpResponse:
    """Let no signal of an import count."""
    incident = find_incident(organisation, identifier)
    imported = get_object_or_404(Import, incident=incident, pk=import_id)
    count = withdraw_import(imported=imported, actor=user_of(request).actor, now=timezone.now())
    told = ngettext("%(count)d signal was withdrawn.", "%(count)d signals were withdrawn.", count)
    messages.success(request, told % {"count": count})
    return redirect("ophef:import", organisation.slug, incident.pk, imported.pk)


def write_refused(imported: Import) -> Iterator[str]:
    """Write refused lines as CSV, in which no cell is a formula of a spreadsheet."""
    yield _row([_("line"), _("column"), _("reason")])
    lines = RefusedLine.objects.filter(imported=imported).order_by("number")
    for line in lines.iterator():
        yield _row([str(line.number), line.column, str(SENTENCES[line.reason])])


def _row(cells: list[str]) -> str:
    buffer = io.StringIO()
    # What begins like a formula is shown by a spreadsheet as what it is: text.
    csv.writer(buffer).writerow(
        f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells
    )
    return buffer.getvalue()


def _take(request: HttpRequest, incident: Incident, form: UploadForm) -> Import:
    sent = cast("UploadedFile[bytes]", form.cleaned_data["file"])
    file, size = cast("IO[bytes]", sent.file), sent.size or 0
    try:
        _header_of(file, size)
    except FileError as error:
        raise ValidationError({"file": error.messages}) from error
    imported = begin_import(
        incident=incident,
        file_name=sent.name or "",
        digest=digest_file(file),
        size=size,
        actor=user_of(request).actor,
        now=timezone.now(),
    )
    sent.seek(0)
    default_storage.save(imported.path, sent)
    return imported


def _ask_columns(request: HttpRequest, incident: Incident, imported: Import) -> HttpResponse:
    organisation = incident.organisation
    try:
        with default_storage.open(imported.path) as file:
            header = _header_of(cast("IO[bytes]", file.file), imported.size)
    except FileNotFoundError:
        messages.error(request, str(FILE_PROBLEMS["gone"]))
        return redirect("ophef:upload", organisation.slug, incident.pk)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(header, data)
    status = 200
    if form.is_bound:
        status = attempt(
            form,
            lambda: order_import(
                imported=imported, mapping=ColumnMapping.of(form.mapping), now=timezone.now()
            ),
        )
    if form.is_bound and status == 200:
        return redirect("ophef:import", organisation.slug, incident.pk, imported.pk)
    page = {
        "organisation": organisation,
        "incident": incident,
        "imported": imported,
        "form": form,
    }
    return render(request, "ophef/columns.html", page, status=status)


def _header_of(file: IO[bytes], size: int) -> list[str]:
    with closing(read_lines(file, size)) as lines:
        return read_header(lines)
