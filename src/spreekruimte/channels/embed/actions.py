"""Take a ballot from inside another page, once for each time that it was shown there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.actions.casting import Answer, Cast, cast_ballot
from spreekruimte.ballots.actions.recording import hold_round_of
from spreekruimte.ballots.models import Question, Round
from spreekruimte.ballots.queries.standing import standing_of
from spreekruimte.ballots.refusals import BallotRefusedError
from spreekruimte.channels.embed.tokens import Token


class UsedUp(BallotRefusedError):  # noqa: N818 - named after what is the case
    """A question that was answered otherwise with the same token."""

    sentence = _("This ballot was cast already. To vote on another one, load the page again.")


class OfAnotherRound(BallotRefusedError):  # noqa: N818 - named after what is the case
    """A token of a round that is over, while another one is asked."""

    sentence = _("This page is too old to vote on. Load it again.")


@transaction.atomic
def cast_embedded(*, case_id: int, token: Token, answer: Answer, now: datetime) -> Cast:
    """Take one ballot, and note thereby that its token was used. When this returns, it is durable.

    The log of the round is what notes it: nobody else adds to that before this is over. The same
    answer again, as after an answer of ours that got lost, gives the same receipt.

    Raises
    ------
    BallotRefusedError
        If the question was answered otherwise with this token, if the token is of another round, or
        as `cast_ballot` does; nothing was stored.
    Round.DoesNotExist
        If the case is not asked.
    """
    held = hold_round_of(case_id)
    if token.round_id != held.id:
        raise OfAnotherRound
    standing = standing_of(Round.objects.get(pk=held.id), token.respondent)
    given = standing.judgement if answer.question == Question.JUDGEMENT else standing.measure
    if given not in (None, answer.value):
        raise UsedUp
    return cast_ballot(round_id=held.id, respondent=token.respondent, answer=answer, now=now)
