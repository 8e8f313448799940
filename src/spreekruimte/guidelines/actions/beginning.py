"""Begin a guideline: with nothing, with the lines of a pack, or with those of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.sentences import Bilingual, Sentence
from spreekruimte.cases.writing import tidy_text
from spreekruimte.guidelines.actions.changing import check_floor, record, store_lines
from spreekruimte.guidelines.documents import read_guideline
from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.models import EVIDENCE_DAYS, LONGEST_TITLE, Guideline
from spreekruimte.guidelines.packs import Pack
from spreekruimte.organisations.models import Actor, Organisation

MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of a pack that was not copied, with the grounds of the rights floor."""

    name: str
    grounds: tuple[Sentence, ...]


@transaction.atomic
def make_guideline(
    *, organisation: Organisation, title: Bilingual, actor: Actor, now: datetime
) -> Guideline:
    """Begin a guideline without lines.

    Raises
    ------
    ValidationError
        If a title is empty, too long or no plain text.
    """
    guideline = _make(organisation, title, now)
    record(guideline, "make_guideline", actor=actor, now=now)
    return guideline


@transaction.atomic
def copy_pack(
    *, organisation: Organisation, pack: Pack, actor: Actor, now: datetime
) -> tuple[Guideline, tuple[LeftOut, ...]]:
    """Begin a guideline with the lines of a pack; what goes below the rights floor is left out."""
    grounds = {line.name: find_grounds(line) for line in pack.lines}
    guideline = _make(organisation, pack.title, now, pack=pack.id)
    store_lines(guideline, (line for line in pack.lines if not grounds[line.name]))
    left_out = tuple(LeftOut(name, found) for name, found in grounds.items() if found)
    record(
        guideline,
        "copy_pack",
        actor=actor,
        now=now,
        pack=pack.id,
        left_out=[each.name for each in left_out],
    )
    return guideline, left_out


@transaction.atomic
def import_guideline(
    *, organisation: Organisation, document: object, actor: Actor, now: datetime
) -> Guideline:
    """Begin a guideline with what an exported file holds.

    Parameters
    ----------
    document
        What a JSON parser gives.

    Raises
    ------
    ValidationError
        With everything that is wrong, and the line it is in; nothing is stored then.
    """
    title, lines = read_guideline(document)
    problems = []
    for line in lines:
        try:
            check_floor(line)
        except ValidationError as error:
            problems += [f"{line.name}: {message}" for message in error.messages]
    if problems:
        raise ValidationError(problems)
    guideline = _make(organisation, title, now)
    store_lines(guideline, lines)
    record(guideline, "import_guideline", actor=actor, now=now)
    return guideline


@transaction.atomic
def describe_guideline(
    *, guideline: Guideline, title: Bilingual, evidence_days: int, actor: Actor, now: datetime
) -> Guideline:
    """Change the title of a guideline, and for how many days the evidence of a line holds.

    A version that was published keeps the title that it had.

    Raises
    ------
    ValidationError
        If a title is empty or too long, or the term is not 1 to 3,650 days.
    """
    held = Guideline.objects.select_for_update().select_related("organisation").get(pk=guideline.pk)
    if not 1 <= evidence_days <= MOST_DAYS:
        raise ValidationError({"evidence_days": _("Choose 1 to 3,650 days.")})
    held.title_nl, held.title_en = _tidy(title.nl), _tidy(title.en)
    held.evidence_days = evidence_days
    held.save(update_fields=["title_nl", "title_en", "evidence_days"])
    record(held, "describe_guideline", actor=actor, now=now)
    return held


def _make(
    organisation: Organisation, title: Bilingual, now: datetime, *, pack: str = ""
) -> Guideline:
    return Guideline.objects.create(
        organisation=organisation,
        title_nl=_tidy(title.nl),
        title_en=_tidy(title.en),
        pack=pack,
        evidence_days=EVIDENCE_DAYS,
        created_at=now,
    )


def _tidy(title: str) -> str:
    tidied = tidy_text(title)
    if len(tidied) > LONGEST_TITLE:
        raise ValidationError(_("This text is too long."))
    return tidied
