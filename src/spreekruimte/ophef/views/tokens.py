"""Links and keys: give them out, see which there are, withdraw them."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spreekruimte.cases.views.found import user_of
from spreekruimte.ophef.actions.tokens import issue_token, revoke_token
from spreekruimte.ophef.forms import TokenForm
from spreekruimte.ophef.models import AccessToken
from spreekruimte.ophef.views.found import attempt, find_in
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_tokens(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show which links and keys there are; give one out, and show it this once."""
    form = TokenForm(request.POST if request.method == "POST" else None, label_suffix="")
    secret, status, issued = secrets.token_urlsafe(32), 200, None
    if form.is_bound:
        status = attempt(
            form,
            lambda: issue_token(
                organisation=organisation,
                use=AccessToken.Use(form.cleaned_data["use"]),
                purpose=form.cleaned_data["purpose"],
                secret=secret,
                actor=user_of(request).actor,
                now=timezone.now(),
            ),
        )
        if status == 200:
            issued = _show_once(request, form.cleaned_data["use"], secret)
            form = TokenForm(label_suffix="")
    page = {
        "organisation": organisation,
        "form": form,
        "issued": issued,
        "endpoint": request.build_absolute_uri(reverse("ophef:endpoint")),
        "tokens": AccessToken.objects.filter(organisation=organisation).order_by("-pk"),
    }
    return render(request, "ophef/tokens.html", page, status=status)


@require_role(Role.EDITOR)
@require_POST
def revoke(request: HttpRequest, organisation: Organisation, token_id: int) -> HttpResponse:
    """Let a link or key open nothing any more."""
    token = find_in(AccessToken.objects.filter(organisation=organisation), token_id)
    revoke_token(token=token, actor=user_of(request).actor, now=timezone.now())
    messages.success(request, _("It opens nothing any more."))
    return redirect("ophef:tokens", organisation.slug)


def _show_once(request: HttpRequest, use: str, secret: str) -> str:
    if use == AccessToken.Use.ENDPOINT:
        return secret
    return request.build_absolute_uri(reverse("ophef:phone-enter", args=[secret]))
