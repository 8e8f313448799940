"""Where moderators look after messages, and make reasons of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.actions.rounds import Seed
from spreekruimte.ballots.moderation.actions import mark_text
from spreekruimte.ballots.moderation.views import Desk, moderate_texts
from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.views.found import user_of
from spreekruimte.dialogue.actions.moderating import MESSAGE, moderate_message, turn_into_reason
from spreekruimte.dialogue.forms import TurnForm
from spreekruimte.dialogue.models import MessageModeration
from spreekruimte.dialogue.queries.moderation import (
    count_parts,
    message_for_moderator,
    queue_of,
)
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError

DESK = Desk(
    kind=MESSAGE,
    template="dialogue/desk/moderation.html",
    card="dialogue/desk/message.html",
    queue_of=queue_of,
    count_parts=count_parts,
    carry_out=moderate_message,
    done=gettext_lazy("Message %(number)d: %(what)s."),
    deed_names=dict(MessageModeration.Act.choices),
)


@require_role(Role.MODERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def moderate_messages(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show messages, those that wait first, and take a decision about one."""
    return moderate_texts(request, organisation, DESK)


@require_role(Role.MODERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def make_reason(request: HttpRequest, organisation: Organisation, message_id: int) -> HttpResponse:
    """Ask for the words of the reason that a message becomes, and make it."""
    message = message_for_moderator(organisation, message_id)
    if message is None:
        raise Http404(_("There is no such message."))
    if request.method == "POST":
        form = TurnForm(request.POST, label_suffix="")
    else:
        start = {
            "seen": mark_text(message.content),
            "content": message.content,
            "language": message.language or read_language(),
        }
        form = TurnForm(initial=start, label_suffix="")
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            try:
                _turn(request, organisation, message_id, form)
            except RefusedError as error:
                form.add_error("content", str(error))
                status = 409
            else:
                return redirect("dialogue:moderation", organisation.slug)
    page = {"organisation": organisation, "message": message, "form": form}
    return render(request, "dialogue/desk/turn.html", page, status=status)


def _turn(
    request: HttpRequest, organisation: Organisation, message_id: int, form: TurnForm
) -> None:
    given = form.cleaned_data
    reason = turn_into_reason(
        organisation=organisation,
        message_id=message_id,
        seen=given["seen"],
        seed=Seed(given["content"], given["language"]),
        actor=user_of(request).actor,
        now=timezone.now(),
    )
    messages.success(
        request,
        _("Citizens can vote on it now: reason %(number)d.") % {"number": reason.pk},
    )
