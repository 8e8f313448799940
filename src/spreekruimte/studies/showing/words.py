"""Values, shares and differences in the words of a reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.models import Channel
from spreekruimte.cases.attributes import attributes
from spreekruimte.look.numbers import write_percent, write_points, write_range
from spreekruimte.studies.plans import name_value
from spreekruimte.studies.refusals import tell_refusal

Row = Mapping[str, Any]
"""An estimate as it is stored: ``values``, ``estimate``, ``low``, ``high``."""


def name_attribute(attribute: str) -> str:
    """Say what an attribute is called."""
    return str(attributes()[attribute].label)


def name_values(values: Mapping[str, str]) -> str:
    """Say some values, each with its attribute."""
    return "; ".join(
        f"{name_attribute(attribute)}: {name_value(attribute, value)}"
        for attribute, value in values.items()
    )


def name_people(channel: Channel) -> str:
    """Say whose answers a channel has."""
    return _("who was invited") if channel == Channel.PANEL else _("who came on their own")


def name_answer(question: str, answer: str) -> str:
    """Say what respondents told about themselves."""
    return str(ABOUT[question].options[answer])


def write_share(row: Row) -> str:
    """Write a share with its margin; without one where there is none."""
    if row["low"] is None:
        return write_percent(row["estimate"])
    limits = write_range(max(row["low"], 0.0), min(row["high"], 1.0))
    return f"{write_percent(row['estimate'])} ({limits})"


def write_difference(row: Row) -> str:
    """Write a difference of shares with its margin, in percentage points."""
    if row["low"] is None:
        return write_points(row["estimate"])
    return _("%(value)s (%(low)s to %(high)s)") % {
        "value": write_points(row["estimate"]),
        "low": write_points(row["low"]),
        "high": write_points(row["high"]),
    }


def is_certain(row: Row) -> bool:
    """Whether the margin of a difference leaves out nothing at all."""
    return row["low"] is not None and (row["low"] > 0.0 or row["high"] < 0.0)


def say_refusal(part: Mapping[str, Any]) -> str:
    """Say why there are no figures."""
    return tell_refusal(part["refusal"]["template"], part["refusal"]["values"])
