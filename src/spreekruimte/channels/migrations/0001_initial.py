import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ballots", "0001_initial"),
        ("dialogue", "0001_initial"),
        ("organisations", "0002_shared_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServerPace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("server", models.CharField(max_length=500, unique=True)),
                ("next_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=20)),
                ("server", models.CharField(max_length=500)),
                ("identifier", models.CharField(max_length=500)),
                ("name", models.CharField(max_length=500)),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("credentials", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("connected", "connected"),
                            ("signed_out", "signed out"),
                            ("disconnected", "disconnected"),
                        ],
                        default="connected",
                        max_length=12,
                    ),
                ),
                ("connected_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, default="", max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channel_accounts",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AppRegistration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=20)),
                ("server", models.CharField(max_length=500)),
                ("purpose", models.CharField(max_length=20)),
                ("credentials", models.TextField()),
                ("registered_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "server", "purpose"), name="app_registration_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                ("identifier", models.CharField(blank=True, default="", max_length=500)),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("posted_at", models.DateTimeField(null=True)),
                ("options", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("tally", models.JSONField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("next_read_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("is_gone", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="channels.account",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="ballots.round",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=20)),
                ("server", models.CharField(blank=True, default="", max_length=500)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("identifier", models.TextField(blank=True, default="")),
                ("text_digest", models.CharField(max_length=64)),
                ("checked_at", models.DateTimeField()),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origin",
                        to="dialogue.message",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="channels.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=32, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "question"),
                            ("answer", "answer"),
                            ("verdict", "result"),
                            ("withdrawal", "withdrawal"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.PositiveBigIntegerField(default=0)),
                ("post", models.JSONField(default=dict)),
                ("picture", models.BinaryField(default=b"")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits"),
                            ("sending", "is being sent"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("stopped", "taken back"),
                            ("unknown", "may be sent; we look"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("ordered_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, default="", max_length=300)),
                ("identifier", models.CharField(blank=True, default="", max_length=500)),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="channels.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stopped_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channel_stops",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                fields=("network", "server", "identifier"), name="channel_account_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["connected", "signed_out", "disconnected"])),
                name="channel_account_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("credentials", ""), ("state", "disconnected")),
                    models.Q(
                        models.Q(("state", "disconnected"), _negated=True),
                        models.Q(("credentials", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="channel_account_has_credentials_until_disconnected",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["next_read_at"], name="publication_to_be_read"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("round", "account"), name="publication_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "en"])), name="publication_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("identifier", ""), ("posted_at__isnull", True)),
                    models.Q(
                        models.Q(("identifier", ""), _negated=True), ("posted_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="publication_posted_has_identifier",
            ),
        ),
        migrations.AddIndex(
            model_name="origin",
            index=models.Index(
                condition=models.Q(("identifier", ""), _negated=True),
                fields=["checked_at"],
                name="origin_to_be_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), _negated=True), name="origin_has_digest"
            ),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["state", "not_before"], name="act_to_be_sent"),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.UniqueConstraint(
                fields=("publication", "kind", "subject"), name="act_once_per_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["question", "answer", "verdict", "withdrawal"])),
                name="act_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "sending", "sent", "failed", "stopped", "unknown"])
                ),
                name="act_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("leased_until__isnull", False), ("state", "sending")),
                    models.Q(
                        models.Q(("state", "sending"), _negated=True),
                        ("leased_until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="act_is_leased_while_it_is_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="act_that_was_sent_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce("organisation_id", models.Value(0)),
                name="channels_stop_once",
            ),
        ),
    ]
