import uuid

import django.db.models.deletion
from django.db import migrations, models

from spreekruimte.organisations.append_only import KeepRows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ballots", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("open", "open channel"), ("panel", "panel")], max_length=5
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("head_length", models.PositiveBigIntegerField()),
                ("head_digest", models.CharField(max_length=64)),
                ("moderation_id", models.BigIntegerField(default=0)),
                ("method", models.JSONField()),
                ("input_digest", models.CharField(max_length=64)),
                ("document_digest", models.CharField(max_length=64)),
                ("computed_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="ballots.round",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Figures",
            fields=[
                (
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="figures",
                        serialize=False,
                        to="verdicts.snapshot",
                    ),
                ),
                ("document", models.JSONField()),
                ("crowd", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("judge", "computing the verdict"), ("files", "making the files")],
                        max_length=5,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for its turn"),
                            ("running", "under way"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("step", models.CharField(blank=True, default="", max_length=20)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to="ballots.round",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OfficialVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("snapshots", models.JSONField()),
                ("is_follow_up", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="official_verdicts",
                        to="ballots.round",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PublishedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("open", "open channel"), ("panel", "panel")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("size", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="verdicts.officialverdict",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("round", "channel", "number"), name="snapshot_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("round", "channel", "head_digest", "moderation_id"),
                name="snapshot_once_per_head",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["open", "panel"])),
                name="snapshot_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "running"])),
                fields=("round", "kind"),
                name="job_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])),
                name="job_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialverdict",
            constraint=models.UniqueConstraint(
                fields=("round", "number"), name="official_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="officialverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_follow_up", False), ("number__gt", 1), _connector="OR"),
                name="official_follow_up_follows",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedfile",
            constraint=models.UniqueConstraint(
                fields=("verdict", "channel", "name"), name="published_file_once"
            ),
        ),
        KeepRows("Snapshot"),
        KeepRows("OfficialVerdict"),
    ]
