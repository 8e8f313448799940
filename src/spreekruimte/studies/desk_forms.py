"""What editors fill in to design a study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.actions.inviting import MOST_AT_ONCE
from spreekruimte.cases.attributes import Group, attributes, groups
from spreekruimte.cases.forms.fields import TextField
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.organisations.models import Actor
from spreekruimte.studies.actions.designing import (
    choose_attributes,
    draw_vignettes,
    edit_study,
    word_vignettes,
)
from spreekruimte.studies.models import (
    FEWEST_BLOCKS,
    FEWEST_SHOWN,
    LONGEST_TITLE,
    MOST_BLOCKS,
    MOST_SHOWN,
    Study,
)
from spreekruimte.studies.plans import MOST_PAIRS, Plan, check_attributes, name_value
from spreekruimte.studies.telling import tell_value

# So many rows are free for combinations that are forbidden, beside those that are there.
FREE_ROWS = 3
LONGEST_SENTENCE = 300
_NO_NUMBER = _("Fill in a whole number.")
_TOO_LONG = _("This text is too long.")


class DeskForm(forms.Form):
    """A form about one study, filled in with what is stored."""

    def __init__(self, study: Study | None = None, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")
        if study is not None:
            self.prepare(study)

    def prepare(self, study: Study) -> None:
        """Add the fields that the study needs, and fill in what is stored."""

    def change(self, study: Study, *, actor: Actor, now: datetime) -> Study:
        """Store what was filled in.

        Raises
        ------
        ValidationError, RefusedError
            If the action refuses it.
        """
        raise NotImplementedError


class TextsForm(DeskForm):
    """What the study is called, and what respondents read first."""

    title_nl = forms.CharField(label=_("Title in Dutch"), max_length=LONGEST_TITLE)
    title_en = forms.CharField(label=_("Title in English"), max_length=LONGEST_TITLE)
    introduction_nl = TextField(label=_("Introduction in Dutch"))
    introduction_en = TextField(label=_("Introduction in English"))

    def prepare(self, study: Study) -> None:
        """Fill in the texts."""
        for name in self.fields:
            self.initial[name] = getattr(study, name)

    @property
    def title(self) -> Bilingual:
        """What it is called."""
        return Bilingual(self.cleaned_data["title_nl"], self.cleaned_data["title_en"])

    @property
    def introduction(self) -> Bilingual:
        """What respondents read first."""
        return Bilingual(self.cleaned_data["introduction_nl"], self.cleaned_data["introduction_en"])

    def change(self, study: Study, *, actor: Actor, now: datetime) -> Study:
        """Store the texts."""
        return edit_study(
            study=study, title=self.title, introduction=self.introduction, actor=actor, now=now
        )


@dataclass(frozen=True, slots=True)
class AttributeGroup:
    """The attributes of one group in the form; open where one of them was chosen."""

    label: Bilingual
    fields: tuple[BoundField, ...]
    is_open: bool


class AttributesForm(DeskForm):
    """Which values of which attributes the study compares; none of those that stay out."""

    def prepare(self, study: Study) -> None:
        """Add a field for each attribute that may be shown."""
        chosen = Plan.of(study).values
        for each in attributes().values():
            if each.is_public:
                self.fields[each.id] = forms.MultipleChoiceField(
                    label=str(each.label),
                    choices=[(value.id, value.label) for value in each.values],
                    widget=forms.CheckboxSelectMultiple,
                    initial=chosen.get(each.id, ()),
                    required=False,
                )

    def groups(self) -> Iterator[AttributeGroup]:
        """Go through the attributes by their groups."""
        for group, label in groups().items():
            yield self._group(group, label)

    @property
    def values(self) -> dict[str, list[str]]:
        """The values of each attribute that was chosen."""
        return {name: values for name, values in self.cleaned_data.items() if values}

    def change(self, study: Study, *, actor: Actor, now: datetime) -> Study:
        """Store values; combinations and pairs of what is not compared any more are dropped."""
        plan, values = Plan.of(study), check_attributes(self.values)
        return choose_attributes(
            study=study,
            values=values,
            forbidden=[
                rule
                for rule in plan.forbidden
                if all(value in values.get(attribute, ()) for attribute, value in rule.items())
            ],
            pairs=[pair for pair in plan.pairs if set(pair) <= set(values)],
            actor=actor,
            now=now,
        )

    def _group(self, group: Group, label: Bilingual) -> AttributeGroup:
        fields = tuple(
            self[each.id]
            for each in attributes().values()
            if each.group == group and each.is_public
        )
        return AttributeGroup(label, fields, any(field.value() for field in fields))


class CombinationsForm(DeskForm):
    """Which values never go together, and which attributes may work together."""

    def prepare(self, study: Study) -> None:
        """Add a row for each forbidden combination and some free ones, and the pairs."""
        plan = Plan.of(study)
        values = [
            (f"{attribute}:{value}", f"{attributes()[attribute].label}: {_say(attribute, value)}")
            for attribute, values in plan.values.items()
            for value in values
        ]
        self.rows = len(plan.forbidden) + FREE_ROWS
        for row in range(self.rows):
            rule = list(plan.forbidden[row].items()) if row < len(plan.forbidden) else []
            for side, label in enumerate((_("Never: this"), _("together with this"))):
                self.fields[f"never_{row}_{side}"] = _choice(
                    label, values, ":".join(rule[side]) if side < len(rule) else ""
                )
        pairs = [
            (f"{first}:{second}", f"{attributes()[first].label} × {attributes()[second].label}")
            for first, second in combinations(plan.values, 2)
        ]
        for row in range(MOST_PAIRS):
            stored = ":".join(plan.pairs[row]) if row < len(plan.pairs) else ""
            self.fields[f"pair_{row}"] = _choice(_("May work together"), pairs, stored)

    @property
    def forbidden(self) -> list[dict[str, str]]:
        """The combinations that were filled in, each a value by its attribute."""
        rules = (
            dict(
                chosen.split(":")
                for side in (0, 1)
                if (chosen := self.cleaned_data[f"never_{row}_{side}"])
            )
            for row in range(self.rows)
        )
        return [rule for rule in rules if rule]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs that were filled in."""
        chosen = (self.cleaned_data[f"pair_{row}"] for row in range(MOST_PAIRS))
        parted = (pair.partition(":") for pair in chosen if pair)
        return [(first, second) for first, _colon, second in parted]

    def never(self) -> list[tuple[BoundField, BoundField]]:
        """Give the rows for combinations that are forbidden."""
        return [(self[f"never_{row}_0"], self[f"never_{row}_1"]) for row in range(self.rows)]

    def together(self) -> list[BoundField]:
        """Give the rows for pairs."""
        return [self[f"pair_{row}"] for row in range(MOST_PAIRS)]

    def change(self, study: Study, *, actor: Actor, now: datetime) -> Study:
        """Store combinations and pairs."""
        return choose_attributes(
            study=study,
            values=Plan.of(study).values,
            forbidden=self.forbidden,
            pairs=self.pairs,
            actor=actor,
            now=now,
        )


class WordingForm(DeskForm):
    """With which sentence a vignette tells each value."""

    opening_nl = TextField(label=_("Opening in Dutch"))
    opening_en = TextField(label=_("Opening in English"))

    def prepare(self, study: Study) -> None:
        """Add two fields for each value, with the sentences as they are now."""
        self.values = [
            (attribute, value)
            for attribute, values in Plan.of(study).values.items()
            for value in values
        ]
        self.initial = {
            **self.initial,
            "opening_nl": study.opening_nl,
            "opening_en": study.opening_en,
        }
        for attribute, value in self.values:
            told = tell_value(study.wording, attribute, value)
            name = f"{attributes()[attribute].label}: {_say(attribute, value)}"
            for language, label in (("nl", _("in Dutch")), ("en", _("in English"))):
                self.fields[f"{attribute}:{value}:{language}"] = forms.CharField(
                    label=f"{name} ({label})",
                    max_length=LONGEST_SENTENCE,
                    initial=told.in_language("nl" if language == "nl" else "en"),
                    error_messages={"max_length": str(_TOO_LONG)},
                )

    @property
    def opening(self) -> Bilingual:
        """With what every vignette begins."""
        return Bilingual(self.cleaned_data["opening_nl"], self.cleaned_data["opening_en"])

    @property
    def sentences(self) -> dict[tuple[str, str], Bilingual]:
        """The sentences that differ from what the schema makes of a value."""
        written = {
            (attribute, value): Bilingual(
                self.cleaned_data[f"{attribute}:{value}:nl"],
                self.cleaned_data[f"{attribute}:{value}:en"],
            )
            for attribute, value in self.values
        }
        return {
            place: sentence
            for place, sentence in written.items()
            if sentence != tell_value({}, *place)
        }

    def change(self, study: Study, *, actor: Actor, now: datetime) -> Study:
        """Store the sentences."""
        return word_vignettes(
            study=study, opening=self.opening, sentences=self.sentences, actor=actor, now=now
        )


class DrawForm(DeskForm):
    """How many vignettes are drawn, and how they are dealt."""

    per_respondent = forms.IntegerField(
        label=_("Vignettes for each respondent"),
        min_value=FEWEST_SHOWN,
        max_value=MOST_SHOWN,
        error_messages={"invalid": _NO_NUMBER, "required": _NO_NUMBER},
    )
    blocks = forms.IntegerField(
        label=_("Blocks"),
        help_text=_("Each respondent sees one block. More blocks show more different situations."),
        min_value=FEWEST_BLOCKS,
        max_value=MOST_BLOCKS,
        error_messages={"invalid": _NO_NUMBER, "required": _NO_NUMBER},
    )

    def prepare(self, study: Study) -> None:
        """Fill in the sizes."""
        self.initial = {
            **self.initial,
            "per_respondent": study.per_respondent,
            "blocks": study.blocks,
        }

    def change(self, study: Study, *, actor: Actor, now: datetime) -> Study:
        """Draw the vignettes."""
        return draw_vignettes(
            study=study,
            per_respondent=self.cleaned_data["per_respondent"],
            blocks=self.cleaned_data["blocks"],
            actor=actor,
            now=now,
        )


class InviteForm(forms.Form):
    """How many codes to make."""

    count = forms.IntegerField(
        label=_("How many codes"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages={"invalid": _NO_NUMBER, "required": _NO_NUMBER},
    )


def _say(attribute: str, value: str) -> str:
    return str(name_value(attribute, value))


def _choice(label: str | Promise, choices: list[tuple[str, str]], stored: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(label), choices=[("", "—"), *choices], initial=stored, required=False
    )
