"""What other servers ask of our actors, and bring to them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from spreekruimte.channels.fediverse.actors import find_actor
from spreekruimte.channels.fediverse.addresses import handle_of, own_address, own_host
from spreekruimte.channels.fediverse.arriving import LARGEST_BODY, InboxError, take_arrival
from spreekruimte.channels.fediverse.documents import (
    MEDIA_TYPE,
    Document,
    actor_document,
    collection,
    nodeinfo,
    outbox,
    post_document,
    webfinger,
    with_context,
)
from spreekruimte.channels.fediverse.models import OwnActor, OwnPost
from spreekruimte.channels.fediverse.signatures.requests import Request

LATEST = 20
_STREAMS = (MEDIA_TYPE, "application/ld+json")
_NODEINFO = "http://nodeinfo.diaspora.software/ns/schema/2.1"


@require_safe
def find_by_handle(request: HttpRequest) -> HttpResponse:
    """Tell where the actor is that somebody looks for by its handle or address."""
    resource = request.GET.get("resource", "")
    found = _actor_of_handle(resource) or find_actor(resource)
    if found is None:
        raise Http404
    return _tell(webfinger(found), media_type="application/jrd+json")


@require_safe
def list_nodeinfo(_request: HttpRequest) -> HttpResponse:
    """Tell where it is told which program runs here."""
    return _tell(
        {"links": [{"rel": _NODEINFO, "href": own_address("nodeinfo")}]},
        media_type="application/json",
    )


@require_safe
def show_nodeinfo(_request: HttpRequest) -> HttpResponse:
    """Tell which program runs here."""
    document = nodeinfo(
        actors=OwnActor.objects.count(),
        posts=OwnPost.objects.filter(withdrawn_at__isnull=True).count(),
    )
    return _tell(document, media_type=f'application/json; profile="{_NODEINFO}#"')


@require_safe
def show_actor(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Tell who an actor is: a server reads it as a document, a person as a page."""
    actor = _actor(slug)
    if _wants_document(request):
        return _tell_negotiated(actor_document(actor))
    page = render(
        request,
        "fediverse/actor.html",
        {"organisation": actor.organisation, "handle": handle_of(slug)},
    )
    patch_vary_headers(page, ["Accept"])
    return page


@require_safe
def show_post(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Tell what a post says; a person is led to the page that it is about."""
    post = get_object_or_404(
        OwnPost.objects.select_related("actor__organisation", "publication__round"),
        key=key,
        actor__organisation__slug=slug,
    )
    if not _wants_document(request):
        response: HttpResponseBase = HttpResponseRedirect(
            post.address or own_address("actor", slug=slug)
        )
        patch_vary_headers(response, ["Accept"])
        return response
    status = HTTPStatus.GONE if post.withdrawn_at else HTTPStatus.OK
    return _tell_negotiated(post_document(post), status=status)


@require_safe
def show_outbox(_request: HttpRequest, slug: str) -> HttpResponse:
    """Tell what an actor posted last."""
    actor = _actor(slug)
    posts = actor.posts.filter(withdrawn_at__isnull=True).select_related(
        "actor__organisation", "publication__round"
    )
    latest = list(posts.order_by("-pk")[:LATEST])
    return _tell(with_context(outbox(actor, latest, posts.count())))


@require_safe
def show_followers(_request: HttpRequest, slug: str) -> HttpResponse:
    """Tell how many follow an actor. Who does is nobody's business."""
    actor = _actor(slug)
    address = own_address("followers", slug=slug)
    return _tell(with_context(collection(address, actor.followers.count())))


@csrf_exempt
@require_POST
def take_in(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Take what another server brings, to the inbox of one actor or of all."""
    if slug is not None:
        _actor(slug)
    if request.content_type not in _STREAMS:
        return _refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send {MEDIA_TYPE}.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too large.")
    try:
        take_arrival(_as_signed(request), timezone.now())
    except InboxError as error:
        return _refuse(error.status, str(error))
    return HttpResponse(status=HTTPStatus.ACCEPTED, content_type="text/plain")


def _actor(slug: str) -> OwnActor:
    return get_object_or_404(
        OwnActor.objects.select_related("organisation"), organisation__slug=slug
    )


def _actor_of_handle(resource: str) -> OwnActor | None:
    slug, _, host = resource.removeprefix("acct:").removeprefix("@").partition("@")
    if host.lower() != own_host():
        return None
    return find_actor(f"{settings.ADDRESS.origin}/fediverse/{slug.lower()}/")


def _as_signed(request: HttpRequest) -> Request:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in request.META.items()
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")
    }
    return Request(
        method=request.method or "",
        origin=settings.ADDRESS.origin,
        target=request.get_full_path(),
        headers=headers,
        body=request.body,
    )


def _wants_document(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return any(kind in accepted for kind in _STREAMS)


def _tell_negotiated(document: Document, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    response = _tell(with_context(document), status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def _tell(
    document: dict[str, Any], *, media_type: str = MEDIA_TYPE, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    response = JsonResponse(document, content_type=media_type, status=status)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _refuse(status: HTTPStatus, reason: str) -> HttpResponse:
    return HttpResponse(reason, status=status, content_type="text/plain")
