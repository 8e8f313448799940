import django.db.models.deletion
from django.db import migrations, models

from spreekruimte.organisations.append_only import KeepRows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0002_shared_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="Guideline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title_nl", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("pack", models.CharField(blank=True, default="", max_length=40)),
                ("evidence_days", models.PositiveSmallIntegerField(default=365)),
                ("last_number", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidelines",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20)),
                ("position", models.PositiveIntegerField()),
                ("text_nl", models.CharField(max_length=1000)),
                ("text_en", models.CharField(max_length=1000)),
                ("predicate", models.JSONField()),
                ("effect", models.CharField(max_length=16)),
                ("duty", models.CharField(blank=True, default="", max_length=20)),
                ("weighs", models.JSONField(default=list)),
                ("source", models.CharField(blank=True, default="", max_length=300)),
                ("dated", models.CharField(blank=True, default="", max_length=10)),
                ("confidence", models.CharField(max_length=12)),
                (
                    "guideline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft_lines",
                        to="guidelines.guideline",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("title_nl", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120)),
                ("lines", models.JSONField()),
                ("published_at", models.DateTimeField()),
                (
                    "guideline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="guidelines.guideline",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="guideline",
            index=models.Index(fields=["organisation", "id"], name="guideline_of_organisation"),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("draft", "current", "revising", "withdrawn"))),
                name="guideline_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("title_nl", ""), ("title_en", ""), _connector="OR", _negated=True
                ),
                name="guideline_has_titles",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence_days__gt", 0)),
                name="guideline_evidence_holds_for_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftline",
            constraint=models.UniqueConstraint(
                fields=("guideline", "name"), name="draft_line_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="draftline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "effect__in",
                        (
                            "forbid",
                            "require",
                            "caution",
                            "permit",
                            "frame",
                            "weigh",
                            "limits_employer",
                        ),
                    )
                ),
                name="draft_line_effect_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name", ""), ("text_nl", ""), ("text_en", ""), _connector="OR", _negated=True
                ),
                name="draft_line_has_name_and_texts",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effect", "require"), models.Q(("duty", ""), _negated=True)),
                    models.Q(models.Q(("effect", "require"), _negated=True), ("duty", "")),
                    _connector="OR",
                ),
                name="draft_line_says_what_is_required",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("guideline", "number"), name="version_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("title_nl", ""), ("title_en", ""), _connector="OR", _negated=True
                ),
                name="version_has_titles",
            ),
        ),
        KeepRows("Version"),
    ]
