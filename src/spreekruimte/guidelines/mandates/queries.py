"""What pages read of mandates."""

from __future__ import annotations

from spreekruimte.guidelines.mandates.cells import Place, Room, read_cells
from spreekruimte.guidelines.mandates.models import MandateDraft, MandateVersion
from spreekruimte.organisations.models import Organisation


def latest_version(organisation: Organisation) -> MandateVersion | None:
    """Return the version that holds now, or None."""
    found: MandateVersion | None = (
        MandateVersion.objects.filter(organisation=organisation).order_by("-number").first()
    )
    return found


def versions_of(organisation: Organisation) -> list[MandateVersion]:
    """Return all versions, the newest first."""
    return list(MandateVersion.objects.filter(organisation=organisation).order_by("-number"))


def find_version(organisation: Organisation, number: int) -> MandateVersion | None:
    """Return one version, or None."""
    found: MandateVersion | None = MandateVersion.objects.filter(
        organisation=organisation, number=number
    ).first()
    return found


def drafted_cells(organisation: Organisation) -> dict[Place, Room]:
    """Return what is written of the next version: what the latest says, until that is changed."""
    draft = MandateDraft.objects.filter(organisation=organisation).first()
    written = draft or latest_version(organisation)
    return read_cells(written.cells) if written else {}
