"""Take over a post: type its address, see what came of it, tell it in other words."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from spreekruimte.cases.actions.changing import with_no_other
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries.editing import latest_of
from spreekruimte.cases.views.found import user_of
from spreekruimte.channels.importing.actions import import_post
from spreekruimte.channels.importing.forms import AddressForm, TellingForm
from spreekruimte.channels.importing.posts import ReadPost
from spreekruimte.channels.importing.reading import read_post
from spreekruimte.ophef.queries.register import open_incidents
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError

# What an editor reads to see what it was about.
MOST_SHOWN = 20


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask for a post, show it without whose it is, and make a draft of what an editor tells.

    Between these steps the post is kept nowhere: it is read again, so that what was deleted
    meanwhile is not taken over.
    """
    if request.method != "POST":
        return _ask_address(request, organisation, AddressForm())
    asked = AddressForm(request.POST)
    if not asked.is_valid():
        return _ask_address(request, organisation, asked, status=400)
    try:
        post = read_post(asked.cleaned_data["address"])
    except RefusedError as error:
        asked.add_error("address", str(error))
        return _ask_address(request, organisation, asked, status=409)
    incidents = open_incidents(organisation)
    latest = latest_of(organisation)
    if "provenance" not in request.POST and "description_nl" not in request.POST:
        address = asked.cleaned_data["address"]
        return _show(request, organisation, TellingForm(latest, incidents, address=address), post)
    form = TellingForm(latest, incidents, request.POST)
    if not form.is_valid():
        return _show(request, organisation, form, post, status=400)
    try:
        case = _make(request, organisation, form, post)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, organisation, form, post, status=400)
    except RefusedError as error:
        form.add_error(None, str(error))
        return _show(request, organisation, form, post, status=409)
    return redirect("cases:desk", organisation.slug, case.pk)


def _make(
    request: HttpRequest, organisation: Organisation, form: TellingForm, post: ReadPost
) -> Case:
    given = form.cleaned_data
    with with_no_other(organisation, latest=given["latest"]):
        return import_post(
            organisation=organisation,
            post=post,
            provenance=given["provenance"],
            description=form.description,
            incident=given["incident"],
            actor=user_of(request).actor,
            now=timezone.now(),
        )


def _ask_address(
    request: HttpRequest, organisation: Organisation, form: AddressForm, *, status: int = 200
) -> HttpResponse:
    page = {"organisation": organisation, "form": form}
    return render(request, "importing/address.html", page, status=status)


def _show(
    request: HttpRequest,
    organisation: Organisation,
    form: TellingForm,
    post: ReadPost,
    *,
    status: int = 200,
) -> HttpResponse:
    page = {
        "organisation": organisation,
        "form": form,
        "post": post,
        "network": post.network.title(),
        "shown": post.answers[:MOST_SHOWN],
    }
    return render(request, "importing/post.html", page, status=status)
