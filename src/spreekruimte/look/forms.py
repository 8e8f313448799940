"""How every form is drawn: with the components of the design system."""

from __future__ import annotations

from django.forms import Widget
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import CheckboxInput, ChoiceWidget, Select, Textarea
from django.utils.safestring import SafeString


class LookRenderer(DjangoTemplates):
    """Draws forms and their fields; widgets keep the templates of Django."""

    form_template_name = "look/form.html"
    field_template_name = "look/field.html"


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
