"""Copy what is published of a case into a folder."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Round
from spreekruimte.cases.models import Case
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.queries.published import list_published, path_of
from spreekruimte.verdicts.queries.results import files_of
from spreekruimte.verdicts.queries.snapshots import official_verdict
from spreekruimte.verdicts.result_files import LIST


def export_results(*, case: Case, folder: Path) -> int:
    """Write all official files of a case into a folder that is not there yet; give how many.

    `spreekruimte verify` checks the folder as it checks the address of the case.

    Raises
    ------
    RefusedError
        If there is no official result with files, or the folder is there and not empty.
    """
    files = [
        (path_of(round_, file), file)
        for round_ in Round.objects.filter(case=case)
        for file in files_of(official_verdict(round_.pk))
    ]
    if not files:
        raise RefusedError(_("This case has no official result with files."))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RefusedError(_("There is something in this folder already."))
    for path, file in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(file.path) as stored:
            target.write_bytes(stored.read())
    text = json.dumps(list_published(case), indent=1, sort_keys=True)
    (folder / LIST).write_text(f"{text}\n", "utf-8")
    return len(files) + 1
