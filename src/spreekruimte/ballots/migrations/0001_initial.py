import django.db.models.deletion
from django.db import migrations, models

from spreekruimte.organisations.append_only import KeepRows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseKey",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("key", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.CharField(max_length=64)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("browser", "anonymous browser"),
                            ("email", "confirmed e-mail address"),
                            ("invitation", "invitation code"),
                            ("openid", "OpenID Connect"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("open", "open channel"), ("panel", "panel")], max_length=5
                    ),
                ),
                ("has_seen_results", models.BooleanField(default=False)),
                ("has_given_up", models.BooleanField(default=False)),
                ("about", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="ModerationEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round_id", models.BigIntegerField()),
                ("reason_id", models.BigIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("show", "shown"),
                            ("hide", "hidden"),
                            ("restore", "shown again"),
                            ("merge", "taken together with another"),
                            ("separate", "taken apart again"),
                            ("appeal", "appealed against by who wrote it"),
                            ("uphold", "hidden still, after an appeal"),
                        ],
                        max_length=8,
                    ),
                ),
                ("ground", models.CharField(blank=True, default="", max_length=20)),
                ("into_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["round_id", "-id"], name="moderation_of_round"),
                    models.Index(fields=["reason_id", "-id"], name="moderation_of_reason"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "hide"), models.Q(("ground", ""), _negated=True)),
                            models.Q(models.Q(("act", "hide"), _negated=True), ("ground", "")),
                            _connector="OR",
                        ),
                        name="moderation_hides_on_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "merge"), ("into_id__isnull", False)),
                            models.Q(
                                models.Q(("act", "merge"), _negated=True), ("into_id__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="moderation_merges_into_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedRound",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="planned_round",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                (
                    "moderation",
                    models.CharField(
                        choices=[
                            ("before", "before they are shown"),
                            ("after", "after they are shown"),
                        ],
                        max_length=6,
                    ),
                ),
                ("seeds", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="plan_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("moderation__in", ["before", "after"])),
                        name="plan_moderation_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "moderation",
                    models.CharField(
                        choices=[
                            ("before", "before they are shown"),
                            ("after", "after they are shown"),
                        ],
                        default="before",
                        max_length=6,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("head_length", models.PositiveBigIntegerField(default=0)),
                ("head_digest", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.CharField(blank=True, max_length=280)),
                ("language", models.CharField(max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for a moderator"),
                            ("shown", "shown"),
                            ("hidden", "hidden"),
                            ("merged", "taken together with another"),
                            ("erased", "erased by who wrote it"),
                        ],
                        max_length=8,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reasons",
                        to="ballots.participation",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="ballots.reason",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reasons",
                        to="ballots.round",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="participation",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="ballots.round",
            ),
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveBigIntegerField()),
                ("previous", models.CharField(max_length=64)),
                ("commitment", models.CharField(blank=True, default="", max_length=64)),
                ("receipt", models.CharField(max_length=64, null=True)),
                ("concerns", models.PositiveBigIntegerField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
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
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="ballots.round",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ballot",
                        serialize=False,
                        to="ballots.logentry",
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("judgement", "admissible or not"),
                            ("measure", "what the employer should do"),
                            ("reason", "agree with a reason or not"),
                        ],
                        max_length=9,
                    ),
                ),
                ("answer", models.SmallIntegerField()),
                ("after_results", models.BooleanField(default=False)),
                ("is_latest", models.BooleanField(default=True)),
                ("salt", models.BinaryField(max_length=32)),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="ballots.participation",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="ballots.reason",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="round_number_once"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("case",),
                name="round_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="round_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opened_at"))),
                name="round_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("moderation__in", ["before", "after"])),
                name="round_moderation_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="reason",
            index=models.Index(fields=["round", "state"], name="reason_by_state"),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(
                        models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="reason_merged_into_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content", ""), ("state", "erased")),
                    models.Q(
                        models.Q(("state", "erased"), _negated=True),
                        models.Q(("content", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reason_has_content_until_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "shown", "hidden", "merged", "erased"])
                ),
                name="reason_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "en"])), name="reason_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=("round", "pseudonym"), name="participation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["open", "panel"]),
                    ("tier__in", ["browser", "email", "invitation", "openid"]),
                ),
                name="participation_tier_and_channel_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("has_given_up", False), ("has_seen_results", True), _connector="OR"
                ),
                name="participation_given_up_has_seen",
            ),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.UniqueConstraint(
                fields=("round", "position"), name="log_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.UniqueConstraint(
                fields=("round", "concerns"), name="log_erases_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.UniqueConstraint(fields=("receipt",), name="log_receipt_once"),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("concerns__isnull", True),
                        ("receipt__isnull", False),
                        models.Q(("commitment", ""), _negated=True),
                    ),
                    models.Q(
                        ("commitment", ""), ("concerns__isnull", False), ("receipt__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="log_entry_is_ballot_or_erasure",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer__range", (-1, 1)),
                        ("question", "judgement"),
                        ("reason__isnull", True),
                    ),
                    models.Q(
                        ("answer__range", (-1, 8)),
                        ("question", "measure"),
                        ("reason__isnull", True),
                    ),
                    models.Q(
                        ("answer__range", (-1, 1)),
                        ("question", "reason"),
                        ("reason__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ballot_answers_its_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_latest", True), ("reason__isnull", True)),
                fields=("participation", "question"),
                name="ballot_latest_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_latest", True), ("reason__isnull", False)),
                fields=("participation", "reason"),
                name="ballot_latest_once_per_reason",
            ),
        ),
        KeepRows("LogEntry"),
        KeepRows("ModerationEntry"),
    ]
