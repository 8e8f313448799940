"""Take back a ballot that was cast inside a page of somebody else, on a page of our own.

Such a ballot is known by no cookie. Whoever cast it was shown a link, which nobody else has.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.actions.erasing import erase_respondent
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.channels.embed.tokens import read_withdrawal


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, case_id: int, token: str) -> HttpResponse:
    """Ask whether a ballot is to be erased, and do so; what it says is not shown.

    Also when its round has ended. Doing it again changes nothing.
    """
    read = read_withdrawal(token)
    rounds = Round.objects.filter(case=case_id).select_related("case")
    round_ = rounds.filter(pk=read.round_id).first() if read else None
    if read is None or round_ is None:
        raise Http404(_("This link leads to no ballot. See whether all of it was copied."))
    if request.method == "POST":
        erase_respondent(round_=round_, respondent=read.respondent, now=timezone.now())
        return redirect("dialogue:erased", case_id=case_id)
    participation = find_participation(round_, read.respondent)
    has_given = participation is not None and participation.ballots.exists()
    page = {"case": round_.case, "has_given": has_given}
    return render(request, "embed/withdraw.html", page)
