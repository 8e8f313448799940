"""What the pages of one case begin with."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest
from django.utils import timezone

from spreekruimte.cases.queries import EditorCase, case_for_editor
from spreekruimte.organisations.models import Organisation, User


def find_case(organisation: Organisation, identifier: int) -> EditorCase:
    """Give a case of an organisation; answer 404 where it has none such."""
    found = case_for_editor(organisation, identifier, today=timezone.localdate())
    if found is None:
        raise Http404
    return found


def user_of(request: HttpRequest) -> User:
    """Give who is signed in, on a page that `require_role` guards."""
    return cast(User, request.user)
