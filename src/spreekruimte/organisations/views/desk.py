"""Where a member begins: the organisations, and what the roles there open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from spreekruimte.organisations.models import Role, User
from spreekruimte.organisations.queries import Workplace, workplaces_of


@dataclass(frozen=True, slots=True)
class Door:
    """A page of an organisation, and the roles that open it."""

    name: str
    label: Promise
    roles: frozenset[Role]


# The rooms above are known here by the names of their addresses alone.
DOORS = (
    Door("cases:list", _("Cases"), frozenset({Role.EDITOR, Role.AUDITOR})),
    Door("studies:list", _("Studies"), frozenset({Role.EDITOR, Role.AUDITOR})),
    Door("ophef:list", _("Fuss"), frozenset({Role.EDITOR, Role.AUDITOR})),
    Door("guidelines:list", _("Guidelines"), frozenset({Role.EDITOR, Role.AUDITOR})),
    Door("channels:list", _("Channels"), frozenset({Role.EDITOR, Role.AUDITOR})),
    Door("ballots:moderation", _("Reasons"), frozenset({Role.MODERATOR})),
    Door("dialogue:moderation", _("Messages"), frozenset({Role.MODERATOR})),
    Door("organisations:members", _("Members"), frozenset({Role.ADMINISTRATOR})),
    Door("organisations:audit", _("Audit trail"), frozenset({Role.ADMINISTRATOR, Role.AUDITOR})),
)


@never_cache
@require_safe
@login_required
def show_desk(request: HttpRequest) -> HttpResponse:
    """Show the organisations for which someone works."""
    places = workplaces_of(cast(User, request.user))
    return render(
        request,
        "organisations/desk.html",
        {"places": [(place, _list_doors(place)) for place in places]},
    )


def _list_doors(place: Workplace) -> list[tuple[str, Promise]]:
    return [
        (reverse(door.name, args=[place.organisation.slug]), door.label)
        for door in DOORS
        if door.roles.intersection(place.roles)
    ]
