"""What people fill in to take part in a dialogue, and moderators to make a reason of a message."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.forms import VOTES
from spreekruimte.ballots.models import LONGEST_REASON
from spreekruimte.cases.sentences import LANGUAGES
from spreekruimte.dialogue.models import LONGEST_MESSAGE, Message

_LOST = _("Something is missing from the form. Open the page again.")
_CHOOSE_ONE = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers."))
SHORTENED = 60


class MessageForm(forms.Form):
    """A message of one's own."""

    content = forms.CharField(
        label=_("Your message"),
        help_text=_(
            "At most 1000 characters. Do not name anybody. With a question mark it counts as a "
            "question."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_MESSAGE}),
        error_messages={"required": _("Write your message first.")},
    )


class OfficeForm(MessageForm):
    """A message by office, in answer to one that is shown or to all."""

    parent = forms.TypedChoiceField(
        label=_("What do you answer?"), required=False, coerce=int, empty_value=None
    )
    field_order = ("parent", "content")

    def __init__(
        self, *, shown: Sequence[Message], data: dict[str, str] | None = None, **options: object
    ) -> None:
        super().__init__(data, label_suffix="", **options)  # type: ignore[arg-type]
        self._shown = {message.pk: message for message in shown}
        choice = self.fields["parent"]
        assert isinstance(choice, forms.TypedChoiceField)  # noqa: S101 - as it stands above
        choice.choices = [
            ("", _("Nothing in particular: I say something to all")),
            *((message.pk, _shorten(message)) for message in shown),
        ]
        choice.error_messages["invalid_choice"] = _("That message is not shown any more.")

    @property
    def parent_message(self) -> Message | None:
        """The message that is answered, where the form is right."""
        return self._shown.get(self.cleaned_data["parent"])


class MessageVoteForm(forms.Form):
    """Whether one agrees with a message: one of the buttons under it."""

    answer = forms.TypedChoiceField(
        choices=list(VOTES.items()), coerce=int, error_messages=_CHOOSE_ONE
    )


class TurnForm(forms.Form):
    """The reason that is made of a message."""

    seen = forms.CharField(
        max_length=16,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "max_length"), _LOST),
    )
    content = forms.CharField(
        label=_("The reason"),
        help_text=_(
            "One sentence, of at most 280 characters, with which one can agree or disagree. Keep "
            "to what the message says."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_REASON}),
        error_messages={"required": _("Write the reason first.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=list(zip(LANGUAGES, (_("Dutch"), _("English")), strict=True)),
        widget=forms.RadioSelect,
        error_messages=_CHOOSE_ONE,
    )


def _shorten(message: Message) -> str:
    content = message.content
    short = content if len(content) <= SHORTENED else f"{content[: SHORTENED - 1]}…"
    return f"{message.pk}: {short}"
