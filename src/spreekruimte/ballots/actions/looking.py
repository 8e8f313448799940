"""Look at results: after a judgement, or in place of one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Participation, Question, Round
from spreekruimte.ballots.queries.arms import draw_arm, lot_of
from spreekruimte.ballots.queries.rounds import open_rounds
from spreekruimte.ballots.queries.standing import find_participations, pseudonym_of
from spreekruimte.ballots.refusals import NoWayBack, RoundIsOver
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def give_up_ballot(*, round_: Round, respondent: Respondent, now: datetime) -> Participation:
    """Let a respondent look at the results of a round without judging, in place of the ballot.

    Doing it again changes nothing.

    Raises
    ------
    RefusedError
        If the round is over, or the respondent has judged and may look anyway.
    """
    # Held as casting does, so that no ballot arrives in between.
    held = Round.objects.select_for_update().get(pk=round_.pk)
    if not open_rounds(now=now).filter(pk=held.pk).exists():
        raise RoundIsOver
    known_as = pseudonym_of(held.case_id, respondent)
    if known_as is None:
        raise NoWayBack
    framing, side = draw_arm(lot_of(held, held.case), respondent)
    participation, _is_new = Participation.objects.get_or_create(
        round=held,
        pseudonym=known_as,
        defaults={
            "tier": respondent.tier,
            "channel": respondent.channel,
            "framing": framing,
            "side": side,
        },
    )
    if participation.ballots.filter(question=Question.JUDGEMENT).exists():
        raise RefusedError(_("You have voted already, so you can see the results."))
    participation.has_given_up = participation.has_seen_results = True
    participation.save(update_fields=["has_given_up", "has_seen_results"])
    return participation


def record_seen(*, round_: Round, respondents: Collection[Respondent]) -> None:
    """Note that respondents were shown results: ballots from then on are marked as such."""
    found = find_participations(round_, respondents).values()
    if unseen := [each.pk for each in found if not each.has_seen_results]:
        Participation.objects.filter(pk__in=unseen).update(has_seen_results=True)
