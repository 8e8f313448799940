import django.db.models.deletion
from django.db import migrations, models

from spreekruimte.organisations.append_only import KeepRows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ballots", "0001_initial"),
        ("cases", "0002_consent_by_code"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "speaker",
                    models.CharField(
                        choices=[
                            ("citizen", "citizen"),
                            ("servant", "the public servant whose post this is"),
                            ("colleague", "a public servant of the organisation"),
                            ("organisation", "the organisation"),
                        ],
                        default="citizen",
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("web", "here"),
                            ("mastodon", "Mastodon"),
                            ("bluesky", "Bluesky"),
                            ("fediverse", "the fediverse"),
                            ("webmention", "a blog"),
                        ],
                        default="web",
                        max_length=10,
                    ),
                ),
                ("author", models.CharField(blank=True, default="", max_length=64)),
                ("content", models.CharField(blank=True, max_length=1000)),
                ("language", models.CharField(blank=True, max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for a moderator"),
                            ("shown", "shown"),
                            ("hidden", "hidden"),
                            ("erased", "erased by who wrote it"),
                        ],
                        max_length=7,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="cases.case",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="dialogue.message",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="ballots.reason",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MessageModeration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("show", "shown"),
                            ("hide", "hidden"),
                            ("restore", "shown again"),
                            ("appeal", "appealed against by who wrote it"),
                            ("uphold", "hidden still, after an appeal"),
                        ],
                        max_length=7,
                    ),
                ),
                ("ground", models.CharField(blank=True, default="", max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["case_id", "-id"], name="message_moderation_of_case"),
                    models.Index(fields=["message_id", "-id"], name="message_moderation_of_one"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "hide"), models.Q(("ground", ""), _negated=True)),
                            models.Q(models.Q(("act", "hide"), _negated=True), ("ground", "")),
                            _connector="OR",
                        ),
                        name="message_moderation_has_ground",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("voter", models.CharField(max_length=64)),
                ("answer", models.SmallIntegerField()),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="dialogue.message",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["case", "state"], name="message_by_state"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "shown", "hidden", "erased"])),
                name="message_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__in", ["web", "mastodon", "bluesky", "fediverse", "webmention"]),
                    ("speaker__in", ["citizen", "servant", "colleague", "organisation"]),
                ),
                name="message_speaker_and_source_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("author", ""), ("content", ""), ("state", "erased")),
                    models.Q(
                        models.Q(("state", "erased"), _negated=True),
                        models.Q(("content", ""), _negated=True),
                        models.Q(("author", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_has_content_and_author_until_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("speaker", "citizen"), ("source", "web"), _connector="OR"),
                name="message_of_an_office_comes_from_here",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "en", ""])), name="message_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True),
                    models.Q(("parent", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="message_answers_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagevote",
            constraint=models.UniqueConstraint(
                fields=("message", "voter"), name="message_vote_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagevote",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__range", (-1, 1))), name="message_vote_is_an_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagevote",
            constraint=models.CheckConstraint(
                condition=models.Q(("voter", ""), _negated=True), name="message_vote_has_voter"
            ),
        ),
        KeepRows("MessageModeration"),
    ]
