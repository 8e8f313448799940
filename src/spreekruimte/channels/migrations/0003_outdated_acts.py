"""What waited until it was out of date is not sent: a state of its own, apart from failing."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

STATES = [
    ("waiting", "waits"),
    ("sending", "is being sent"),
    ("sent", "sent"),
    ("failed", "failed"),
    ("stopped", "taken back"),
    ("unknown", "may be sent; we look"),
    ("outdated", "out of date; not sent"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("channels", "0002_verdict_of_an_act")]

    operations: ClassVar[list[Operation]] = [
        migrations.RemoveConstraint(model_name="act", name="act_state_is_known"),
        migrations.AlterField(
            model_name="act",
            name="state",
            field=models.CharField(choices=STATES, default="waiting", max_length=8),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", [state for state, _label in STATES])),
                name="act_state_is_known",
            ),
        ),
    ]
