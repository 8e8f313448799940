"""What public servants answer, and what editors fill in to ask them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.desk_forms import InvitationsForm
from spreekruimte.cases.sentences import Language
from spreekruimte.guidelines.chill.models import MOST_CASES, Survey, SurveyAnswer
from spreekruimte.guidelines.evidence import Finding
from spreekruimte.guidelines.models import Version

if TYPE_CHECKING:
    from django.http import QueryDict

__all__ = ["AnswerForm", "InvitationsForm", "SurveyForm"]

_OLD = _("Something is missing from the form. Open the page again.")
_CHOOSE_ONE = _("Choose one of the answers.")


class AnswerForm(forms.Form):
    """What somebody would do in one case: one of the buttons."""

    place = forms.IntegerField(
        min_value=0,
        max_value=MOST_CASES,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _OLD),
    )
    answer = forms.TypedChoiceField(
        choices=SurveyAnswer.Answer.choices,
        coerce=lambda value: SurveyAnswer.Answer(int(value)),
        label=_("Your answer"),
        error_messages={"required": _CHOOSE_ONE, "invalid_choice": _CHOOSE_ONE},
    )


class SurveyForm(forms.Form):
    """About which guideline and which cases public servants are asked, and how they come in."""

    version = forms.ChoiceField(
        label=_("About which guideline?"),
        help_text=_("People are asked to think of this one: today's rules."),
        error_messages={
            "required": _("Choose a guideline."),
            "invalid_choice": _("That guideline is not published any more."),
        },
    )
    entry = forms.ChoiceField(
        label=_("How do public servants come in?"),
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE_ONE, "invalid_choice": _CHOOSE_ONE},
    )
    cases = forms.MultipleChoiceField(
        label=_("Which cases?"),
        help_text=_(
            "Choose 1 to 12. Each comes on a screen of its own. The public's verdict on them is "
            "published."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one case."),
            "invalid_choice": _("Choose cases of which the verdict is published."),
        },
    )

    def __init__(
        self,
        *,
        versions: Sequence[Version],
        findings: Sequence[Finding],
        language: Language,
        data: QueryDict | None = None,
    ) -> None:
        entries = Survey.Entry.choices if settings.OPENID_CONNECT else Survey.Entry.choices[:1]
        super().__init__(data, initial={"entry": Survey.Entry.CODE}, label_suffix="")
        self._fill("version", [(str(each.pk), _name(each, language)) for each in versions])
        self._fill("entry", entries)
        self._fill(
            "cases",
            [(str(each.case_id), each.description.in_language(language)) for each in findings],
        )

    def clean_cases(self) -> list[int]:
        """Take 1 to 12 cases."""
        chosen = [int(each) for each in self.cleaned_data["cases"]]
        if len(chosen) > MOST_CASES:
            raise forms.ValidationError(_("Choose at most 12 cases."))
        return chosen

    def _fill(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - says so to the types
        field.choices = [(value, str(label)) for value, label in choices]


def _name(version: Version, language: Language) -> str:
    title = version.title_nl if language == "nl" else version.title_en
    return str(_("%(title)s, version %(number)s")) % {"title": title, "number": version.number}
