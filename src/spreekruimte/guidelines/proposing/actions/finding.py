"""Find the lists that are proposed to an organisation, and keep them."""

from __future__ import annotations

from datetime import datetime

from spreekruimte.guidelines.proposing.computing import find_lists
from spreekruimte.guidelines.proposing.models import ProposedLists
from spreekruimte.guidelines.proposing.situations import gather_situations
from spreekruimte.organisations.background import take_up
from spreekruimte.organisations.models import Organisation

Stage = ProposedLists.Stage


def keep_lists(*, organisation: Organisation, now: datetime) -> ProposedLists:
    """Find the lists from what is published now, and keep them in place of those before.

    Doing it twice does no harm: from the same situations the same lists follow.
    """
    waiting = ProposedLists.objects.filter(organisation=organisation)
    waiting.update(stage=Stage.RUNNING, seen_at=now)
    try:
        situations = gather_situations(organisation)
        document = find_lists(situations)
    except Exception:
        waiting.update(stage=Stage.FAILED, seen_at=now)
        raise
    kept, _is_new = ProposedLists.objects.update_or_create(
        organisation=organisation,
        defaults={
            "stage": Stage.DONE.value,
            "input_digest": situations.digest,
            "document": document,
            "seen_at": now,
        },
    )
    return kept


def take_up_silent(*, now: datetime) -> list[int]:
    """Give the organisations whose lists fell silent, which wait again from now on."""
    return take_up(ProposedLists.objects.all(), now=now)
