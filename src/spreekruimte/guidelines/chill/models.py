"""Surveys of public servants as they are stored: what is asked, and what was answered.

What tells respondents apart is a pseudonym of the survey, made with a key that is deleted when the
survey closes: from then on no answer leads back to anybody. No row holds an address, an account, a
text or the moment of an answer. The functions in `actions` make each change.
"""

from __future__ import annotations

from typing import ClassVar, get_args

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.models import Case
from spreekruimte.guidelines.chill.states import FIRST, State
from spreekruimte.guidelines.models import Version
from spreekruimte.organisations.append_only import AppendOnlyModel

MOST_CASES = 12
"""So many cases are asked at most: each on a screen of its own, all to everybody."""


class Survey(models.Model):
    """A survey among the public servants of an organisation, about a version of its guideline."""

    class Entry(models.TextChoices):
        """How public servants come in."""

        CODE = "code", _("With a code that each gets once")
        OPENID = "openid", _("By signing in where they sign in at work")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="surveys")
    entry = models.CharField(max_length=6, choices=Entry)
    state = models.CharField(max_length=9, default=FIRST)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=get_args(State)), name="survey_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(entry__in=["code", "openid"]), name="survey_entry_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, published_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False, published_at__isnull=True)
                | Q(state="published", closed_at__isnull=False, published_at__isnull=False),
                name="survey_has_the_moments_of_its_state",
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"survey {self.pk}"


class SurveyKey(models.Model):
    """The key that pseudonyms and orders of a survey follow from; deleted when it closes."""

    survey = models.OneToOneField(
        Survey, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        """Return whose key it is, without the key."""
        return f"key of survey {self.survey_id}"


class SurveyCase(models.Model):
    """One case that is asked."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    """From 0; each respondent sees them in an order of their own."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "case"], name="survey_case_once"),
            models.UniqueConstraint(fields=["survey", "place"], name="survey_place_once"),
            models.CheckConstraint(
                condition=Q(place__lt=MOST_CASES), name="survey_has_so_many_cases"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"case {self.case_id} in survey {self.survey_id}"


class SurveyInvitation(models.Model):
    """A code that lets one public servant in, kept as a digest until the survey closes."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Return which one it is, without what leads to the code."""
        return f"invitation {self.pk} to a survey"


class SurveyRespondent(models.Model):
    """Somebody who answered, known by pseudonym."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="respondents")
    pseudonym = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "pseudonym"], name="survey_respondent_once"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without the pseudonym."""
        return f"respondent {self.pk} of survey {self.survey_id}"


class SurveyAnswer(AppendOnlyModel):
    """What a respondent would do in one case."""

    class Answer(models.IntegerChoices):
        """What can be answered."""

        POST = 1, _("Yes, I would post this")
        SILENT = -1, _("No, I would stay silent")
        UNKNOWN = 0, _("I do not know")

    respondent = models.ForeignKey(
        SurveyRespondent, on_delete=models.PROTECT, related_name="answers"
    )
    asked = models.ForeignKey(SurveyCase, on_delete=models.PROTECT, related_name="answers")
    answer = models.SmallIntegerField(choices=Answer)

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["respondent", "asked"], name="survey_answer_once_per_case"
            ),
            models.CheckConstraint(
                condition=Q(answer__range=(-1, 1)), name="survey_answer_is_an_answer"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is, without what was answered."""
        return f"answer of respondent {self.respondent_id} on {self.asked_id}"


class SurveyResult(AppendOnlyModel):
    """What came out of a survey, as it was published."""

    survey = models.OneToOneField(
        Survey, on_delete=models.PROTECT, primary_key=True, related_name="result"
    )
    method = models.CharField(max_length=40)
    figures = models.JSONField()
    """As `measuring.measure_survey` gives them."""

    def __str__(self) -> str:
        """Return of what it is."""
        return f"result of survey {self.survey_id}"
