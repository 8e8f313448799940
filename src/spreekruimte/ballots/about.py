"""What respondents may tell about themselves: coarse, and only if they like to.

With the answers, the page on a result shows who took part beside who lives in the country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class AboutQuestion:
    """One question about the respondent, and what can be answered."""

    label: Text
    options: Mapping[str, Text]


ABOUT: Mapping[str, AboutQuestion] = MappingProxyType(
    {
        "age": AboutQuestion(
            _("How old are you?"),
            {
                "16-24": _("16 to 24"),
                "25-34": _("25 to 34"),
                "35-44": _("35 to 44"),
                "45-54": _("45 to 54"),
                "55-64": _("55 to 64"),
                "65-74": _("65 to 74"),
                "75+": _("75 or older"),
            },
        ),
        "gender": AboutQuestion(
            _("What is your gender?"),
            {"woman": _("Woman"), "man": _("Man"), "other": _("Something else")},
        ),
        "region": AboutQuestion(
            _("Where do you live?"),
            {
                "drenthe": "Drenthe",
                "flevoland": "Flevoland",
                "friesland": _("Friesland"),
                "gelderland": "Gelderland",
                "groningen": "Groningen",
                "limburg": "Limburg",
                "noord-brabant": "Noord-Brabant",
                "noord-holland": "Noord-Holland",
                "overijssel": "Overijssel",
                "utrecht": "Utrecht",
                "zeeland": "Zeeland",
                "zuid-holland": "Zuid-Holland",
                "elsewhere": _("Outside the twelve provinces"),
            },
        ),
        "government": AboutQuestion(
            _("Do you work for the government?"), {"yes": _("Yes"), "no": _("No")}
        ),
    }
)
