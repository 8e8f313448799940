"""What an employer could do, step by step, as citizens are asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNKNOWN = -1

MEASURES: Mapping[int, str | Promise] = MappingProxyType(
    {
        0: _("Nothing"),
        1: _("Have a talk, and perhaps ask to take the post away"),
        2: _("Give a warning"),
        3: _("Give an official reprimand, on paper"),
        4: _("Take something off pay or days off"),
        5: _("Give other work or another workplace"),
        6: _("Suspend for some time, as a punishment"),
        7: _("Dismiss, but only if it happens again"),
        8: _("Dismiss at once"),
        UNKNOWN: _("I don't know"),
    }
)
