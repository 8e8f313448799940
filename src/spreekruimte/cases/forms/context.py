"""The context of the post, and what of it citizens are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases import actions
from spreekruimte.cases.actions.preparing import MOST_FACTS
from spreekruimte.cases.attributes import Attribute, Group, attributes
from spreekruimte.cases.context import MOST, Context, ContextError
from spreekruimte.cases.forms.subject import SubjectForm
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import EditorCase
from spreekruimte.organisations.models import Actor

NUMBER_LABELS = {
    "followers": _("How many followers, if you know it exactly"),
    "count": _("How many times, if you know it exactly"),
    "months": _("Over how many months"),
}
SHOWN_NAMES = {
    "yes": _("You can show this to citizens."),
    "claim": _("You can show this to citizens, as something that is claimed."),
    "no": _("Citizens never see this."),
    "fuss": _("Citizens see this only with the fuss, after their vote."),
    "employer": _("Citizens never see this: only the employer or the public servant knows it."),
}
PROBLEMS = {
    "number_against_value": _("The number does not fit this answer."),
    "wrong_type": _("Choose an answer as well."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute in the form, with the fields of the numbers beside it."""

    attribute: Attribute
    answer: BoundField
    numbers: tuple[BoundField, ...]


class ContextForm(SubjectForm):
    """The attributes of one group; an attribute without an answer is not known."""

    def __init__(self, group: Group, found: EditorCase, data: QueryDict | None = None) -> None:
        self.attributes = [each for each in attributes().values() if each.group == group]
        super().__init__(found, data)

    def prepare(self) -> None:
        """Add a field for each attribute, and for each number beside it."""
        for attribute in self.attributes:
            choices = [(value.id, value.label) for value in attribute.values]
            self.fields[attribute.id] = forms.ChoiceField(
                label=str(attribute.question),
                help_text=SHOWN_NAMES[attribute.shown],
                choices=[("", _("Not known")), *choices],
                required=False,
            )
            for number in attribute.numbers:
                self.fields[f"{attribute.id}-{number}"] = forms.IntegerField(
                    label=NUMBER_LABELS[number], min_value=0, max_value=MOST, required=False
                )

    def rows(self) -> Iterator[Row]:
        """Go through the attributes in the order in which they are asked."""
        for each in self.attributes:
            numbers = tuple(self[f"{each.id}-{number}"] for number in each.numbers)
            yield Row(each, self[each.id], numbers)

    def read(self, case: Case) -> dict[str, Any]:
        """Give the answers, and the numbers beside them."""
        stored: dict[str, Any] = {}
        for answer in Context.of(case.context):
            stored[answer.attribute] = answer.value
            stored |= {f"{answer.attribute}-{key}": number for key, number in answer.numbers}
        return stored

    def clean(self) -> dict[str, Any]:
        """Demand that numbers fit the answers beside them."""
        given: dict[str, Any] = super().clean() or {}
        try:
            Context.of(self._answers(given))
        except ContextError as error:
            for problem in error.problems:
                self.add_error(problem.attribute, PROBLEMS[problem.code])
        return given

    def change(self, case: Case, *, actor: Actor, now: datetime) -> Case:
        """Store the answers of this group beside those of the others."""
        asked = {attribute.id for attribute in self.attributes}
        others = {key: answer for key, answer in case.context.items() if key not in asked}
        return actions.answer_context(
            case=case,
            answers={**others, **self._answers(self.cleaned_data)},
            actor=actor,
            now=now,
        )

    def _answers(self, given: dict[str, Any]) -> dict[str, object]:
        answers: dict[str, object] = {}
        for attribute in self.attributes:
            fields = {key: given.get(f"{attribute.id}-{key}") for key in attribute.numbers}
            numbers = {key: number for key, number in fields.items() if number is not None}
            value = given.get(attribute.id)
            if value or numbers:
                answers[attribute.id] = {**({"value": value} if value else {}), **numbers}
        return answers


class FactsForm(SubjectForm):
    """Which facts citizens are shown beside the text, in which order."""

    has_choices = False

    def prepare(self) -> None:
        """Add a field for each place, with what is known and may be shown."""
        choices = [
            (answer.attribute, _tell(attributes()[answer.attribute], answer.value))
            for answer in Context.of(self.case.context).public()
        ]
        self.has_choices = bool(choices)
        for place in range(1, MOST_FACTS + 1):
            self.fields[f"fact_{place}"] = forms.ChoiceField(
                label=_("Fact %(place)s") % {"place": place},
                choices=[("", _("Nothing")), *choices],
                required=False,
            )

    def read(self, case: Case) -> dict[str, Any]:
        """Give the chosen facts by their place."""
        return {f"fact_{place}": fact for place, fact in enumerate(case.public_facts, start=1)}

    def clean(self) -> dict[str, Any]:
        """Demand that each fact is chosen once."""
        given: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for place in range(1, MOST_FACTS + 1):
            fact = given.get(f"fact_{place}")
            if fact and fact in seen:
                self.add_error(f"fact_{place}", _("You chose this fact twice."))
            seen.add(fact or "")
        return given

    def change(self, case: Case, *, actor: Actor, now: datetime) -> Case:
        """Store the chosen facts in their order."""
        places = (f"fact_{place}" for place in range(1, MOST_FACTS + 1))
        facts = [self.cleaned_data[place] for place in places if self.cleaned_data[place]]
        return actions.choose_public_facts(case=case, facts=facts, actor=actor, now=now)


def _tell(attribute: Attribute, value: str) -> str:
    return f"{attribute.label}: {attribute.label_of(value)}"
