"""What commands begin with: the settings, the language, and the statuses they leave with."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import django
import typer
from django.utils import translation

DIFFERENT, FAULTY, REFUSED, INTERRUPTED, TERMINATED = 1, 1, 2, 130, 143


class Language(StrEnum):
    """The languages of reports and messages."""

    nl = "nl"
    en = "en"


Lang = Annotated[Language, typer.Option("--lang", help="Language of the report and of messages.")]


def start(lang: Language) -> None:
    """Read the settings and speak the language from here on.

    No database is opened: commands that need none run where there is none.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spreekruimte.config.settings")
    django.setup()
    translation.activate(lang)
