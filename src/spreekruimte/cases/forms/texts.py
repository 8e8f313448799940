"""The texts that citizens come to read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases import actions
from spreekruimte.cases.actions.preparing import Place
from spreekruimte.cases.bank import FRAMINGS, SIDES, Framing, Side
from spreekruimte.cases.forms.fields import TextField, count_words
from spreekruimte.cases.forms.subject import SubjectForm
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import EditorCase
from spreekruimte.cases.sentences import LANGUAGES, Bilingual, Language
from spreekruimte.cases.stored import description_of
from spreekruimte.organisations.models import Actor

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS = [
    ("closed_case", _("A closed case, with a source that can be cited")),
    ("own_case", _("An own case of a public servant, who agrees to it")),
    ("synthetic", _("A case that was made up")),
]


def tellings_of(case: Case) -> dict[Place, str]:
    """Give the telling of each framing, side and language that there is one of."""
    return {
        (
            cast(Framing, text.framing),
            cast(Side, text.side),
            cast(Language, text.language),
        ): text.content
        for text in case.texts.all()
    }


class NewCaseForm(forms.Form):
    """Where a case comes from, and what it is about."""

    provenance = forms.ChoiceField(
        label=_("Where does the case come from?"), choices=KINDS, widget=forms.RadioSelect
    )
    description_nl = TextField(label=_("Description in Dutch"))
    description_en = TextField(label=_("Description in English"))
    latest = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, latest: int, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"latest": latest}, label_suffix="")

    @property
    def description(self) -> Bilingual:
        """The description in both languages."""
        return Bilingual(self.cleaned_data["description_nl"], self.cleaned_data["description_en"])


class DescriptionForm(SubjectForm):
    """What happened, told neutrally."""

    description_nl = TextField(label=_("Description in Dutch"))
    description_en = TextField(label=_("Description in English"))

    def prepare(self) -> None:
        """Say how long the texts are now."""
        for name in ("description_nl", "description_en"):
            self.fields[name].help_text = count_words(self.typed(name))

    def read(self, case: Case) -> dict[str, Any]:
        """Give both descriptions."""
        return {"description_nl": case.description_nl, "description_en": case.description_en}

    def change(self, case: Case, *, actor: Actor, now: datetime) -> Case:
        """Store both descriptions."""
        given = self.cleaned_data
        return actions.edit_texts(
            case=case,
            description=Bilingual(given["description_nl"], given["description_en"]),
            tellings=tellings_of(case),
            actor=actor,
            now=now,
        )


class TellingsForm(SubjectForm):
    """One framing: the post and its mirror, in both languages."""

    LABELS: ClassVar[dict[str, _StrPromise]] = {
        "post_nl": _("The post in Dutch"),
        "post_en": _("The post in English"),
        "mirror_nl": _("The mirror in Dutch"),
        "mirror_en": _("The mirror in English"),
    }

    def __init__(self, framing: Framing, found: EditorCase, data: QueryDict | None = None) -> None:
        self.framing = framing
        super().__init__(found, data)

    def prepare(self) -> None:
        """Add a field for each side and language; keep what the framing before tells."""
        place = FRAMINGS.index(self.framing)
        self.before = place and self.case.texts.filter(framing=FRAMINGS[place - 1], side="post")
        for name, label in self.LABELS.items():
            self.fields[name] = TextField(label=label, required=False)
            self.fields[name].help_text = count_words(self.typed(name))

    def read(self, case: Case) -> dict[str, Any]:
        """Give the tellings of this framing."""
        stored = tellings_of(case)
        return {
            f"{side}_{language}": text
            for (framing, side, language), text in stored.items()
            if framing == self.framing
        }

    def clean(self) -> dict[str, Any]:
        """Demand both languages of each side, and the post where there is a mirror."""
        given: dict[str, Any] = super().clean() or {}
        for side in SIDES:
            texts = {language: given.get(f"{side}_{language}") for language in LANGUAGES}
            for language in LANGUAGES:
                name = f"{side}_{language}"
                if any(texts.values()) and not texts[language] and name not in self.errors:
                    self.add_error(name, _("Write this text in both languages."))
        if given.get("mirror_nl") and not given.get("post_nl") and not self.errors:
            self.add_error("post_nl", _("Write the post itself before its mirror."))
        return given

    def change(self, case: Case, *, actor: Actor, now: datetime) -> Case:
        """Store the tellings of this framing beside those of the others."""
        others = {
            place: text for place, text in tellings_of(case).items() if place[0] != self.framing
        }
        written: dict[Place, str] = {
            (self.framing, side, language): self.cleaned_data[f"{side}_{language}"]
            for side in SIDES
            for language in LANGUAGES
            if self.cleaned_data[f"{side}_{language}"]
        }
        return actions.edit_texts(
            case=case,
            description=description_of(case),
            tellings={**others, **written},
            actor=actor,
            now=now,
        )
