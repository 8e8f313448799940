from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("ballots", "0002_tiers_elsewhere"),
        ("cases", "0003_framing_shares"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="participation",
            name="framing",
            field=models.CharField(default="context", max_length=10),
        ),
        migrations.AddField(
            model_name="participation",
            name="side",
            field=models.CharField(default="post", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("framing__in", ("bare", "function", "distance", "context", "fuss")),
                    ("side__in", ("post", "mirror")),
                ),
                name="participation_arm_is_known",
            ),
        ),
    ]
