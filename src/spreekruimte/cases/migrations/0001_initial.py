from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("organisations", "0001_initial"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provenance", models.CharField(max_length=20)),
                ("bank_entry", models.CharField(blank=True, default="", max_length=16)),
                ("state", models.CharField(default="draft", max_length=20)),
                ("is_simulated", models.BooleanField(default=False)),
                ("description_nl", models.CharField(max_length=1000)),
                ("description_en", models.CharField(max_length=1000)),
                ("context", models.JSONField(default=dict)),
                ("public_facts", models.JSONField(default=list)),
                ("latest_day", models.DateField(null=True)),
                ("open_procedures", models.JSONField(default=dict)),
                ("ceiling", models.JSONField(default=dict)),
                ("rights_floor", models.JSONField(default=dict)),
                ("consent_given_on", models.DateField(null=True)),
                ("consent_withdrawn_on", models.DateField(null=True)),
                ("reply_offered_on", models.DateField(null=True)),
                ("reply_is_settled", models.BooleanField(default=False)),
                ("reasons", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("opens_at", models.DateTimeField(null=True)),
                ("closes_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("citation", models.CharField(max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("framing", models.CharField(max_length=10)),
                ("side", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=2)),
                ("content", models.CharField(max_length=1000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("editor", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("confirmed", models.JSONField(default=list)),
                ("cleared", models.JSONField(default=list)),
                ("signed_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["organisation", "-id"], name="case_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "closes_at"], name="case_by_state"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "draft",
                            "in_check",
                            "stopped",
                            "ready",
                            "open",
                            "closed",
                            "withdrawn",
                            "protected",
                        ),
                    )
                ),
                name="case_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("provenance__in", ("closed_case", "own_case", "synthetic"))),
                name="case_provenance_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("description_nl", ""), ("description_en", ""), _connector="OR", _negated=True
                ),
                name="case_has_description",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                name="case_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "open"), _negated=True),
                    models.Q(("closes_at__isnull", False), ("opens_at__isnull", False)),
                    _connector="OR",
                ),
                name="case_that_is_open_has_times",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("provenance", "own_case"),
                    models.Q(
                        ("consent_given_on__isnull", True), ("consent_withdrawn_on__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="case_with_consent_is_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("bank_entry", ""), _negated=True),
                fields=("organisation", "bank_entry"),
                name="case_once_per_bank_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="casesource",
            constraint=models.UniqueConstraint(
                fields=("case", "citation"), name="case_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="casesource",
            constraint=models.CheckConstraint(
                condition=models.Q(("citation", ""), _negated=True), name="case_source_has_citation"
            ),
        ),
        migrations.AddConstraint(
            model_name="casetext",
            constraint=models.UniqueConstraint(
                fields=("case", "framing", "side", "language"), name="case_text_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="casetext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("framing__in", ("bare", "function", "distance", "context", "fuss")),
                    ("language__in", ("nl", "en")),
                    ("side__in", ("post", "mirror")),
                ),
                name="case_text_place_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casetext",
            constraint=models.CheckConstraint(
                condition=models.Q(("content", ""), _negated=True), name="case_text_has_content"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("case", "editor"), name="case_signed_once_per_editor"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), _negated=True), name="signature_has_digest"
            ),
        ),
    ]
