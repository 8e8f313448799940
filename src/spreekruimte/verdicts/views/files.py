"""The files of official results, and the list of them that `spreekruimte verify` reads."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.ballots.models import Round
from spreekruimte.verdicts.queries.published import list_published
from spreekruimte.verdicts.queries.results import files_of
from spreekruimte.verdicts.queries.snapshots import official_verdict
from spreekruimte.verdicts.views.looking import Look, to_file

MEDIA = {
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".zst": "application/zstd",
    ".parquet": "application/vnd.apache.parquet",
}


@require_safe
@to_file
def list_files(look: Look) -> HttpResponseBase:
    """List the files of all official results of a case, with their digests."""
    return JsonResponse(list_published(look.case), json_dumps_params={"indent": 1})


@require_safe
@to_file
def download_file(look: Look, number: int, name: str, channel: str = "") -> HttpResponseBase:
    """Give one file of an official result, as long as nothing was erased since."""
    round_ = Round.objects.filter(case=look.case, number=number).first()
    files = files_of(official_verdict(round_.pk)) if round_ else ()
    file = next((each for each in files if (each.channel, each.name) == (channel, name)), None)
    if file is None:
        raise Http404(_("There is no such file, or it is being made anew."))
    suffix = f".{name.rpartition('.')[2]}"
    response = FileResponse(
        default_storage.open(file.path),
        as_attachment=True,
        filename=f"case-{look.case.pk}-round-{number}-{channel}-{name}".replace("--", "-"),
        content_type=MEDIA.get(suffix, "application/octet-stream"),
    )
    response["ETag"] = f'"{file.digest}"'
    return response
