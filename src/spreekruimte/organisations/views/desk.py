"""Where a member begins: the organisations, and what the roles there open."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from spreekruimte.organisations.models import User
from spreekruimte.organisations.queries import organisations_of


@never_cache
@require_safe
@login_required
def show_desk(request: HttpRequest) -> HttpResponse:
    """Show the organisations for which someone works."""
    return render(
        request,
        "organisations/desk.html",
        {"organisations": organisations_of(cast(User, request.user))},
    )
