"""What is proposed to an organisation."""

from __future__ import annotations

from spreekruimte.guidelines.proposing.models import ProposedLists
from spreekruimte.organisations.models import Organisation


def proposed_to(organisation: Organisation) -> ProposedLists | None:
    """Give what is proposed to an organisation, or how far that is; None if nobody asked."""
    return ProposedLists.objects.filter(organisation=organisation).first()
