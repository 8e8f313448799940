"""Take what respondents find of vignettes, and tell about themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.changing import hold
from spreekruimte.studies.models import Study, StudyAnswer, StudyRespondent, Vignette
from spreekruimte.studies.queries.respondents import Lot, draw_lot, key_of


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a respondent found of one of their vignettes.

    Attributes
    ----------
    number
        Of the vignette among those of the respondent, from 1. Which one it is follows from the
        lot, and from nothing that was sent.
    """

    respondent: Respondent
    number: int
    answer: StudyAnswer.Answer


@transaction.atomic
def answer_vignettes(*, study: Study, given: Sequence[GivenAnswer]) -> None:
    """Keep what respondents find of the vignettes that come now; stored once this returns.

    An answer to another vignette than the one that comes now, sent twice or after going back,
    changes nothing: the first one stands.

    Parameters
    ----------
    given
        Of each respondent in the order in which they were given.

    Raises
    ------
    RefusedError
        If the study is not open, or one of them erased their answers.
    """
    study = hold(study, "answer")
    key = key_of(study)
    lots = {respondent: draw_lot(study, key, respondent) for respondent in _people(given)}
    people = _hold_people(study, lots)
    vignettes = Vignette.objects.filter(study=study, block__in={lot.block for lot in lots.values()})
    places = {(block, place): pk for block, place, pk in vignettes.values_list(*_PLACE)}
    answers = []
    for each in given:
        lot = lots[each.respondent]
        somebody = people[lot.pseudonym]
        if each.number == somebody.answered + 1 <= study.per_respondent:
            somebody.answered += 1
            place = lot.order[each.number - 1]
            answers.append(
                StudyAnswer(
                    respondent_id=somebody.pk,
                    vignette_id=places[lot.block, place],
                    number=each.number,
                    answer=each.answer,
                )
            )
    StudyAnswer.objects.bulk_create(answers)


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
        study=study,
        pseudonym=draw_lot(study, key_of(study), respondent).pseudonym,
        has_erased=False,
    )
    if not found.update(about=told):
        raise RefusedError(_("First answer a vignette."))


@dataclass(slots=True)
class _Somebody:
    """A stored respondent, and how many vignettes they answered."""

    pk: int
    answered: int


_PLACE = ("block", "place", "pk")


def _people(given: Sequence[GivenAnswer]) -> list[Respondent]:
    return list(dict.fromkeys(each.respondent for each in given))


def _hold_people(study: Study, lots: Mapping[Respondent, Lot]) -> dict[str, _Somebody]:
    """Give the stored respondents by pseudonym; who answers for the first time is stored now."""
    names = [lot.pseudonym for lot in lots.values()]
    found = StudyRespondent.objects.filter(study=study, pseudonym__in=names)
    if found.filter(has_erased=True).exists():
        raise RefusedError(_("You erased your answers to this study. You cannot answer again."))
    known = {
        name: _Somebody(pk, count)
        for name, pk, count in found.annotate(count=Count("answers")).values_list(
            "pseudonym", "pk", "count"
        )
    }
    created = StudyRespondent.objects.bulk_create(
        StudyRespondent(
            study=study,
            pseudonym=lot.pseudonym,
            tier=respondent.tier,
            channel=respondent.channel,
            block=lot.block,
        )
        for respondent, lot in lots.items()
        if lot.pseudonym not in known
    )
    return known | {each.pseudonym: _Somebody(each.pk, 0) for each in created}
