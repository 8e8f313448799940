"""Connect an account on Bluesky, with an app password that its owner makes for us there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spreekruimte.cases.views.found import user_of
from spreekruimte.channels.actions.accounts import ConnectedAccount, connect_account
from spreekruimte.channels.bluesky.network import mark_as_bot
from spreekruimte.channels.bluesky.sessions import sign_in
from spreekruimte.channels.connections import connection_of
from spreekruimte.channels.forms import AppPasswordForm
from spreekruimte.channels.models import Account
from spreekruimte.channels.network import NetworkError
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Actor, Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def connect_bluesky(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask for the account and its app password, and say in its profile that a program posts."""
    form = AppPasswordForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            given = form.cleaned_data
            account = _connect(
                organisation, given["name"], given["password"], user_of(request).actor
            )
            mark_as_bot(connection_of(account))
        except NetworkError as error:
            form.add_error(None, _("This did not work: %(reason)s") % {"reason": error})
            status = 502
        except RefusedError as error:
            form.add_error(None, str(error))
            status = 409
        else:
            messages.success(request, _("The account is connected."))
            return redirect("channels:list", organisation.slug)
    page = {"organisation": organisation, "form": form}
    return render(request, "channels/connect_bluesky.html", page, status=status)


def _connect(organisation: Organisation, name: str, password: str, actor: Actor) -> Account:
    signed_in = sign_in(name, password)
    connected = ConnectedAccount(
        network="bluesky",
        server=signed_in.server,
        identifier=signed_in.did,
        name=f"@{signed_in.name}",
        address=f"https://bsky.app/profile/{signed_in.did}",
        credentials=signed_in.credentials,
    )
    return connect_account(
        organisation=organisation, connected=connected, actor=actor, now=timezone.now()
    )
