"""What editors fill in about guidelines and their lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.analysis.rules import OneOf, Predicate
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.forms.fields import TextField
from spreekruimte.cases.models import LONGEST_SOURCE
from spreekruimte.cases.sentences import Bilingual, Language
from spreekruimte.guidelines.actions.beginning import MOST_DAYS
from spreekruimte.guidelines.composing import list_parts
from spreekruimte.guidelines.effects import LineEffect
from spreekruimte.guidelines.lines import (
    CONFIDENCE_NAMES,
    DUTY_NAMES,
    EFFECT_NAMES,
    Confidence,
    Duty,
    Line,
)
from spreekruimte.guidelines.models import LONGEST_TITLE, Guideline
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.predicate_sentences import say_predicate
from spreekruimte.guidelines.vocabulary import rule_attributes

MOST_BYTES = 1_000_000
JOINS = (
    ("and", _("and: both have to hold")),
    ("or", _("or: one of the two is enough")),
    ("except", _("except if")),
    ("replace", _("in its place")),
)
_CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers."))
_FILL_IN = {"required": _("Fill this in.")}


def _title_field(label: Any) -> forms.CharField:  # noqa: ANN401 - lazy texts have no public type
    return forms.CharField(label=label, max_length=LONGEST_TITLE, error_messages=_FILL_IN)


class TitleForm(forms.Form):
    """What a guideline is called."""

    title_nl = _title_field(_("Title in Dutch"))
    title_en = _title_field(_("Title in English"))

    @property
    def title(self) -> Bilingual:
        """The title, once the form is valid."""
        return Bilingual(nl=self.cleaned_data["title_nl"], en=self.cleaned_data["title_en"])


class DescribeForm(TitleForm):
    """The title of a guideline, and how long its evidence holds."""

    evidence_days = forms.IntegerField(
        label=_("For how many days does the evidence of a line hold?"),
        help_text=_("After that, the line is marked as lapsed until it is asked again."),
        min_value=1,
        max_value=MOST_DAYS,
        error_messages=_FILL_IN,
    )

    @classmethod
    def show(cls, guideline: Guideline) -> DescribeForm:
        """Make the form with what holds now."""
        shown = {name: getattr(guideline, name) for name in cls.base_fields}
        return cls(initial=shown, label_suffix="")


class PackForm(forms.Form):
    """Which pack to begin with."""

    pack = forms.ChoiceField(
        label=_("Guideline to copy"),
        choices=lambda: [(pack.id, str(pack.title)) for pack in packs().values()],
        error_messages=_CHOOSE,
    )


class FileForm(forms.Form):
    """A file to begin with."""

    file = forms.FileField(
        label=_("File (JSON), as this site exports it"),
        error_messages={
            each: _("Choose a file with a guideline.")
            for each in ("required", "invalid", "missing", "empty")
        },
    )

    def clean_file(self) -> object:
        """Give what is in the file; refuse one that is too large or no JSON."""
        file = cast("UploadedFile[Any]", self.cleaned_data["file"])
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: at most 1 megabyte."))
        try:
            return json.loads(file.read())
        except (ValueError, RecursionError) as error:
            problems = [str(_("This file is no JSON."))]
            if isinstance(error, json.JSONDecodeError):
                place = {"line": error.lineno, "column": error.colno}
                problems.append(_("Look at line %(line)s, character %(column)s.") % place)
            raise forms.ValidationError(problems) from error


class LineForm(forms.Form):
    """One line: its texts, what it does and what it rests on; and the next part of its condition.

    The condition itself goes along beside the form, as it was composed so far.
    """

    text_nl = TextField(label=_("What people read, in Dutch"), error_messages=_FILL_IN)
    text_en = TextField(label=_("What people read, in English"), error_messages=_FILL_IN)
    effect = forms.ChoiceField(
        label=_("What it does where it holds"),
        choices=lambda: _name_all(EFFECT_NAMES.items()),
        error_messages=_CHOOSE,
    )
    duty = forms.ChoiceField(
        label=_("What is required"),
        help_text=_("Only if something is required."),
        choices=lambda: [("", "–"), *_name_all(DUTY_NAMES.items())],
        required=False,
        error_messages=_CHOOSE,
    )
    weighs = forms.MultipleChoiceField(
        label=_("What is weighed"),
        choices=lambda: [(each.id, str(each.label)) for each in attributes().values()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=_CHOOSE,
    )
    source = forms.CharField(
        label=_("What it rests on, such as a rule or a study"),
        max_length=LONGEST_SOURCE,
        required=False,
    )
    dated = forms.CharField(
        label=_("From which year, month or day"),
        help_text=_("Such as 2026, 2026-05 or 2026-05-31."),
        max_length=10,
        required=False,
    )
    confidence = forms.ChoiceField(
        label=_("How sure that is"),
        choices=lambda: _name_all(CONFIDENCE_NAMES.items()),
        initial="own",
        error_messages=_CHOOSE,
    )
    part = forms.ChoiceField(
        label=_("To which part of the condition"), required=False, error_messages=_CHOOSE
    )
    join = forms.ChoiceField(label=_("How"), choices=JOINS, required=False, error_messages=_CHOOSE)
    attribute = forms.ChoiceField(
        label=_("What has to be known"),
        choices=lambda: [(each.id, str(each.label)) for each in attributes().values()],
        required=False,
        error_messages=_CHOOSE,
    )
    values = forms.MultipleChoiceField(
        label=_("Which answers"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=_CHOOSE,
    )

    def __init__(
        self,
        predicate: Predicate,
        language: Language,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        parts = [
            (path, say_predicate(part, language) if path else str(_("the whole condition")))
            for path, part in list_parts(predicate)
        ]
        cast(forms.ChoiceField, self.fields["part"]).choices = parts
        chosen = attributes().get(str(self["attribute"].value()))
        self.has_values = chosen is not None
        if chosen is not None:
            values = [(each.id, str(each.label)) for each in chosen.values]
            cast(forms.MultipleChoiceField, self.fields["values"]).choices = values

    @classmethod
    def keep(cls, predicate: Predicate, language: Language, typed: QueryDict) -> LineForm:
        """Make the form with what was typed so far, and nothing judged."""
        several = {"weighs", "values"}
        kept = {
            name: typed.getlist(name) if name in several else typed.get(name)
            for name in cls.base_fields
            if name in typed
        }
        return cls(predicate, language, initial=kept)

    @classmethod
    def show(cls, line: Line, language: Language) -> LineForm:
        """Make the form with what a line says."""
        said = {
            "text_nl": line.text.nl,
            "text_en": line.text.en,
            "effect": line.effect,
            "duty": line.duty,
            "weighs": line.weighs,
            "source": line.source,
            "dated": line.dated,
            "confidence": line.confidence,
        }
        return cls(line.predicate, language, initial=said)

    def make_line(self, name: str, predicate: Predicate) -> Line:
        """Give the line that was filled in, once the form is valid."""
        given = self.cleaned_data
        return Line(
            name=name,
            text=Bilingual(nl=given["text_nl"], en=given["text_en"]),
            predicate=predicate,
            effect=cast(LineEffect, given["effect"]),
            duty=cast(Duty, given["duty"]) if given["duty"] else None,
            weighs=tuple(given["weighs"]),
            source=given["source"],
            dated=given["dated"],
            confidence=cast(Confidence, given["confidence"]),
        )

    def make_part(self) -> OneOf:
        """Give the part that was chosen.

        Raises
        ------
        ValidationError
            If no attribute, or no value of it, was chosen.
        """
        name, values = self["attribute"].value(), self["values"].value() or []
        if name not in attributes() or not values:
            raise forms.ValidationError(_("Choose what has to be known, and which answers."))
        column = rule_attributes().find(name)
        attribute = rule_attributes().columns[column]
        if not set(values) <= set(attribute.values):
            raise forms.ValidationError(_("Choose answers of this attribute."))
        return OneOf(column, frozenset(attribute.code(value) for value in values))


def _name_all(names: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(key, str(name)) for key, name in names]
