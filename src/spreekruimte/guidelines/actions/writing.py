"""Write the lines of a draft: add one, change one, remove one.

Whoever changes or removes a line gives the digest of what was on the screen. If somebody else
changed it since, nothing is done, and who comes second sees what the line says now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.writing import tidy_source, tidy_text
from spreekruimte.guidelines.actions.changing import check_floor, hold, record
from spreekruimte.guidelines.documents import MOST_LINES, check_line
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import DraftLine, Guideline
from spreekruimte.guidelines.stored import digest_lines, fields_of, read_draft_line
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def add_line(*, guideline: Guideline, line: Line, actor: Actor, now: datetime) -> DraftLine:
    """Add a line at the end of the draft, under a name that the guideline gives.

    Parameters
    ----------
    line
        Its name is not looked at.

    Raises
    ------
    ValidationError
        If a text is empty or too long, its parts do not fit together, or it goes below the rights
        floor.
    RefusedError
        If there is no draft, or it has as many lines as it can hold.
    """
    held = hold(guideline, "edit")
    checked = _check(line)
    if held.draft_lines.count() >= MOST_LINES:
        raise RefusedError(_("This guideline has as many lines as it can hold."))
    last = held.draft_lines.aggregate(last=Max("position"))["last"] or 0
    name = _name_next(held)
    row = DraftLine.objects.create(
        guideline=held, position=last + 1, **fields_of(replace(checked, name=name))
    )
    held.save(update_fields=["last_number"])
    record(held, "add_line", actor=actor, now=now, line=name)
    return row


@transaction.atomic
def change_line(
    *, guideline: Guideline, line: Line, seen: str, actor: Actor, now: datetime
) -> DraftLine:
    """Say anew what the line of this name says.

    Parameters
    ----------
    seen
        `stored.digest_lines` of the line that was on the screen.

    Raises
    ------
    ValidationError
        As for a new line.
    RefusedError
        If there is no draft, or somebody else changed or removed the line.
    """
    held = hold(guideline, "edit")
    row = _find(held, line.name, seen)
    checked = _check(line)
    for field, value in fields_of(checked).items():
        setattr(row, field, value)
    row.save()
    record(held, "change_line", actor=actor, now=now, line=line.name)
    return row


@transaction.atomic
def remove_line(*, guideline: Guideline, name: str, seen: str, actor: Actor, now: datetime) -> None:
    """Take a line out of the draft. No later line gets its name.

    Raises
    ------
    RefusedError
        If there is no draft, or somebody else changed or removed the line.
    """
    held = hold(guideline, "edit")
    _find(held, name, seen).delete()
    record(held, "remove_line", actor=actor, now=now, line=name)


def _check(line: Line) -> Line:
    tidied = replace(
        line,
        text=Bilingual(nl=tidy_text(line.text.nl), en=tidy_text(line.text.en)),
        source=tidy_source(line.source),
    )
    check_floor(check_line(tidied))
    return tidied


def _find(guideline: Guideline, name: str, seen: str) -> DraftLine:
    row = guideline.draft_lines.filter(name=name).first()
    if row is None:
        raise RefusedError(_("Somebody removed this line. Nothing was changed."))
    if digest_lines([read_draft_line(row)]) != seen:
        raise RefusedError(
            _("Somebody else changed this line after you opened it. Nothing was changed.")
        )
    return row


def _name_next(guideline: Guideline) -> str:
    """Give a name that no line has or had, also none that came along with a pack or a file."""
    taken = set(guideline.draft_lines.values_list("name", flat=True))
    taken |= {
        line["name"]
        for lines in guideline.versions.values_list("lines", flat=True)
        for line in lines
    }
    while True:
        guideline.last_number += 1
        name = f"R{guideline.last_number}"
        if name not in taken:
            return name
