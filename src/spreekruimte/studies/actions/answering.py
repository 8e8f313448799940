"""Take what a respondent finds of a vignette."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.changing import hold
from spreekruimte.studies.models import Study, StudyAnswer, StudyRespondent
from spreekruimte.studies.queries.respondents import Turn, lot_of, turn_of


@transaction.atomic
def answer_vignette(
    *, study: Study, respondent: Respondent, number: int, answer: StudyAnswer.Answer
) -> Turn:
    """Keep what a respondent finds of the vignette that comes now; stored once this returns.

    An answer to a vignette that was answered already, sent twice or after going back, changes
    nothing: the first one stands.

    Parameters
    ----------
    number
        Of the vignette among those of the respondent, from 1. Which one it is follows from the
        lot, and from nothing that was sent.

    Returns
    -------
    Turn
        What comes next.

    Raises
    ------
    RefusedError
        If the study is not open.
    """
    study = hold(study, "answer")
    lot = lot_of(study, respondent)
    turn = turn_of(study, lot)
    if turn.vignette is None or number != turn.number:
        return turn
    somebody, _is_new = StudyRespondent.objects.get_or_create(
        study=study,
        pseudonym=lot.pseudonym,
        defaults={"tier": respondent.tier, "channel": respondent.channel, "block": lot.block},
    )
    StudyAnswer.objects.create(
        respondent=somebody, vignette=turn.vignette, number=number, answer=answer
    )
    return turn_of(study, lot)


@transaction.atomic
def tell_about(*, study: Study, respondent: Respondent, about: Mapping[str, str]) -> None:
    """Keep what a respondent tells about themselves, in place of what they told before.

    Parameters
    ----------
    about
        Answers by question; those that are empty are left out.

    Raises
    ------
    ValidationError
        If a question or an answer does not exist.
    RefusedError
        If the study is not open, or the respondent answered nothing yet.
    """
    told = {question: answer for question, answer in about.items() if answer}
    if any(
        question not in ABOUT or answer not in ABOUT[question].options
        for question, answer in told.items()
    ):
        raise ValidationError(_("That choice does not exist."))
    study = hold(study, "answer")
    found = StudyRespondent.objects.filter(
        study=study, pseudonym=lot_of(study, respondent).pseudonym
    )
    if not found.update(about=told):
        raise RefusedError(_("First answer a vignette."))
