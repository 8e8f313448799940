"""Let into the pages of an organisation only who holds a role there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.permissions import has_role
from spreekruimte.organisations.second_factor import showed_recently, showed_second_factor

P = ParamSpec("P")
Q = ParamSpec("Q")
View = Callable[Concatenate[HttpRequest, Organisation, P], HttpResponseBase]
AnyView = Callable[Concatenate[HttpRequest, Q], HttpResponseBase]


def require_role(*roles: Role) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Show a view only to who holds one of the roles and has signed in with a second factor.

    The address of the view has the part ``<slug:slug>``; the view takes the organisation of that
    name in its place. Whoever has not signed in is asked to, and comes back; so is whoever has
    signed in without a second factor. Without one of the roles the answer is 403, and 404 where
    there is no such organisation. No answer is kept by a cache.
    """

    def guard(view: View[P]) -> Callable[..., HttpResponseBase]:
        @never_cache
        @wraps(view)
        def guarded(
            request: HttpRequest, slug: str, *arguments: P.args, **options: P.kwargs
        ) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                return redirect_to_login(_way_back(request))
            organisation = get_object_or_404(Organisation, slug=slug)
            if not has_role(user, organisation, *roles):
                raise PermissionDenied(_explain(roles))
            if not showed_second_factor(request, user):
                return redirect_to_login(_way_back(request), login_url=_second_factor_page(user))
            return view(request, organisation, *arguments, **options)

        return guarded

    return guard


def ask_who_it_is(view: AnyView[Q]) -> AnyView[Q]:
    """Let a view change something only for who has shown in the last minutes who it is.

    Others are asked to, after which what they sent is done (`AccountMiddleware` sees to that).
    """

    @wraps(view)
    def asking(
        request: HttpRequest, /, *arguments: Q.args, **options: Q.kwargs
    ) -> HttpResponseBase:
        changes = request.method not in ("GET", "HEAD")
        if changes and not showed_recently(request, cast(User, request.user)):
            raise ReauthenticationRequired
        return view(request, *arguments, **options)

    return asking


def _way_back(request: HttpRequest) -> str:
    """Return where to go after signing in: what was sent with a form is gone by then."""
    return (
        request.get_full_path()
        if request.method in ("GET", "HEAD")
        else reverse("organisations:desk")
    )


def _second_factor_page(user: User) -> str:
    return reverse("mfa_reauthenticate" if is_mfa_enabled(user) else "mfa_index")


def _explain(roles: tuple[Role, ...]) -> str:
    names = ", ".join(str(role.label) for role in roles)
    return _("This page is only for people with this role: %(roles)s.") % {"roles": names}
