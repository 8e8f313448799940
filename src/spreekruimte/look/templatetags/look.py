"""Drawing fields, numbers as the language writes them, and what htmx may do."""

import json
from datetime import datetime

from django import template
from django.utils.timesince import timeuntil

from spreekruimte.look.forms import draw_widget, first_control, is_choice, is_tick
from spreekruimte.look.numbers import write_count, write_percent

# Nothing that the security policy forbids; answers that say no bring their own place along, save
# those of a server before this one.
HTMX = json.dumps(
    {
        "allowEval": False,
        "historyCacheSize": 0,
        "includeIndicatorStyles": False,
        "refreshOnHistoryMiss": True,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "4..|500", "swap": True, "error": True},
            {"code": "...", "swap": False, "error": True},
        ],
        "timeout": 20_000,
    }
)

register = template.Library()
register.simple_tag(draw_widget)
register.filter(first_control)
register.filter(is_choice)
register.filter(is_tick)
register.filter("count", write_count)
register.filter("percent", write_percent)


@register.filter
def time_left(moment: datetime, now: datetime) -> str:
    """Write how long it is until a moment, in its largest unit alone."""
    return timeuntil(moment, now, depth=1)


@register.simple_tag
def htmx_settings() -> str:
    """Return the settings of htmx as the page gives them to it."""
    return HTMX
