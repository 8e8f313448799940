import uuid

import django.db.models.deletion
from django.db import migrations, models

from spreekruimte.organisations.append_only import KeepRows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0002_consent_by_code"),
        ("organisations", "0002_shared_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("media", "media item"),
                            ("call", "phone call"),
                            ("email", "e-mail"),
                            ("letter", "letter"),
                            ("mention", "social mention"),
                            ("question", "parliamentary or council question"),
                            ("statement", "statement by an office-holder"),
                            ("complaint", "formal complaint"),
                            ("threat", "threat"),
                            ("hours", "staff hours"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("platform", models.CharField(blank=True, default="", max_length=40)),
                ("author", models.BigIntegerField(null=True)),
                ("reach", models.BigIntegerField(null=True)),
                (
                    "direction",
                    models.SmallIntegerField(
                        choices=[
                            (-1, "against the post"),
                            (0, "neutral"),
                            (1, "in defence of the post"),
                        ],
                        null=True,
                    ),
                ),
                ("is_outside", models.BooleanField(null=True)),
                ("is_employers", models.BooleanField(default=False)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("hand", "by hand"),
                            ("phone", "the page for the phone"),
                            ("import", "import"),
                            ("endpoint", "phone system"),
                            ("feed", "news feed"),
                            ("channel", "social media"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("newspaper", "newspaper"),
                            ("broadcaster", "radio or television"),
                            ("site", "news site"),
                            ("magazine", "magazine"),
                            ("blog", "blog"),
                            ("other", "something else"),
                        ],
                        default="",
                        max_length=11,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outlets",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RegisterKey",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="organisations.organisation",
                    ),
                ),
                ("key", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("endpoint", "a phone system"),
                            ("phone", "the page for the phone"),
                        ],
                        max_length=8,
                    ),
                ),
                ("purpose", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("used_on", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_tokens",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.URLField(max_length=2000)),
                (
                    "kind",
                    models.CharField(
                        choices=[("rss", "RSS"), ("atom", "Atom"), ("sitemap", "news sitemap")],
                        max_length=7,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("etag", models.CharField(blank=True, default="", max_length=300)),
                ("last_modified", models.CharField(blank=True, default="", max_length=300)),
                ("polled_at", models.DateTimeField(null=True)),
                ("next_poll_at", models.DateTimeField()),
                ("failures", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, default="", max_length=40)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to="ophef.outlet",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title_nl", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120)),
                ("words", models.JSONField(default=list)),
                ("address_patterns", models.JSONField(default=list)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="cases.case",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
                ("actor", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "which column is what is to be said"),
                            ("waiting", "waits for its turn"),
                            ("running", "under way"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="new",
                        max_length=7,
                    ),
                ),
                ("problem", models.CharField(blank=True, default="", max_length=40)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField()),
                ("created_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="ophef.incident",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("measure", "measure"),
                            ("order", "order measure"),
                            ("rule", "change of rules"),
                        ],
                        max_length=7,
                    ),
                ),
                ("on", models.DateField()),
                ("measure", models.SmallIntegerField(null=True)),
                (
                    "order",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("suspension", "suspended while it is looked into"),
                            ("access", "no access to the building or the systems"),
                            ("other_work", "other work for the time being"),
                            ("social_media", "no social media for the time being"),
                            ("other", "something else"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("guideline", models.CharField(blank=True, default="", max_length=120)),
                (
                    "strictness",
                    models.SmallIntegerField(
                        choices=[
                            (-1, "looser"),
                            (0, "unchanged, after they were looked at"),
                            (1, "stricter"),
                        ],
                        null=True,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="ophef.incident",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "signal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="link",
                        serialize=False,
                        to="ophef.signal",
                    ),
                ),
                ("address", models.URLField(max_length=2000)),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "signal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="withdrawal",
                        serialize=False,
                        to="ophef.signal",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="signal",
            name="imported",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signals",
                to="ophef.import",
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="incident",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signals",
                to="ophef.incident",
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="token",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signals",
                to="ophef.accesstoken",
            ),
        ),
        migrations.CreateModel(
            name="FeedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("confidence", models.FloatField(default=0.0)),
                ("title", models.CharField(blank=True, default="", max_length=300)),
                ("address", models.URLField(blank=True, default="", max_length=2000)),
                ("published_at", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("undecided", "not decided"),
                            ("yes", "is about this incident"),
                            ("no", "is not about this incident"),
                        ],
                        default="undecided",
                        max_length=9,
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="ophef.feed",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feed_items",
                        to="ophef.incident",
                    ),
                ),
                (
                    "signal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feed_item",
                        to="ophef.signal",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="signal",
            name="outlet",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ophef.outlet",
            ),
        ),
        migrations.CreateModel(
            name="RefusedLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=40)),
                ("column", models.CharField(blank=True, default="", max_length=200)),
                (
                    "imported",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refused_lines",
                        to="ophef.import",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("media", "media item"),
                            ("call", "phone call"),
                            ("email", "e-mail"),
                            ("letter", "letter"),
                            ("mention", "social mention"),
                            ("question", "parliamentary or council question"),
                            ("statement", "statement by an office-holder"),
                            ("complaint", "formal complaint"),
                            ("threat", "threat"),
                            ("hours", "staff hours"),
                        ],
                        max_length=9,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="ophef.incident",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="accesstoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", ""), ("digest", ""), _connector="OR", _negated=True),
                name="access_token_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="accesstoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("use__in", ["endpoint", "phone"])),
                name="access_token_use_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["organisation", "-id"], name="incident_of_organisation"),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False)),
                fields=("organisation", "case"),
                name="incident_once_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("title_nl", ""), ("title_en", ""), _connector="OR", _negated=True
                ),
                name="incident_has_titles",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="incident_ends_after_it_starts",
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["incident", "-created_at"], name="import_of_incident"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["new", "waiting", "running", "done", "failed"])),
                name="import_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("problem", ""), ("state", "failed"), _connector="OR"),
                name="import_that_failed_has_problem",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("guideline", ""),
                        ("kind", "measure"),
                        ("measure__isnull", False),
                        ("measure__range", (0, 8)),
                        ("order", ""),
                        ("strictness__isnull", True),
                    ),
                    models.Q(
                        ("guideline", ""),
                        ("kind", "order"),
                        ("measure__isnull", True),
                        (
                            "order__in",
                            ["suspension", "access", "other_work", "social_media", "other"],
                        ),
                        ("strictness__isnull", True),
                    ),
                    models.Q(
                        ("kind", "rule"),
                        ("measure__isnull", True),
                        ("order", ""),
                        ("strictness__isnull", False),
                        ("strictness__range", (-1, 1)),
                        models.Q(("guideline", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="act_has_what_its_kind_has",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("address", ""), _negated=True), name="link_has_address"
            ),
        ),
        migrations.AddIndex(
            model_name="feeditem",
            index=models.Index(
                fields=["incident", "decision", "-id"], name="feed_item_of_incident"
            ),
        ),
        migrations.AddConstraint(
            model_name="feeditem",
            constraint=models.UniqueConstraint(fields=("feed", "digest"), name="feed_item_once"),
        ),
        migrations.AddConstraint(
            model_name="feeditem",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["undecided", "yes", "no"])),
                name="feed_item_decision_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="feeditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decision", "yes"), ("incident__isnull", False), ("signal__isnull", False)
                    ),
                    models.Q(
                        models.Q(("decision", "yes"), _negated=True), ("signal__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="feed_item_accepted_is_a_signal",
            ),
        ),
        migrations.AddConstraint(
            model_name="feeditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "undecided"), ("incident__isnull", False)),
                    models.Q(("address", ""), ("title", "")),
                    _connector="OR",
                ),
                name="feed_item_decided_is_bare",
            ),
        ),
        migrations.AddConstraint(
            model_name="feeditem",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__range", (0.0, 1.0))),
                name="feed_item_confidence_in_range",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(fields=["incident", "-at", "-id"], name="signal_of_incident"),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(fields=["incident", "kind", "-at", "-id"], name="signal_of_kind"),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("imported__isnull", False)),
                fields=["imported"],
                name="signal_of_import",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("token__isnull", False)),
                fields=["token"],
                name="signal_of_token",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source", "key"), name="signal_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="signal_has_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "media",
                            "call",
                            "email",
                            "letter",
                            "mention",
                            "question",
                            "statement",
                            "complaint",
                            "threat",
                            "hours",
                        ],
                    )
                ),
                name="signal_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__in", ["hand", "phone", "import", "endpoint", "feed", "channel"])
                ),
                name="signal_source_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("direction__isnull", True), ("direction__in", [-1, 0, 1]), _connector="OR"
                ),
                name="signal_direction_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reach__isnull", True), ("reach__range", (0, 10000000000)), _connector="OR"
                ),
                name="signal_reach_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__gt", 0),
                        ("amount__isnull", False),
                        ("amount__lte", 100000),
                        ("kind", "hours"),
                    ),
                    models.Q(models.Q(("kind", "hours"), _negated=True), ("amount__isnull", True)),
                    _connector="OR",
                ),
                name="signal_hours_have_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("outlet__isnull", True), ("kind", "media"), _connector="OR"),
                name="signal_outlet_of_media",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("platform", ""), ("kind", "mention"), _connector="OR"),
                name="signal_platform_of_mention",
            ),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="outlet_once"),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="outlet_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["", "newspaper", "broadcaster", "site", "magazine", "blog", "other"],
                    )
                ),
                name="outlet_kind_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="feed",
            index=models.Index(
                condition=models.Q(("is_active", True)),
                fields=["next_poll_at"],
                name="feed_to_be_polled",
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.UniqueConstraint(
                fields=("organisation", "address"), name="feed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(("address", ""), _negated=True), name="feed_has_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["rss", "atom", "sitemap"])),
                name="feed_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedline",
            constraint=models.UniqueConstraint(
                fields=("imported", "number"), name="refused_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedline",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="refused_line_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(fields=("incident", "kind"), name="tally_once"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "media",
                            "call",
                            "email",
                            "letter",
                            "mention",
                            "question",
                            "statement",
                            "complaint",
                            "threat",
                            "hours",
                        ],
                    )
                ),
                name="tally_kind_is_known",
            ),
        ),
        KeepRows("Signal"),
        KeepRows("Withdrawal"),
    ]
