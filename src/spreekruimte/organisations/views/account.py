"""Leave: erase one's own account."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from spreekruimte.organisations.access import ask_who_it_is
from spreekruimte.organisations.actions import erase_user
from spreekruimte.organisations.models import User
from spreekruimte.organisations.refusals import RefusedError


class EraseForm(forms.Form):
    """Ask once more."""

    is_sure = forms.BooleanField(
        label=gettext_lazy("I understand that this cannot be undone."),
        error_messages={"required": gettext_lazy("Tick the box if you are sure.")},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@ask_who_it_is
def erase_account(request: HttpRequest) -> HttpResponse:
    """Erase the account of who asks; who is the only administrator somewhere cannot."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return TemplateResponse(request, "account/erase.html", {"form": form})
    user = cast(User, request.user)
    try:
        erase_user(user=user, actor=user.actor, now=timezone.now())
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return TemplateResponse(
            request, "account/erase.html", {"form": form}, status=HTTPStatus.CONFLICT
        )
    logout(request)
    messages.success(request, _("Your account is erased."))
    return redirect("/")
