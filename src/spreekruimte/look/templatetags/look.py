"""Drawing fields, and numbers as the language writes them."""

from django import template

from spreekruimte.look.forms import draw_widget, first_control, is_choice, is_tick
from spreekruimte.look.numbers import write_count, write_percent

register = template.Library()
register.simple_tag(draw_widget)
register.filter(first_control)
register.filter(is_choice)
register.filter(is_tick)
register.filter("count", write_count)
register.filter("percent", write_percent)
