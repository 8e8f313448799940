from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("ballots", "0003_arms")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(model_name="round", name="arms", field=models.JSONField(default=dict)),
        migrations.AddField(
            model_name="round",
            name="reply_length",
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
