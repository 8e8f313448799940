"""Erase what a respondent answered, as long as it can be told which answers are theirs."""

from __future__ import annotations

from django.db import transaction

from spreekruimte.ballots.respondents import Respondent
from spreekruimte.studies.actions.changing import hold
from spreekruimte.studies.models import Study, StudyRespondent
from spreekruimte.studies.queries.respondents import draw_lot, key_of


@transaction.atomic
def erase_answers(*, study: Study, respondent: Respondent) -> int:
    """Delete what a respondent answered and told about themselves.

    That they took part is kept until the study closes, so that nobody can try answers out. Doing
    it again changes nothing.

    Returns
    -------
    int
        How many answers were erased.

    Raises
    ------
    RefusedError
        If the study is not open: without its key no answer leads to anybody.
    """
    study = hold(study, "erase")
    name = draw_lot(study, key_of(study), respondent).pseudonym
    somebody = StudyRespondent.objects.filter(study=study, pseudonym=name).first()
    if somebody is None:
        return 0
    count, _ = somebody.answers.all().delete()
    somebody.about, somebody.has_erased = {}, True
    somebody.save(update_fields=["about", "has_erased"])
    return count
