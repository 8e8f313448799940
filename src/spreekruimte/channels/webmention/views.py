"""Where other sites tell of mentions: Webmention (W3C, 2017), and Pingback 1.0 for older blogs."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from spreekruimte.ballots.limits import client_of, is_within
from spreekruimte.channels.webmention.receiving import (
    MentionError,
    Told,
    queue_mention,
    read_target,
)
from spreekruimte.channels.webmention.xml_rpc import (
    Fault,
    NotACallError,
    read_ping,
    write_answer,
    write_fault,
)

# Of one network address in an hour: a host of many blogs tells for all of them.
MOST = 240
LARGEST_CALL = 16 * 1024
XML = ("text/xml", "application/xml")
FORM = "application/x-www-form-urlencoded"

_STATUS = {"full": HTTPStatus.SERVICE_UNAVAILABLE}
_FAULTS = {"source": Fault.SOURCE, "target": Fault.TARGET, "full": Fault.OTHER}


@csrf_exempt
@require_POST
def receive_webmention(request: HttpRequest) -> HttpResponse:
    """Take a Webmention into the queue: 202 if it can be true, 400 if it cannot."""
    sources, targets = request.POST.getlist("source"), request.POST.getlist("target")
    if request.content_type != FORM or len(sources) != 1 or len(targets) != 1:
        return _say(HTTPStatus.BAD_REQUEST, _("A Webmention is a form with a source and a target."))
    if not _is_within(request):
        return _say(HTTPStatus.TOO_MANY_REQUESTS, _("You tried too often. Try again later."))
    try:
        _queue(request, Told(sources[0], targets[0]))
    except MentionError as error:
        status = _STATUS.get(error.trouble, HTTPStatus.BAD_REQUEST)
        return _say(status, error.sentence)
    return _say(HTTPStatus.ACCEPTED, _("Thank you. We will look at your page."))


@csrf_exempt
@require_POST
def receive_pingback(request: HttpRequest) -> HttpResponse:
    """Take a pingback into the queue; what cannot be true is a fault, what is no call is 400."""
    if request.content_type not in XML:
        return _say(HTTPStatus.BAD_REQUEST, _("A pingback is a call of XML-RPC."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_CALL:
        return _say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("This is too long for a pingback."))
    if not _is_within(request):
        return _say(HTTPStatus.TOO_MANY_REQUESTS, _("You tried too often. Try again later."))
    try:
        _queue(request, read_ping(request.body))
    except NotACallError:
        return _say(HTTPStatus.BAD_REQUEST, _("A pingback is a call of XML-RPC."))
    except MentionError as error:
        return _answer(write_fault(_FAULTS[error.trouble], str(error.sentence)))
    return _answer(write_answer("Thank you. We will look at your page."))


def _queue(request: HttpRequest, told: Told) -> None:
    case = read_target(told, host=request.get_host())
    queue_mention(case=case, told=told, now=timezone.now())


def _is_within(request: HttpRequest) -> bool:
    return is_within("mention", client_of(request), most=MOST, now=timezone.now())


def _say(status: HTTPStatus, sentence: str | Promise) -> HttpResponse:
    return HttpResponse(str(sentence), status=status, content_type="text/plain; charset=utf-8")


def _answer(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/xml; charset=utf-8")
