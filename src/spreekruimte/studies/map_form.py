"""What a reader chooses for the map of room: in the address, so that a map can be shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.studies.occurrence import FREQUENCIES, Frequency
from spreekruimte.studies.plans import Plan, name_value
from spreekruimte.studies.queries.room import MapChoice
from spreekruimte.studies.showing.words import name_attribute

NAMES: dict[Frequency, Any] = {
    "bank": _("as often as in the case bank"),
    "equal": _("every value as often"),
}


class MapForm(forms.Form):
    """The two attributes of a map, what is fixed, and how the rest is averaged."""

    def __init__(self, plan: Plan, given: QueryDict, *, alike: int) -> None:
        self.plan, self.alike = plan, alike
        first, second = list(plan.values)[:2]
        data = given.copy()
        for name, default in (
            ("down", first),
            ("across", second),
            ("average", "bank"),
            ("over", "study"),
        ):
            data.setdefault(name, default)
        super().__init__(data, label_suffix="")
        names = [(attribute, name_attribute(attribute)) for attribute in plan.values]
        self.fields["down"] = forms.ChoiceField(label=_("From top to bottom"), choices=names)
        self.fields["across"] = forms.ChoiceField(label=_("From left to right"), choices=names)
        for attribute, values in plan.values.items():
            self.fields[f"fix-{attribute}"] = forms.ChoiceField(
                label=name_attribute(attribute),
                choices=[
                    ("", _("averaged")),
                    *((value, str(name_value(attribute, value))) for value in values),
                ],
                required=False,
            )
        self.fields["average"] = forms.ChoiceField(
            label=_("Average the rest"), choices=[(each, NAMES[each]) for each in FREQUENCIES]
        )

        self.fields["over"] = forms.ChoiceField(
            label=_("Whose answers"),
            choices=[
                ("study", _("of this study")),
                ("alike", _("of all %(count)s studies that compare the same") % {"count": alike}),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Demand two different attributes."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("down") and given.get("down") == given.get("across"):
            self.add_error("across", _("Choose two different attributes."))
        return given

    @property
    def choice(self) -> MapChoice:
        """What was chosen; an attribute along a side is fixed nowhere."""
        given = self.cleaned_data
        sides = (given["down"], given["across"])
        fixed = {
            attribute: given[f"fix-{attribute}"]
            for attribute in self.plan.values
            if attribute not in sides and given[f"fix-{attribute}"]
        }
        return MapChoice(given["across"], given["down"], fixed, given["average"], given["over"])

    def sides(self) -> list[BoundField]:
        """Give the fields of the sides, of the average, and of the studies if there are more."""
        names = ["down", "across", "average", *(["over"] if self.alike > 1 else [])]
        return [self[name] for name in names]

    def others(self) -> list[BoundField]:
        """Give the fields with which other attributes can be fixed."""
        sides = (self["down"].value(), self["across"].value())
        return [
            self[f"fix-{attribute}"] for attribute in self.plan.values if attribute not in sides
        ]
