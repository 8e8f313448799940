"""What editors do with the actor of their organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spreekruimte.cases.views.found import user_of
from spreekruimte.channels.fediverse.connecting import connect_own_actor
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role


@require_role(Role.EDITOR)
@require_POST
def connect(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Let the organisation ask by an actor of its own."""
    connect_own_actor(organisation=organisation, actor=user_of(request).actor, now=timezone.now())
    messages.success(request, _("The account is connected."))
    return redirect("channels:list", organisation.slug)
