"""Where moderators look after reasons."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.actions.moderating import REASON, moderate_reason
from spreekruimte.ballots.models import ModerationEntry
from spreekruimte.ballots.moderation.views import Desk, moderate_texts
from spreekruimte.ballots.queries.moderation import count_parts, queue_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role

DESK = Desk(
    kind=REASON,
    template="ballots/desk/moderation.html",
    card="ballots/desk/reason.html",
    queue_of=queue_of,
    count_parts=count_parts,
    carry_out=moderate_reason,
    done=_("Reason %(number)d: %(what)s."),
    deed_names=dict(ModerationEntry.Act.choices),
)


@require_role(Role.MODERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def moderate_reasons(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show reasons, those that wait first, and take a decision about one."""
    return moderate_texts(request, organisation, DESK)
