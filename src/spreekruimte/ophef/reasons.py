"""Why a signal is not taken, as a code that is kept and a sentence that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "cells": _("The line has more cells than there are columns."),
        "unreadable": _(
            "This line cannot be read: a quotation mark is wrong, or a cell is too long."
        ),
        "no_time": _("The time is missing."),
        "not_a_time": _("This is not a date or time, such as 31-12-2026 14:05."),
        "no_such_time": _("This time does not exist: the clock was put forward then."),
        "future": _("This time is still to come."),
        "before_start": _("This is before the incident starts."),
        "after_end": _("This is after the incident ends."),
        "no_kind": _("The kind of signal is missing."),
        "not_a_kind": _("This is not a known kind of signal."),
        "not_a_number": _("This is not a whole number from 0, or it is too large."),
        "no_hours": _("The number of hours is missing."),
        "not_hours": _("This is not a number of hours above 0, such as 1,5."),
        "not_a_direction": _("This is not a direction: against, neutral or in defence."),
        "not_yes_or_no": _("This is not yes or no."),
        "not_an_address": _("This is not an address that starts with http:// or https://."),
        "not_an_outlet": _("This is not the name of a medium of at most 120 letters."),
        "not_a_platform": _("This is not the name of a platform, such as mastodon."),
        "not_an_author": _("This is no handle, address or number, or it is too long."),
        "outlet_of_another_kind": _("Only a media item has a medium."),
        "platform_of_another_kind": _("Only a social mention has a platform."),
        "hours_of_another_kind": _("Only staff hours have a number of hours."),
        "address_of_another_kind": _("Only a media item or a social mention has an address."),
    }
)


class SignalError(ValidationError):
    """A signal that cannot be taken as it is.

    Attributes
    ----------
    reason
        One of `SENTENCES`.
    field
        Which part of the signal it is about; empty for all of it.
    """

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(str(SENTENCES[code]), code=code)
        self.reason = code
        self.field = field
