"""Say in the language of the reader what the analysis refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from spreekruimte.cases.attributes import attributes
from spreekruimte.studies.plans import name_value


def tell_refusal(template: str, values: Mapping[str, object]) -> str:
    """Give the sentence of a refusal in the language in use.

    Parameters
    ----------
    template, values
        As `spreekruimte.analysis.errors.InputError` has them, with attributes and their values by
        their ids, which are told in the words of the schema.
    """
    told = dict(values)
    if "attribute" in told:
        attribute = str(told["attribute"])
        told["attribute"] = attributes()[attribute].label
        if "level" in told:
            told["level"] = name_value(attribute, str(told["level"]))
    return gettext(template).format(**told)
