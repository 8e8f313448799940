"""Say no so that the asker knows what to do: as a page, as part of one, or to a program.

A program that asks for JSON gets a problem as RFC 9457 has it. A part of a page that was asked for
over htmx goes to where the messages stand, whatever it was meant to replace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What happened, and what to do about it; sentences for the user."""

    title: str | Promise
    advice: str | Promise


REFUSALS: Mapping[int, Refusal] = MappingProxyType(
    {
        400: Refusal(
            _("We cannot read what you sent"),
            _("Go back to the page before, look at what you filled in, and send it again."),
        ),
        403: Refusal(
            _("You cannot see this page"),
            _("Do you have another account? Then sign in with that one."),
        ),
        404: Refusal(
            _("This page is not here"),
            _("Look whether the address is right. Or begin at the list of cases."),
        ),
        409: Refusal(_("This is not possible now"), _("Nothing was changed.")),
        413: Refusal(
            _("This is too large"), _("Send a shorter text or a smaller file. Nothing was kept.")
        ),
        429: Refusal(_("You tried too often"), _("Wait a few minutes. Then you can try again.")),
        500: Refusal(
            _("Something goes wrong here"),
            _(
                "This is our fault. Try again in a few minutes. Does it stay like this? Then tell "
                "the organisation that asked you."
            ),
        ),
    }
)
OLD_FORM = Refusal(
    _("This form is too old"),
    _("Open the page again and send the form again. Your browser has to allow cookies for this."),
)


def refuse(
    request: HttpRequest, status: int, sentence: str = "", *, refusal: Refusal | None = None
) -> HttpResponse:
    """Answer with a status that says no.

    Parameters
    ----------
    status : int
        One of those in `REFUSALS`.
    sentence : str
        Why, for the user, in the active language; comes before the advice.
    refusal : Refusal, optional
        What to say in place of what belongs to the status.
    """
    told = refusal or REFUSALS[status]
    if asks_for_json(request):
        problem = {"title": told.title, "status": status, "detail": sentence or told.advice}
        return JsonResponse(problem, status=status, content_type=PROBLEM)
    context = {"refusal": told, "sentence": sentence, "status": status}
    if request.headers.get("HX-Request") == "true":
        part = render_to_string("look/refused/part.html", context)
        headers = {
            "HX-Retarget": "#messages",
            "HX-Reswap": "innerHTML show:top",
            "HX-Reselect": "unset",
        }
        return HttpResponse(part, status=status, headers=headers)
    # Without the request where things are broken: who asks is in the database.
    asker = None if status == 500 else request
    return HttpResponse(render_to_string("look/refused.html", context, asker), status=status)


def asks_for_json(request: HttpRequest) -> bool:
    """Whether a program asks, rather than somebody who reads pages."""
    if request.content_type in ("application/json", PROBLEM):
        return True
    preferred = request.get_preferred_type(["text/html", "application/json", PROBLEM])
    return preferred in ("application/json", PROBLEM)
