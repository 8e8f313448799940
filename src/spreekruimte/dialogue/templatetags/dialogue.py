"""Filters for the pages of the dialogue."""

from __future__ import annotations

from django import template

from spreekruimte.dialogue.figures import Agreement
from spreekruimte.dialogue.showing import say_agreement

# What is set in further leaves no width for words on a phone.
DEEPEST = 3

register = template.Library()


@register.filter
def in_words(agreement: Agreement) -> str:
    """Say how far people agree with something."""
    return say_agreement(agreement)


@register.filter
def deepest(depth: int) -> int:
    """Give how far a message is set in, at most so far that it can be read on a phone."""
    return min(depth, DEEPEST)
