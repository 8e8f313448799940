"""Texts that an editor wrote in both languages, in that of the reader."""

from __future__ import annotations

from django import template

from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.sentences import Bilingual

register = template.Library()


@register.filter
def in_my_language(text: Bilingual) -> str:
    """Give a text in the language of the reader."""
    return text.in_language(read_language())
