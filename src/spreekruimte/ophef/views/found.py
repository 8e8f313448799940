"""What the pages of the register have in common: finding rows, and saying no beside a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.ophef.models import Incident
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.organisations.models import Organisation
from spreekruimte.organisations.refusals import RefusedError

Row = TypeVar("Row", bound=Model)


def find_incident(organisation: Organisation, identifier: int) -> Incident:
    """Find an incident of an organisation.

    Raises
    ------
    Http404
        If there is none of this number.
    """
    incidents = Incident.objects.select_related("organisation", "case")
    return find_in(incidents.filter(organisation=organisation), identifier)


def find_in(rows: QuerySet[Row], identifier: int) -> Row:
    """Find one of these rows by its number.

    Raises
    ------
    Http404
        If there is none of this number among them.
    """
    if identifier > LARGEST_ID:
        raise Http404
    return get_object_or_404(rows, pk=identifier)


def read_before(request: HttpRequest) -> int | None:
    """Read below which number a list goes on; None for its beginning.

    Raises
    ------
    BadRequest
        If it is no number.
    """
    given = request.GET.get("before", "")
    if given and not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise BadRequest
    return int(given) if given else None


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
