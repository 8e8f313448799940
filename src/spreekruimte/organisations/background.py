"""What is computed in the background, and has to be taken up again when its worker died."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet

# Work that is not heard of for so long has died with its worker; what failed is tried again then.
PATIENCE = timedelta(minutes=5)

Computed = TypeVar("Computed", bound=Model)


def take_up(computed: QuerySet[Computed], *, now: datetime) -> list[int]:
    """Give which of these fell silent before they were done; they wait again from now on.

    Parameters
    ----------
    computed
        Rows with a `stage`, "waiting" at first and "done" at last, and with `seen_at`.
    """
    silent = computed.exclude(stage="done").filter(seen_at__lt=now - PATIENCE)
    found = list(silent.order_by("pk").values_list("pk", flat=True))
    silent.filter(pk__in=found).update(stage="waiting", seen_at=now)
    return found
