"""Fields that several forms have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.writing import MOST_WORDS, tidy_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class TextField(forms.CharField):
    """A text that citizens come to read: at most 80 words, plain."""

    widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value: object) -> str:
        """Give the text tidied; empty only where it may be."""
        text: str = super().clean(value)
        return tidy_text(text) if text else ""


class ReplyField(forms.ChoiceField):
    """Yes, no, or not sure."""

    widget = forms.RadioSelect

    def __init__(
        self, *, label: str | _StrPromise, help_text: str | _StrPromise = "", required: bool = True
    ) -> None:
        choices = [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not sure"))]
        super().__init__(label=label, help_text=help_text, required=required, choices=choices)


def count_words(text: object) -> str:
    """Say how many words a text has, of the most that it may have."""
    return _("%(count)s of at most %(most)s words.") % {
        "count": len(str(text or "").split()),
        "most": MOST_WORDS,
    }
