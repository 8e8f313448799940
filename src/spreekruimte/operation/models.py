"""What an installation remembers of its own machinery."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SignOfLife(models.Model):
    """When a worker was last known to work.

    A task that a worker took and did not finish goes back to the queue once its sign is old.
    """

    worker = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(worker=""), name="sign_of_life_has_worker"),
        ]

    def __str__(self) -> str:
        """Return which worker it is of."""
        return self.worker
