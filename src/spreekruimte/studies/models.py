"""Studies as they are stored: what is asked, of whom, and what they answered.

What tells respondents apart is a pseudonym of the study (`spreekruimte.ballots.pseudonyms`), made
with a key that is deleted when the study closes: from then on no answer leads back to anybody. No
row holds an address, an account or the moment of an answer. The functions in
`spreekruimte.studies.actions` make each change; the states stand in `spreekruimte.studies.states`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.models import Channel, Tier
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.states import FIRST, STATE_NAMES

LONGEST_TITLE = 120
FEWEST_SHOWN, MOST_SHOWN = 2, 12
FEWEST_BLOCKS, MOST_BLOCKS = 2, 100


class Study(models.Model):
    """A study with vignettes of a public body."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="studies")
    title_nl = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=LONGEST_TITLE)
    introduction_nl = models.TextField()
    introduction_en = models.TextField()
    opening_nl = models.TextField()
    opening_en = models.TextField()
    """With what every vignette begins."""
    attributes = models.JSONField(default=list)
    """What vignettes are made of, in order: pairs of an attribute and its values."""
    forbidden = models.JSONField(default=list)
    """Combinations that are never shown: each a value by its attribute."""
    pairs = models.JSONField(default=list)
    """Pairs of attributes of which is said beforehand that they may work together."""
    wording = models.JSONField(default=dict)
    """Sentences of editors, by attribute, value and language; others follow from the schema."""
    per_respondent = models.PositiveSmallIntegerField(default=6)
    blocks = models.PositiveSmallIntegerField(default=30)
    efficiency = models.FloatField(null=True)
    """D-efficiency of the vignettes that were drawn; None where none were."""
    state = models.CharField(max_length=9, choices=list(STATE_NAMES.items()), default=FIRST)
    is_simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=list(STATE_NAMES)), name="study_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(per_respondent__range=(FEWEST_SHOWN, MOST_SHOWN))
                & Q(blocks__range=(FEWEST_BLOCKS, MOST_BLOCKS)),
                name="study_size_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", opened_at__isnull=True)
                | (~Q(state="draft") & Q(opened_at__isnull=False, efficiency__isnull=False)),
                name="study_was_designed_and_opened",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-id"], name="study_by_state"),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"study {self.pk}"

    @property
    def title(self) -> Bilingual:
        """What it is called."""
        return Bilingual(self.title_nl, self.title_en)

    @property
    def introduction(self) -> Bilingual:
        """What respondents read first."""
        return Bilingual(self.introduction_nl, self.introduction_en)

    @property
    def opening(self) -> Bilingual:
        """With what every vignette begins."""
        return Bilingual(self.opening_nl, self.opening_en)


class StudyKey(models.Model):
    """The key that pseudonyms and lots of a study follow from; deleted when the study closes."""

    study = models.OneToOneField(
        Study, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        """Return whose key it is, without the key."""
        return f"key of study {self.study_id}"


class Vignette(models.Model):
    """One context that is shown, as it was drawn."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="vignettes")
    block = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    """In its block; in which order a respondent sees the block is a lot of its own."""
    context = models.JSONField()
    """The value of each attribute of the study."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["study", "block", "place"], name="vignette_place_once"),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"vignette {self.place} in block {self.block} of study {self.study_id}"


class StudyRespondent(models.Model):
    """Somebody who answered, known by pseudonym, and the block that the lot gave them."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="respondents")
    pseudonym = models.CharField(max_length=64)
    tier = models.CharField(max_length=10, choices=Tier)
    channel = models.CharField(max_length=5, choices=Channel)
    block = models.PositiveSmallIntegerField()
    about = models.JSONField(default=dict)
    """Optional, coarse answers about the respondent, by question."""
    has_erased = models.BooleanField(default=False)
    """Whether the answers were erased: then there are none, and none are taken any more."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["study", "pseudonym"], name="study_respondent_once"),
            models.CheckConstraint(
                condition=Q(tier__in=Tier.values, channel__in=Channel.values),
                name="study_respondent_tier_and_channel_are_known",
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is, without the pseudonym."""
        return f"respondent {self.pk} of study {self.study_id}"


class StudyAnswer(models.Model):
    """What a respondent found of a vignette: never changed, and deleted by who gave it alone."""

    class Answer(models.IntegerChoices):
        """What can be answered."""

        ADMISSIBLE = 1, _("Admissible")
        NOT_ADMISSIBLE = -1, _("Not admissible")
        UNKNOWN = 0, _("I don't know")

    respondent = models.ForeignKey(
        StudyRespondent, on_delete=models.PROTECT, related_name="answers"
    )
    vignette = models.ForeignKey(Vignette, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    """As which one of their vignettes the respondent saw it, from 1."""
    answer = models.SmallIntegerField(choices=Answer)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["respondent", "vignette"], name="study_answer_once_per_vignette"
            ),
            models.UniqueConstraint(
                fields=["respondent", "number"], name="study_answer_once_per_number"
            ),
            models.CheckConstraint(
                condition=Q(answer__range=(-1, 1)), name="study_answer_is_an_answer"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is, without what was answered."""
        return f"answer {self.number} of respondent {self.respondent_id}"


class StudyInvitation(models.Model):
    """A code that invites to a study, kept as a digest only."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Return which one it is, without what leads to the code."""
        return f"invitation {self.pk} to a study"


class StudyResult(models.Model):
    """What came out of a study that closed, and how far the estimating is."""

    class Stage(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waits for its turn")
        RUNNING = "running", _("the answers are counted")
        FAILED = "failed", _("failed, and is tried again soon")
        DONE = "done", _("done")

    study = models.OneToOneField(
        Study, on_delete=models.PROTECT, primary_key=True, related_name="result"
    )
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.WAITING.value)
    seen_at = models.DateTimeField()
    """When it was last heard of."""
    method = models.CharField(max_length=40, blank=True, default="")
    figures = models.JSONField(default=dict)
    """By channel, as `spreekruimte.studies.estimating.estimate` gives them."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(stage="done") & ~Q(method=""))
                | Q(stage__in=["waiting", "running", "failed"], method=""),
                name="study_result_has_method_when_done",
            ),
        ]

    def __str__(self) -> str:
        """Return of what it is."""
        return f"result of study {self.study_id}"
