"""Who works for an organisation, and in which role."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from spreekruimte.organisations import actions
from spreekruimte.organisations.access import ask_who_it_is, require_role
from spreekruimte.organisations.accounts.links import link_to_choose_password
from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.queries import Member, member_of, members_of, needs_link
from spreekruimte.organisations.refusals import RefusedError


class AddMemberForm(forms.Form):
    """Whom to add, and what for."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )


class RoleForm(forms.Form):
    """A role to give or to take."""

    role = forms.ChoiceField(choices=Role.choices)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.ADMINISTRATOR)
@ask_who_it_is
def manage_members(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """List the members, and add one."""
    form = AddMemberForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        return _list_members(request, organisation, form, status)
    try:
        user = actions.add_member(
            organisation=organisation,
            email=form.cleaned_data["email"],
            roles=[Role(name) for name in form.cleaned_data["roles"]],
            actor=cast(User, request.user).actor,
            now=timezone.now(),
        )
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return _list_members(request, organisation, form, HTTPStatus.CONFLICT)
    messages.success(request, _("%(email)s is added.") % {"email": user.email})
    return _show_member(request, organisation, user, is_new=needs_link(organisation, user))


@require_http_methods(["GET", "HEAD"])
@require_role(Role.ADMINISTRATOR)
def show_member(request: HttpRequest, organisation: Organisation, pseudonym: UUID) -> HttpResponse:
    """Show one member, with what can be done about the roles."""
    return _show_member(request, organisation, _find(organisation, pseudonym))


def _change_role(change: Callable[..., None]) -> Callable[..., HttpResponseBase]:
    @require_POST
    @require_role(Role.ADMINISTRATOR)
    @ask_who_it_is
    def changed(request: HttpRequest, organisation: Organisation, pseudonym: UUID) -> HttpResponse:
        user = _find(organisation, pseudonym)
        form = RoleForm(request.POST)
        if not form.is_valid():
            raise RefusedError(_("There is no such role."))
        change(
            organisation=organisation,
            user=user,
            role=Role(form.cleaned_data["role"]),
            actor=cast(User, request.user).actor,
            now=timezone.now(),
        )
        messages.success(request, _("The roles of %(email)s are changed.") % {"email": user.email})
        if member_of(organisation, pseudonym) is None:
            return redirect("organisations:members", organisation.slug)
        return redirect("organisations:member", organisation.slug, pseudonym)

    return changed


grant_role = _change_role(actions.grant_role)
withdraw_role = _change_role(actions.withdraw_role)


@require_POST
@require_role(Role.ADMINISTRATOR)
@ask_who_it_is
def remove_member(
    request: HttpRequest, organisation: Organisation, pseudonym: UUID
) -> HttpResponse:
    """Take all roles from a member."""
    user = _find(organisation, pseudonym)
    actions.remove_member(
        organisation=organisation,
        user=user,
        actor=cast(User, request.user).actor,
        now=timezone.now(),
    )
    messages.success(request, _("%(email)s is removed.") % {"email": user.email})
    return redirect("organisations:members", organisation.slug)


@require_POST
@require_role(Role.ADMINISTRATOR)
@ask_who_it_is
def renew_sign_in(
    request: HttpRequest, organisation: Organisation, pseudonym: UUID
) -> HttpResponse:
    """Let a member begin anew with signing in."""
    user = _find(organisation, pseudonym)
    actions.renew_sign_in(
        organisation=organisation,
        user=user,
        actor=cast(User, request.user).actor,
        now=timezone.now(),
    )
    return _show_member(request, organisation, user, is_new=True)


def _find(organisation: Organisation, pseudonym: UUID) -> User:
    return get_object_or_404(
        User.objects.filter(memberships__organisation=organisation).distinct(), pseudonym=pseudonym
    )


def _list_members(
    request: HttpRequest, organisation: Organisation, form: forms.Form, status: HTTPStatus
) -> HttpResponse:
    members = members_of(organisation)
    return TemplateResponse(
        request,
        "organisations/members.html",
        {"organisation": organisation, "members": members, "form": form},
        status=status,
    )


def _show_member(
    request: HttpRequest, organisation: Organisation, user: User, *, is_new: bool = False
) -> HttpResponse:
    member = cast(Member, member_of(organisation, user.pseudonym))
    link = _give_link(request, user) if is_new else None
    return TemplateResponse(
        request,
        "organisations/member.html",
        {
            "organisation": organisation,
            "member": member,
            "missing": [role for role in Role if role not in member.roles],
            "link": link,
            "is_oneself": user == request.user,
        },
    )


def _give_link(request: HttpRequest, user: User) -> str:
    """Return the link with which someone chooses a password, after mailing it where we can."""
    link = request.build_absolute_uri(link_to_choose_password(user))
    if settings.MAIL_IS_SENT:
        try:
            send_mail(
                _("You can work with Spreekruimte"),
                render_to_string("organisations/mail/added.txt", {"link": link}),
                None,
                [user.email],
            )
        except OSError:
            messages.warning(request, _("We could not mail the link. Pass it on yourself."))
        else:
            messages.success(request, _("We have mailed the link as well."))
    return link
