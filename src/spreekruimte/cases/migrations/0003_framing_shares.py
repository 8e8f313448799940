from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

import spreekruimte.cases.shares


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("cases", "0002_consent_by_code"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="case",
            name="framing_shares",
            field=models.JSONField(default=spreekruimte.cases.shares.default_shares),
        ),
        migrations.AddField(
            model_name="case",
            name="mirror_share",
            field=models.PositiveSmallIntegerField(default=25),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("mirror_share__gte", 0), ("mirror_share__lt", 100)),
                name="case_mirror_share_leaves_the_post",
            ),
        ),
    ]
