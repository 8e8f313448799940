"""The editor's page of channels: accounts and how they do, what goes out, and one button."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from spreekruimte.cases.views.found import user_of
from spreekruimte.channels.actions.accounts import disconnect_account
from spreekruimte.channels.actions.ordering import order_again, order_withdrawal, take_back
from spreekruimte.channels.actions.stopping import resume, stop_everything
from spreekruimte.channels.models import Account, Act
from spreekruimte.channels.permissions import may_use_channels
from spreekruimte.channels.queries.desk import (
    acts_of,
    health_of,
    queue_of,
    settled_acts_of,
    stops_of,
)
from spreekruimte.ophef.views.found import find_in
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_channels(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the accounts, what waits, and what went out."""
    page = {
        "organisation": organisation,
        "accounts": health_of(organisation),
        "queue": queue_of(organisation),
        "settled": settled_acts_of(organisation),
        "stops": stops_of(organisation),
        "may_edit": may_use_channels(user_of(request), organisation),
    }
    return render(request, "channels/list.html", page)


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_closed_networks(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Say of which networks posts are only pasted, and why."""
    return render(request, "channels/closed_networks.html", {"organisation": organisation})


@require_role(Role.EDITOR)
@require_POST
def stop(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Let nothing go out any more."""
    stop_everything(organisation=organisation, actor=user_of(request).actor, now=timezone.now())
    messages.success(request, _("Everything is stopped. What was under way may still end."))
    return redirect("channels:list", organisation.slug)


@require_role(Role.EDITOR)
@require_POST
def go_on(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Let what waits go out again."""
    resume(organisation=organisation, actor=user_of(request).actor, now=timezone.now())
    messages.success(request, _("Everything goes on."))
    return redirect("channels:list", organisation.slug)


@require_role(Role.EDITOR)
@require_POST
def disconnect(request: HttpRequest, organisation: Organisation, account_id: int) -> HttpResponse:
    """Forget what lets us in by an account."""
    account = find_in(Account.objects.filter(organisation=organisation), account_id)
    disconnect_account(account=account, actor=user_of(request).actor, now=timezone.now())
    messages.success(request, _("The account is disconnected. Withdraw the access there too."))
    return redirect("channels:list", organisation.slug)


@require_role(Role.EDITOR)
@require_POST
def take_back_act(request: HttpRequest, organisation: Organisation, act_id: int) -> HttpResponse:
    """Let an act that waits not go out."""
    return _change(request, organisation, act_id, take_back)


@require_role(Role.EDITOR)
@require_POST
def send_again(request: HttpRequest, organisation: Organisation, act_id: int) -> HttpResponse:
    """Let an act that failed or was taken back go out after all."""
    return _change(request, organisation, act_id, order_again)


@require_role(Role.EDITOR)
@require_POST
def withdraw(request: HttpRequest, organisation: Organisation, act_id: int) -> HttpResponse:
    """Have a post taken away on its network."""
    key = secrets.token_hex(16)
    return _change(request, organisation, act_id, lambda **by: order_withdrawal(key=key, **by))


def _change(
    request: HttpRequest,
    organisation: Organisation,
    act_id: int,
    change: Callable[..., Act],
) -> HttpResponse:
    act = find_in(acts_of(organisation), act_id)
    change(act=act, actor=user_of(request).actor, now=timezone.now())
    return redirect("channels:list", organisation.slug)
