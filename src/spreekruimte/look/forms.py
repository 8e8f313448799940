"""How every form is drawn: with the components of the design system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.forms import Widget
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.forms.widgets import CheckboxInput, ChoiceWidget, Select, Textarea
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class LookRenderer(DjangoTemplates):
    """Draws forms and their fields; widgets keep the templates of Django."""

    form_template_name = "look/form.html"
    field_template_name = "look/field.html"


class PlainSelect(Select):
    """A list to choose from, drawn without templates: Django has one for each thing to choose."""

    def render(
        self,
        name: str,
        value: object,
        attrs: Mapping[str, object] | None = None,
        renderer: object = None,  # noqa: ARG002 - as Django has it
    ) -> SafeString:
        """Draw the list, with what was chosen."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = self._draw(self.choices, self.format_value(value))
        return format_html("<select{}>{}</select>", flatatt(given), options)

    def _draw(self, choices: Iterable[tuple[Any, Any]], chosen: Sequence[str]) -> SafeString:
        return format_html_join("", "{}", ((self._draw_one(*each, chosen),) for each in choices))

    def _draw_one(self, value: object, label: object, chosen: Sequence[str]) -> SafeString:
        if isinstance(label, list | tuple):
            group = '<optgroup label="{}">{}</optgroup>'
            return format_html(group, value, self._draw(label, chosen))
        mark = mark_safe(" selected") if str(value) in chosen else ""
        return format_html('<option value="{}"{}>{}</option>', value, mark, label)


def draw_widget(field: BoundField) -> SafeString:
    """Draw what a citizen types in or chooses from, with the class of its component."""
    widget = field.field.widget
    given = widget.attrs.get("class", "")
    names = f"{given} {_class_of(widget)}{' utrecht-textbox--invalid' if field.errors else ''}"
    return field.as_widget(attrs={"class": names.strip()})


def is_tick(field: BoundField) -> bool:
    """Whether it is one box to tick, with its label behind it."""
    return isinstance(field.field.widget, CheckboxInput)


def is_choice(field: BoundField) -> bool:
    """Whether it shows all that can be chosen, each with its own label."""
    widget = field.field.widget
    return isinstance(widget, ChoiceWidget) and not isinstance(widget, Select)


def first_control(field: BoundField) -> str:
    """Return the id of the first thing in a field that can have the focus."""
    auto_id: str = field.auto_id
    return f"{auto_id}_0" if field.use_fieldset else auto_id


def _class_of(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput):
        return "utrecht-checkbox utrecht-checkbox--html-input"
    if isinstance(widget, Textarea):
        return "utrecht-textarea utrecht-textarea--html-textarea"
    if isinstance(widget, Select):
        return "utrecht-select utrecht-select--html-select"
    return "utrecht-textbox utrecht-textbox--html-input"
