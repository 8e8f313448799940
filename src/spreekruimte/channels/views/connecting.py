"""Connect an account on Mastodon: name the server, say yes there, and come back."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.cases.views.found import user_of
from spreekruimte.channels.actions.accounts import ConnectedAccount, connect_account
from spreekruimte.channels.forms import ServerForm
from spreekruimte.channels.mastodon.apps import app_on
from spreekruimte.channels.mastodon.signing_in import (
    Profile,
    address_to_ask,
    exchange_code,
    read_profile,
)
from spreekruimte.channels.network import NetworkError
from spreekruimte.channels.pkce import make_verifier
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role

KEPT = "channels.connecting"


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def connect_mastodon(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask for the server, and lead to where its owner lets us in."""
    form = ServerForm(request.POST if request.method == "POST" else None, label_suffix="")
    page: dict[str, object] = {"organisation": organisation, "form": form}
    if not form.is_bound:
        return render(request, "channels/connect.html", page)
    status = 400
    if form.is_valid():
        try:
            # A link leads there, since a form may not lead to another site.
            page["way"] = _begin(request, organisation, form.cleaned_data["server"])
            status = 200
        except NetworkError as error:
            form.add_error("server", _("This did not work: %(reason)s") % {"reason": error})
            status = 502
    return render(request, "channels/connect.html", page, status=status)


@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Lead who comes back from a server to their organisation."""
    begun = request.session.get(KEPT)
    if not isinstance(begun, dict):
        raise BadRequest
    way = reverse("channels:connected", args=[begun["slug"]])
    return redirect(f"{way}?{request.META.get('QUERY_STRING', '')}")


@require_role(Role.EDITOR)
@require_safe
def finish_connecting(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Take what a server gave, and keep the account; each way back is good once."""
    begun = request.session.pop(KEPT, None)
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    if (
        not isinstance(begun, dict)
        or begun["slug"] != organisation.slug
        or not constant_time_compare(state, begun["state"])
    ):
        raise BadRequest
    if not code:
        messages.error(request, _("The server did not let us in."))
        return redirect("channels:list", organisation.slug)
    try:
        profile = _connect(request, organisation, begun, code)
    except NetworkError as error:
        messages.error(request, _("This did not work: %(reason)s") % {"reason": error})
        return redirect("channels:list", organisation.slug)
    messages.success(request, _("The account is connected."))
    if not profile.is_marked:
        messages.warning(
            request,
            _(
                "This account does not say that a program posts by it. Mark it as automated in "
                "its profile, and tell there who you are and how to reach you."
            ),
        )
    return redirect("channels:list", organisation.slug)


def _begin(request: HttpRequest, organisation: Organisation, server: str) -> str:
    app = app_on(server, redirect=_redirect(), now=timezone.now())
    begun = {
        "slug": organisation.slug,
        "server": server,
        "state": secrets.token_urlsafe(24),
        "verifier": make_verifier(secrets.token_bytes),
    }
    request.session[KEPT] = begun
    return address_to_ask(
        server, app, redirect=_redirect(), state=begun["state"], verifier=begun["verifier"]
    )


def _connect(
    request: HttpRequest, organisation: Organisation, begun: dict[str, Any], code: str
) -> Profile:
    server, now = begun["server"], timezone.now()
    app = app_on(server, redirect=_redirect(), now=now)
    token = exchange_code(server, app, code=code, redirect=_redirect(), verifier=begun["verifier"])
    profile = read_profile(server, token)
    connected = ConnectedAccount(
        network="mastodon",
        server=server,
        identifier=profile.identifier,
        name=profile.name,
        address=profile.address,
        credentials={"access_token": token},
    )
    connect_account(
        organisation=organisation, connected=connected, actor=user_of(request).actor, now=now
    )
    return profile


def _redirect() -> str:
    return settings.ADDRESS.origin + reverse("channels:come-back")
