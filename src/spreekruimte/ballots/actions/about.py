"""Keep what respondents tell about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.rounds import open_rounds
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.refusals import OutOfOrder, RoundIsOver
from spreekruimte.ballots.respondents import Respondent


@transaction.atomic
def tell_about(
    *, round_: Round, respondent: Respondent, answers: Mapping[str, str], now: datetime
) -> None:
    """Keep the answers of a respondent in place of earlier ones; an empty answer is none.

    Raises
    ------
    ValueError
        If a question or answer does not exist.
    RefusedError
        If the round is over, or the respondent has not judged yet.
    """
    given = {question: answer for question, answer in answers.items() if answer}
    for question, answer in given.items():
        if question not in ABOUT or answer not in ABOUT[question].options:
            raise ValueError(f"{answer!r} is no answer to {question!r}")
    if not open_rounds(now=now).filter(pk=round_.pk).exists():
        raise RoundIsOver
    participation = find_participation(round_, respondent)
    if participation is None or participation.has_given_up:
        raise OutOfOrder
    participation.about = given
    participation.save(update_fields=["about"])
