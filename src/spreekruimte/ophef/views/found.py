"""What the pages of an incident have in common: finding it, and saying no beside a form."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404

from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.ophef.models import Incident
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.organisations.models import Organisation
from spreekruimte.organisations.refusals import RefusedError


def find_incident(organisation: Organisation, identifier: int) -> Incident:
    """Find an incident of an organisation.

    Raises
    ------
    Http404
        If there is none of this number.
    """
    if identifier > LARGEST_ID:
        raise Http404
    found = Incident.objects.select_related("organisation", "case").filter(
        organisation=organisation, pk=identifier
    )
    incident = found.first()
    if incident is None:
        raise Http404
    return incident


def attempt(form: forms.Form, act: Callable[[], object]) -> int:
    """Do what a form asks for; give the status, with what is wrong in the form."""
    if not form.is_valid():
        return 400
    try:
        act()
    except RefusedError as error:
        form.add_error(None, str(error))
        return 409
    except SignalError as error:
        name = {"is_outside": "outside", "employers": "is_employers"}.get(error.field, error.field)
        form.add_error(name if name in form.fields else None, error.messages)
        return 400
    except ValidationError as error:
        _add(form, error)
        return 400
    return 200


def _add(form: forms.Form, error: ValidationError) -> None:
    told = (
        error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    )
    for name, messages in told.items():
        form.add_error(name if name in form.fields else None, messages)
