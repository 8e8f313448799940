"""The studies in lists, and one of an organisation."""

from __future__ import annotations

from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.models import Study


def open_studies() -> list[Study]:
    """Give the studies that can be answered now, the newest first."""
    found = Study.objects.filter(state="open").select_related("organisation")
    return list(found.order_by("-pk"))


def studies_of(organisation: Organisation) -> list[Study]:
    """Give all studies of an organisation, the newest first."""
    return list(Study.objects.filter(organisation=organisation).order_by("-pk"))


def find_study(organisation: Organisation, study_id: int) -> Study | None:
    """Give a study of an organisation, if it has that one."""
    found = Study.objects.filter(organisation=organisation, pk=study_id)
    return found.select_related("organisation").first()
