"""Keep what is counted of a dialogue, and know when that has to be done again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from spreekruimte.cases.models import Case
from spreekruimte.dialogue.counting import count_dialogue
from spreekruimte.dialogue.figures import METHOD, read_figures
from spreekruimte.dialogue.models import DialogueFigures, DialogueRevision
from spreekruimte.dialogue.queries.groups import latest_result, snapshot_of


def raise_revision(case_id: int) -> None:
    """Note that the dialogue of a case changed; in the transaction that changes it."""
    _begin(case_id)
    DialogueRevision.objects.filter(pk=case_id).update(revision=F("revision") + 1)


def withdraw_figures(case_id: int, messages: Collection[int]) -> None:
    """Let no figure of these messages be shown any more; in the transaction that takes them away.

    Neither is a figure that they may be part of, nor one of a count that began before.
    """
    raise_revision(case_id)
    # From here on this is held, so that nobody keeps figures meanwhile.
    DialogueRevision.objects.filter(pk=case_id).update(withdrawn=F("revision"))
    figures = DialogueFigures.objects.filter(pk=case_id).first()
    if figures is not None:
        figures.document = read_figures(figures.document).without(messages).to_document()
        figures.save(update_fields=["document"])


def refresh_figures(*, case: Case, now: datetime) -> bool:
    """Count the dialogue of a case and keep the figures; tell whether they could be kept.

    They are not where something was taken away while it was counted.
    """
    _begin(case.pk)
    # Before the votes: one that comes while they are read is counted the next time.
    revision = DialogueRevision.objects.get(pk=case.pk).revision
    result = latest_result(case)
    figures = count_dialogue(case, result)
    with transaction.atomic():
        held = DialogueRevision.objects.select_for_update().get(pk=case.pk)
        if held.withdrawn > revision:
            return False
        DialogueFigures.objects.update_or_create(
            case=case,
            defaults={
                "revision": revision,
                "snapshot_id": snapshot_of(result),
                "method": METHOD,
                "document": figures.to_document(),
                "counted_at": now,
            },
        )
    return True


def _begin(case_id: int) -> None:
    """Have a place where the changes of a dialogue are noted."""
    DialogueRevision.objects.bulk_create([DialogueRevision(case_id=case_id)], ignore_conflicts=True)
