"""Keep what respondents tell about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.models import Participation, Round
from spreekruimte.ballots.queries.rounds import open_rounds
from spreekruimte.ballots.queries.standing import find_participations
from spreekruimte.ballots.refusals import OutOfOrder, RoundIsOver
from spreekruimte.ballots.respondents import Respondent


@transaction.atomic
def tell_about(
    *, round_: Round, told: Mapping[Respondent, Mapping[str, str]], now: datetime
) -> None:
    """Keep the answers of respondents in place of earlier ones; an empty answer is none.

    Parameters
    ----------
    told
        Of each respondent the answers by question.

    Raises
    ------
    ValueError
        If a question or answer does not exist.
    RefusedError
        If the round is over, or one of them has not judged yet.
    """
    given = {respondent: _check(answers) for respondent, answers in told.items()}
    if not open_rounds(now=now).filter(pk=round_.pk).exists():
        raise RoundIsOver
    found = find_participations(round_, given)
    for respondent, answers in given.items():
        if respondent not in found or found[respondent].has_given_up:
            raise OutOfOrder
        found[respondent].about = answers
    Participation.objects.bulk_update(found.values(), ["about"])


def _check(answers: Mapping[str, str]) -> dict[str, str]:
    given = {question: answer for question, answer in answers.items() if answer}
    for question, answer in given.items():
        if question not in ABOUT or answer not in ABOUT[question].options:
            raise ValueError(f"{answer!r} is no answer to {question!r}")
    return given
