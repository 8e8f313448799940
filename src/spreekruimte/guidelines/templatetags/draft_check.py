"""The sentences and the picture of the draft check."""

from __future__ import annotations

from django import template

from spreekruimte.guidelines.draft_check import showing
from spreekruimte.guidelines.lines import CONFIDENCE_NAMES, Line
from spreekruimte.guidelines.showing import name_effect

register = template.Library()
register.filter(name_effect)
for say in (
    showing.say_expected,
    showing.draw_expected,
    showing.say_basis,
    showing.say_known,
    showing.say_left_open,
    showing.say_turn,
    showing.say_foundation,
    showing.say_near,
):
    register.filter(say.__name__, say)


@register.filter
def say_confidence(line: Line) -> str:
    """Say how far a rule follows its source."""
    return str(CONFIDENCE_NAMES[line.confidence])
