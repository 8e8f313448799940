"""The form in which editors fill in a table of mandates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spreekruimte.cases.sentences import Bilingual, Language
from spreekruimte.guidelines.mandates.cells import (
    ROOM_NAMES,
    Cells,
    Place,
    Room,
    digest_cells,
    name_role,
    name_topic,
    places,
    roles,
    topics,
)

if TYPE_CHECKING:
    from django.http import QueryDict

_LOST = gettext_lazy("Something is missing from the form. Open the page again.")


class SeenForm(forms.Form):
    """What was on the screen, as a digest."""

    seen = forms.CharField(
        min_length=64,
        max_length=64,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), _LOST),
    )


class MandatesForm(SeenForm):
    """How much room each role has on each topic: one list for each cell."""

    def __init__(self, *, cells: Cells, language: Language, data: QueryDict | None = None) -> None:
        initial: dict[str, str] = {_name(place): room for place, room in cells.items()}
        super().__init__(data, initial={**initial, "seen": digest_cells(cells)}, label_suffix="")
        choices = [("", _("not said")), *((room, str(name)) for room, name in ROOM_NAMES.items())]
        for place in places():
            label = _label(place, language)
            self.fields[_name(place)] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"aria-label": label}),
                error_messages={"invalid_choice": _("Choose one of the answers.")},
            )

    def rows(self) -> Iterator[tuple[Bilingual, list[BoundField]]]:
        """Go through the roles, with a field for each topic."""
        for role in roles():
            yield name_role(role), [self[_name((role, topic))] for topic in topics()]

    def renew(self, stored: Cells) -> list[tuple[str, str]]:
        """Let what was filled in be saved over what somebody else stored meanwhile.

        Returns
        -------
        list
            Where the two differ: the label of each cell, and what is stored there.
        """
        self.data = {**dict(self.data.items()), "seen": digest_cells(stored)}
        given = self.cells
        return [
            (str(self.fields[_name(place)].label), self._say(stored.get(place)))
            for place in places()
            if given.get(place) != stored.get(place)
        ]

    @property
    def cells(self) -> dict[Place, Room]:
        """What was filled in."""
        given = self.cleaned_data
        return {place: given[_name(place)] for place in places() if given[_name(place)]}

    @staticmethod
    def _say(room: Room | None) -> str:
        return str(ROOM_NAMES[room]) if room else _("not said")


def _name(place: Place) -> str:
    return "-".join(place)


def _label(place: Place, language: Language) -> str:
    role, topic = name_role(place[0]), name_topic(place[1])
    return f"{role.in_language(language)}, {topic.in_language(language)}"
