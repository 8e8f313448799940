"""What editors fill in to open a round."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.actions.inviting import MOST_AT_ONCE
from spreekruimte.ballots.actions.rounds import MOST_SEEDS, Seed
from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.ballots.models import LONGEST_REASON, Moderation
from spreekruimte.cases.forms.subject import VersionForm
from spreekruimte.cases.sentences import LANGUAGES, Language

# Whoever has to wait longer for a result is not asked any more, but forgotten.
LONGEST = timedelta(days=366)

_LOST = _("Something is missing from the form. Open the page again.")
_NO_NUMBER = _("Fill in a whole number.")
_NO_DAY = _("Fill in a day, such as 31-12-2026.")


class DayField(forms.DateField):
    """A day, from the calendar of the browser where it has one."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as Django has them
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d-%m-%Y"],
            error_messages={"invalid": _NO_DAY, "required": _NO_DAY},
            **options,
        )


class SeedsField(forms.CharField):
    """Reasons to begin with in one language, one on each line."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as Django has them
        super().__init__(
            required=False,
            max_length=MOST_SEEDS * (LONGEST_REASON + 2),
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_("One reason on each line. Give reasons for both sides."),
            **options,
        )


class RoundForm(VersionForm):
    """When a round begins and ends, who sees reasons first, and which are there from the start."""

    opens_on = DayField(
        required=False,
        label=_("Opens on"),
        help_text=_("Leave this empty to open the round at once."),
    )
    closes_on = DayField(
        label=_("The last day to vote"), help_text=_("The round closes when this day is over.")
    )
    moderation = forms.ChoiceField(
        choices=[
            (Moderation.BEFORE.value, _("Before others see them")),
            (Moderation.AFTER.value, _("After they are shown")),
        ],
        widget=forms.RadioSelect,
        label=_("When does a moderator read the reasons of citizens?"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one of the answers.")
        ),
    )
    seeds_nl = SeedsField(label=_("Reasons to begin with, in Dutch"))
    seeds_en = SeedsField(label=_("Reasons to begin with, in English"))

    def __init__(self, *, today: date, version: int, data: QueryDict | None = None) -> None:
        start = {"version": version, "moderation": Moderation.BEFORE.value}
        super().__init__(data, initial=start, label_suffix="")
        self.today = today

    def clean_opens_on(self) -> date | None:
        """Take a day to come, within a year."""
        day: date | None = self.cleaned_data["opens_on"]
        if day is not None and not self.today < day <= self.today + LONGEST:
            raise forms.ValidationError(_("Choose a day after today, within a year."))
        return day

    def clean_closes_on(self) -> date:
        """Take a day that is not over, within a year."""
        day: date = self.cleaned_data["closes_on"]
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(_("Choose today or a later day, within a year."))
        return day

    def clean(self) -> dict[str, Any]:
        """Let a round close after it opens."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day is not before the first one."))
        return given

    @property
    def opens_at(self) -> datetime | None:
        """When the round begins; None for at once."""
        day: date | None = self.cleaned_data["opens_on"]
        return None if day is None else _start_of(day)

    @property
    def closes_at(self) -> datetime:
        """When the last day is over."""
        return _start_of(self.cleaned_data["closes_on"] + timedelta(days=1))

    @property
    def seeds(self) -> list[Seed]:
        """The reasons to begin with."""
        return [seed for language in LANGUAGES for seed in self._seeds_in(language)]

    def _seeds_in(self, language: Language) -> list[Seed]:
        lines = self.cleaned_data[f"seeds_{language}"].splitlines()
        return [Seed(line, language) for line in lines if line.strip()]


class InvitationsForm(forms.Form):
    """How many codes to make for the panel."""

    count = forms.IntegerField(
        min_value=1,
        max_value=MOST_AT_ONCE,
        label=_("How many codes?"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _NO_NUMBER,
            "invalid": _NO_NUMBER,
            "min_value": _("Make at least one code."),
            "max_value": _("Make at most %(limit_value)s codes at once."),
        },
    )
    made = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_ID,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _LOST),
    )


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
