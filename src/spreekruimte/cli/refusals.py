"""Say in one sentence why a command refuses."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spreekruimte.analysis.errors import InputError


def describe_error(error: Exception) -> str:
    """Tell what is wrong in one sentence, in the active language where there is a translation."""
    if isinstance(error, InputError):
        return _describe_input(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)


def _describe_input(error: InputError) -> str:
    sentence = _(error.template).format(**error.values)
    if error.path is None:
        return sentence
    if error.line is None:
        return f"{error.path.name}: {sentence}"
    return _("%(file)s, line %(line)s: %(sentence)s") % {
        "file": error.path.name,
        "line": error.line,
        "sentence": sentence,
    }
