"""The news items that may be about an incident: yes, no, and taking that back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from spreekruimte.cases.views.found import user_of
from spreekruimte.look.refusing import refuse
from spreekruimte.ophef.actions.deciding import accept_item, refuse_item, undo_decision
from spreekruimte.ophef.models import FeedItem
from spreekruimte.ophef.permissions import may_keep_register
from spreekruimte.ophef.queries.feeds import items_of
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.ophef.views.found import find_in, find_incident, read_before
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role

SIZE = 25


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_items(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Show the items that wait for an editor, or with ``?decided=1`` those that are done."""
    incident = find_incident(organisation, identifier)
    is_decided, before = request.GET.get("decided") == "1", read_before(request)
    found = items_of(incident, is_decided=is_decided, before=before, size=SIZE + 1)
    decided = "decided=1&" if is_decided else ""
    page = {
        "organisation": organisation,
        "incident": incident,
        "items": [(item, round(100 * item.confidence)) for item in found[:SIZE]],
        "is_decided": is_decided,
        "next": f"?{decided}before={found[SIZE - 1].pk}" if len(found) > SIZE else "",
        "may_edit": may_keep_register(user_of(request), organisation) and not incident.closed_at,
    }
    return render(request, "ophef/items.html", page)


@require_role(Role.EDITOR)
@require_POST
def accept(
    request: HttpRequest, organisation: Organisation, identifier: int, item_id: int
) -> HttpResponse:
    """Count an item as a media item of the incident."""
    told = _("It is counted as a media item.")
    return _decide(request, organisation, identifier, item_id, accept_item, told)


@require_role(Role.EDITOR)
@require_POST
def refuse_one(
    request: HttpRequest, organisation: Organisation, identifier: int, item_id: int
) -> HttpResponse:
    """Never ask about an item again."""
    told = _("It is not counted. We do not ask about it again.")
    return _decide(request, organisation, identifier, item_id, refuse_item, told)


@require_role(Role.EDITOR)
@require_POST
def undo(
    request: HttpRequest, organisation: Organisation, identifier: int, item_id: int
) -> HttpResponse:
    """Ask about an item again."""
    told = _("It waits for your answer again.")
    return _decide(request, organisation, identifier, item_id, undo_decision, told)


def _decide(
    request: HttpRequest,
    organisation: Organisation,
    identifier: int,
    item_id: int,
    decide: Callable[..., object],
    told: str,
) -> HttpResponse:
    incident = find_incident(organisation, identifier)
    item = find_in(FeedItem.objects.filter(incident=incident), item_id)
    try:
        decide(item=item, actor=user_of(request).actor, now=timezone.now())
    except SignalError as error:
        return refuse(request, 409, error.messages[0])
    messages.success(request, told)
    return redirect("ophef:items", organisation.slug, incident.pk)
