"""What citizens fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.ladder import MEASURES
from spreekruimte.ballots.models import LONGEST_REASON

LARGEST_ID = 2**63 - 1

JUDGEMENTS = {1: _("Admissible"), -1: _("Not admissible"), 0: _("I don't know")}
VOTES = {1: _("Agree"), -1: _("Disagree"), 0: _("Pass")}

_CHOOSE_ONE = {
    "required": _("Choose one of the answers."),
    "invalid_choice": _("Choose one of the answers."),
}


class JudgementForm(forms.Form):
    """Whether the post is admissible: one of the buttons."""

    answer = forms.TypedChoiceField(
        choices=list(JUDGEMENTS.items()),
        coerce=int,
        label=_("Your judgement"),
        error_messages=_CHOOSE_ONE,
    )


class MeasureForm(forms.Form):
    """What the employer should do: one step of the ladder."""

    answer = forms.TypedChoiceField(
        choices=list(MEASURES.items()),
        coerce=int,
        widget=forms.RadioSelect,
        label=_("Choose what fits best"),
        error_messages=_CHOOSE_ONE,
    )


class VoteForm(forms.Form):
    """Whether one agrees with a reason: one of the buttons under it."""

    reason = forms.IntegerField(
        min_value=1,
        max_value=LARGEST_ID,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("There is no such reason.")
        ),
    )
    answer = forms.TypedChoiceField(
        choices=list(VOTES.items()), coerce=int, error_messages=_CHOOSE_ONE
    )


class ReasonForm(forms.Form):
    """A reason of one's own."""

    content = forms.CharField(
        label=_("Your reason"),
        help_text=_("One sentence, of at most 280 characters. Do not name anybody."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_REASON}),
        error_messages={"required": _("Write your reason first.")},
    )


class AboutForm(forms.Form):
    """Optional, coarse questions about the respondent."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        for name, question in ABOUT.items():
            self.fields[name] = forms.ChoiceField(
                label=str(question.label),
                choices=[("", _("I would rather not say")), *question.options.items()],
                required=False,
                error_messages=_CHOOSE_ONE,
            )


class EmailForm(forms.Form):
    """An address to confirm."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("This is not an e-mail address, such as name@example.org."),
        },
    )


class CodeForm(forms.Form):
    """A code to type: that of an invitation."""

    code = forms.CharField(
        label=_("The code of your invitation"),
        help_text=_("Twelve digits and letters, such as 7K3D-9QXM-0A1B."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Fill in the code.")},
    )


class ReceiptForm(forms.Form):
    """A receipt to look up."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("Twenty digits and letters, such as 7K3D-9QXM-0A1B-C2D3-E4F5."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Fill in your receipt.")},
    )
