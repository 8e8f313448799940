from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("ballots", "0001_initial"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.RemoveConstraint(
            model_name="participation",
            name="participation_tier_and_channel_are_known",
        ),
        migrations.AlterField(
            model_name="participation",
            name="tier",
            field=models.CharField(
                choices=[
                    ("browser", "anonymous browser"),
                    ("email", "confirmed e-mail address"),
                    ("invitation", "invitation code"),
                    ("openid", "OpenID Connect"),
                    ("mastodon", "account on Mastodon"),
                    ("bluesky", "account on Bluesky"),
                    ("embed", "ballot inside another page"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["open", "panel"]),
                    (
                        "tier__in",
                        [
                            "browser",
                            "email",
                            "invitation",
                            "openid",
                            "mastodon",
                            "bluesky",
                            "embed",
                        ],
                    ),
                ),
                name="participation_tier_and_channel_are_known",
            ),
        ),
    ]
