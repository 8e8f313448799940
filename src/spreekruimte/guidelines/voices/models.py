"""Questions about several voices as they are stored, and what the public answered.

What tells respondents apart is a pseudonym of the question, made with a key that is deleted when it
closes: from then on no answer leads back to anybody. No row holds the moment of an answer.
"""

from __future__ import annotations

from typing import ClassVar, get_args

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.guidelines.voices.states import FIRST, State
from spreekruimte.organisations.append_only import AppendOnlyModel
from spreekruimte.organisations.models import Organisation

LONGEST_TOPIC = 40


class VoicesQuestion(models.Model):
    """The question whether several voices on a topic harm or help trust in an organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="voices_questions"
    )
    topic = models.CharField(max_length=LONGEST_TOPIC)
    """A value of the attribute that is the topic; see `mandates.cells`."""
    state = models.CharField(max_length=6, default=FIRST)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "topic"], name="voices_question_once_per_topic"
            ),
            models.CheckConstraint(
                condition=Q(state__in=get_args(State)), name="voices_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
                name="voices_has_the_moments_of_its_state",
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"question about voices {self.pk}"


class VoicesKey(models.Model):
    """The key that pseudonyms of a question follow from; deleted when it closes."""

    question = models.OneToOneField(
        VoicesQuestion, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        """Return whose key it is, without the key."""
        return f"key of question {self.question_id}"


class VoicesAnswer(AppendOnlyModel):
    """What one respondent answered; the first answer stands."""

    class Answer(models.TextChoices):
        """What several voices do to trust."""

        HARM = "harm", _("They harm my trust")
        NO_DIFFERENCE = "same", _("They make no difference")
        HELP = "help", _("They help my trust")
        UNKNOWN = "unknown", _("I do not know")

    question = models.ForeignKey(VoicesQuestion, on_delete=models.PROTECT, related_name="answers")
    pseudonym = models.CharField(max_length=64)
    answer = models.CharField(max_length=7, choices=Answer)

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "pseudonym"], name="voices_answer_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["harm", "same", "help", "unknown"]),
                name="voices_answer_is_an_answer",
            ),
        ]

    def __str__(self) -> str:
        """Return to what it is an answer, without what was answered or by whom."""
        return f"answer to question {self.question_id}"
