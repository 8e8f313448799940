"""Guidelines as they are stored: lines while they are written, and versions that stay as they are.

What may follow what is in `spreekruimte.guidelines.states`; the functions in
`spreekruimte.guidelines.actions` make each change. Nothing here can hold a person.
"""

from __future__ import annotations

from typing import ClassVar, get_args

from django.db import models
from django.db.models import Q

from spreekruimte.cases.models import LONGEST_SOURCE, LONGEST_TEXT
from spreekruimte.guidelines.effects import LineEffect
from spreekruimte.guidelines.states import FIRST, State
from spreekruimte.organisations.append_only import AppendOnlyModel
from spreekruimte.organisations.models import Organisation

LONGEST_TITLE = 120
LONGEST_NAME = 20
EVIDENCE_DAYS = 365
"""How long the evidence of a line holds, unless the organisation chooses otherwise."""


class Guideline(models.Model):
    """A guideline of an organisation: one title, a draft, and the versions that were published."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="guidelines"
    )
    title_nl = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=LONGEST_TITLE)
    state = models.CharField(max_length=10, default=FIRST)
    pack = models.CharField(max_length=40, blank=True, default="")
    """The pack that it was copied from, if any."""
    evidence_days = models.PositiveSmallIntegerField(default=EVIDENCE_DAYS)
    """For how many days the evidence of a line holds."""
    last_number = models.PositiveIntegerField(default=0)
    """How many lines were ever given a number, so that no name comes back."""
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=get_args(State)), name="guideline_state_is_known"
            ),
            models.CheckConstraint(
                condition=~(Q(title_nl="") | Q(title_en="")), name="guideline_has_titles"
            ),
            models.CheckConstraint(
                condition=Q(evidence_days__gt=0), name="guideline_evidence_holds_for_days"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "id"], name="guideline_of_organisation"),
        ]

    def __str__(self) -> str:
        """Return which guideline it is, without its title."""
        return f"guideline {self.pk}"


class DraftLine(models.Model):
    """One line of the draft of a guideline; there is none once that is published."""

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="draft_lines")
    name = models.CharField(max_length=LONGEST_NAME)
    position = models.PositiveIntegerField()
    text_nl = models.CharField(max_length=LONGEST_TEXT)
    text_en = models.CharField(max_length=LONGEST_TEXT)
    predicate = models.JSONField()
    """As `spreekruimte.analysis.rules.write_predicate` gives it."""
    effect = models.CharField(max_length=16)
    duty = models.CharField(max_length=20, blank=True, default="")
    weighs = models.JSONField(default=list)
    source = models.CharField(max_length=LONGEST_SOURCE, blank=True, default="")
    dated = models.CharField(max_length=10, blank=True, default="")
    confidence = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["guideline", "name"], name="draft_line_name_once"),
            models.CheckConstraint(
                condition=Q(effect__in=get_args(LineEffect)), name="draft_line_effect_is_known"
            ),
            models.CheckConstraint(
                condition=~(Q(name="") | Q(text_nl="") | Q(text_en="")),
                name="draft_line_has_name_and_texts",
            ),
            models.CheckConstraint(
                condition=Q(effect="require") & ~Q(duty="") | ~Q(effect="require") & Q(duty=""),
                name="draft_line_says_what_is_required",
            ),
        ]

    def __str__(self) -> str:
        """Return which line it is, without its text."""
        return f"line {self.name} of guideline {self.guideline_id}"


class Version(AppendOnlyModel):
    """A guideline as it was published: with its number and its moment, for good."""

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    """Counted from 1."""
    title_nl = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=LONGEST_TITLE)
    lines = models.JSONField()
    """As `spreekruimte.guidelines.documents.write_lines` gives them."""
    published_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["guideline", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=~(Q(title_nl="") | Q(title_en="")), name="version_has_titles"
            ),
        ]

    def __str__(self) -> str:
        """Return which version it is."""
        return f"version {self.number} of guideline {self.guideline_id}"
