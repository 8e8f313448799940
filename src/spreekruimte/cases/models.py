"""Cases as they are stored. Nothing here can hold the name or an account of who is judged.

What may follow what is in `spreekruimte.cases.states`; the functions in
`spreekruimte.cases.actions` make each change.
"""

from __future__ import annotations

from typing import ClassVar, get_args

from django.db import models
from django.db.models import F, Q

from spreekruimte.cases.bank import FRAMINGS, SIDES
from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.sentences import LANGUAGES
from spreekruimte.cases.shares import MIRROR_SHARE, WHOLE, default_shares
from spreekruimte.cases.states import FIRST, State
from spreekruimte.organisations.models import Organisation

LONGEST_TEXT = 1000
LONGEST_SOURCE = 300


class Case(models.Model):
    """One post in its context."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    provenance = models.CharField(max_length=20)
    bank_entry = models.CharField(max_length=16, blank=True, default="")
    """Which entry of the case bank it was made from, if any."""
    state = models.CharField(max_length=20, default=FIRST)
    is_simulated = models.BooleanField(default=False)
    """Whether the citizens who judge it are simulated."""
    description_nl = models.CharField(max_length=LONGEST_TEXT)
    description_en = models.CharField(max_length=LONGEST_TEXT)
    context = models.JSONField(default=dict)
    """What `Context.to_json` writes, as an object."""
    public_facts = models.JSONField(default=list)
    """The attributes that citizens are shown, in this order."""
    framing_shares = models.JSONField(default=default_shares)
    """Per cent of the citizens who are to see each framing."""
    mirror_share = models.PositiveSmallIntegerField(default=MIRROR_SHARE)
    """Per cent of them who are to see the mirror."""

    # What the gates have to know beside the texts, the context and the sources.
    latest_day = models.DateField(null=True)
    open_procedures = models.JSONField(default=dict)
    ceiling = models.JSONField(default=dict)
    rights_floor = models.JSONField(default=dict)
    consent_given_on = models.DateField(null=True)
    consent_withdrawn_on = models.DateField(null=True)
    consent_digest = models.CharField(max_length=64, blank=True, default="")
    """What the public servant read and agreed to: the digest of the texts as they were then."""
    reply_offered_on = models.DateField(null=True)
    reply_is_settled = models.BooleanField(default=False)

    reasons = models.JSONField(default=list)
    """What stopped or protected it at the last check: ``gate.code``, no sentences."""
    created_at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=get_args(State)), name="case_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(provenance__in=get_args(Kind)), name="case_provenance_is_known"
            ),
            models.CheckConstraint(
                condition=~(Q(description_nl="") | Q(description_en="")),
                name="case_has_description",
            ),
            models.CheckConstraint(
                condition=Q(mirror_share__gte=0, mirror_share__lt=WHOLE),
                name="case_mirror_share_leaves_the_post",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="case_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="case_that_is_open_has_times",
            ),
            models.CheckConstraint(
                condition=Q(provenance="own_case")
                | Q(consent_given_on__isnull=True, consent_withdrawn_on__isnull=True),
                name="case_with_consent_is_own",
            ),
            models.UniqueConstraint(
                fields=["organisation", "bank_entry"],
                condition=~Q(bank_entry=""),
                name="case_once_per_bank_entry",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-id"], name="case_of_organisation"),
            models.Index(fields=["state", "closes_at"], name="case_by_state"),
        ]

    def __str__(self) -> str:
        """Return which case it is, without its content."""
        return f"case {self.pk}"


class CaseText(models.Model):
    """The telling of one side of a case in one framing and language."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="texts")
    framing = models.CharField(max_length=10)
    side = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    content = models.CharField(max_length=LONGEST_TEXT)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "framing", "side", "language"], name="case_text_once"
            ),
            models.CheckConstraint(
                condition=Q(framing__in=FRAMINGS, side__in=SIDES, language__in=LANGUAGES),
                name="case_text_place_is_known",
            ),
            models.CheckConstraint(condition=~Q(content=""), name="case_text_has_content"),
        ]

    def __str__(self) -> str:
        """Return which text it is, without its content."""
        return f"{self.side}.{self.framing} ({self.language}) of case {self.case_id}"


class CaseSource(models.Model):
    """What can be cited for a case. For editors only: it leads to a person."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sources")
    citation = models.CharField(max_length=LONGEST_SOURCE)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "citation"], name="case_source_once"),
            models.CheckConstraint(condition=~Q(citation=""), name="case_source_has_citation"),
        ]

    def __str__(self) -> str:
        """Return whose source it is, without what it cites."""
        return f"source of case {self.case_id}"


class ConsentCode(models.Model):
    """What tells who may agree to an own case, and take that back: whoever has the code.

    It is kept as a digest only, and belongs to no user: nothing here says who was given it.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="consent_code")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(digest=""), name="consent_code_has_digest"),
        ]

    def __str__(self) -> str:
        """Return of which case it is, without what leads to the code."""
        return f"consent code of case {self.case_id}"


class Signature(models.Model):
    """What one editor confirmed about the texts with a digest.

    The editor is kept as a pseudonym, so that a signature stands when the editor is erased.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="signatures")
    editor = models.UUIDField()
    digest = models.CharField(max_length=64)
    confirmed = models.JSONField(default=list)
    cleared = models.JSONField(default=dict)
    """What looks like a name or place and leads to no person, each with why."""
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "editor"], name="case_signed_once_per_editor"),
            models.CheckConstraint(condition=~Q(digest=""), name="signature_has_digest"),
        ]

    def __str__(self) -> str:
        """Return who signed for what."""
        return f"{self.editor} for case {self.case_id}"
