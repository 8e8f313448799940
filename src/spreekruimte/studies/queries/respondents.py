"""What a respondent of a study is asked next."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from spreekruimte.ballots.respondents import Respondent
from spreekruimte.studies.assignment import draw_block, draw_order
from spreekruimte.studies.models import Study, StudyKey, StudyRespondent, Vignette


@dataclass(frozen=True, slots=True)
class Lot:
    """What the lot gave a respondent, whether they answered yet or not.

    Attributes
    ----------
    pseudonym
        Of the respondent in the study.
    block
        Which vignettes they see.
    order
        The places of these in the order in which they see them.
    """

    pseudonym: str
    block: int
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """How far a respondent is.

    Attributes
    ----------
    number
        Of the vignette that comes now, from 1.
    total
        How many there are.
    vignette
        The one that comes now; None for who has seen all, or erased their answers.
    has_erased
        Whether the respondent erased their answers, and so is asked nothing more.
    """

    number: int
    total: int
    vignette: Vignette | None
    has_erased: bool = False


def key_of(study: Study) -> bytes:
    """Give the key of a study that is open.

    Raises
    ------
    StudyKey.DoesNotExist
        If the study is not open.
    """
    return bytes(StudyKey.objects.get(study=study).key)


def draw_lot(study: Study, key: bytes, respondent: Respondent) -> Lot:
    """Give what the lot gives a respondent under the key of the study."""
    name = respondent.known_under(key)
    order = draw_order(key, name, study.per_respondent)
    return Lot(name, draw_block(key, name, study.blocks), tuple(order))


def turn_of(study: Study, lot: Lot) -> Turn:
    """Give which vignette comes now for whoever has a lot."""
    found = StudyRespondent.objects.filter(study=study, pseudonym=lot.pseudonym)
    somebody = found.annotate(count=Count("answers")).values("count", "has_erased").first()
    if somebody and somebody["has_erased"]:
        return Turn(0, study.per_respondent, None, has_erased=True)
    count = somebody["count"] if somebody else 0
    if count == study.per_respondent:
        return Turn(count, study.per_respondent, None)
    vignette = Vignette.objects.get(study=study, block=lot.block, place=lot.order[count])
    return Turn(count + 1, study.per_respondent, vignette)
