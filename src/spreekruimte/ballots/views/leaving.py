"""Where a ballot ends: the receipt, looking without voting, and erasing."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.ballots.actions.looking import give_up_ballot
from spreekruimte.ballots.models import Question
from spreekruimte.ballots.qr import draw_qr
from spreekruimte.ballots.queries.mine import ballots_of
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.refusals import OutOfOrder
from spreekruimte.ballots.views.visiting import Visit, during_round


@require_safe
@during_round
def thank(visit: Visit) -> HttpResponse:
    """Show the receipts of a respondent, that of the judgement first."""
    participation = find_participation(visit.round, visit.respondent)
    if participation is None or visit.standing.judgement is None:
        raise OutOfOrder
    ballots = ballots_of(participation)
    main = next(each for each in ballots if each.question == Question.JUDGEMENT and each.is_latest)
    address = visit.request.build_absolute_uri(
        reverse("ballots:receipt", query={"receipt": main.receipt})
    )
    return visit.show(
        "thanks",
        receipt=main.receipt,
        qr=draw_qr(address),
        others=[each for each in ballots if each is not main],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def look(visit: Visit) -> HttpResponse:
    """Ask whether somebody really wants to look instead of voting, and do as they say."""
    if visit.request.method != "POST":
        return visit.show("look")
    respondent = visit.known
    give_up_ballot(round_=visit.round, respondent=respondent, now=visit.now)
    return visit.let_in(visit.go("ballots:case"), respondent)
