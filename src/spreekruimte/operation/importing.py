"""Take ballots from a table that was filled elsewhere: on paper, or by another system.

The table is CSV with the columns ``respondent``, ``question``, ``answer`` and ``reason``. The same
respondent, question and answer again adds nothing, so that an import can be done twice.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import TextIO

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.analysis.errors import InputError
from spreekruimte.ballots.actions.casting import Answer, Cast, GivenBallot, append_ballots
from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.ballots.models import Question, Reason, Round, Tier
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.wording import compare_form
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

COLUMNS = ("respondent", "question", "answer", "reason")
# So many lines are taken in one transaction.
CHUNK = 2_000
LONGEST_FIELD = 1_000
ANSWERS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        Question.JUDGEMENT: {"admissible": 1, "inadmissible": -1, "unknown": 0},
        Question.MEASURE: {**{str(step): step for step in range(9)}, "unknown": -1},
        Question.REASON: {"agree": 1, "disagree": -1, "pass": 0},
    }
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken, counted from 1 with the header, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Attributes
    ----------
    added
        How many ballots are new in the log.
    known
        How many counted already.
    """

    added: int
    known: int
    refused: tuple[Refused, ...]


def import_ballots(
    file: TextIO,
    *,
    round: Round,  # noqa: A002 - the word of the field
    tier: Tier,
    actor: Actor,
    now: datetime,
    progress: Callable[[int], None] = lambda _lines: None,
) -> Imported:
    """Take the ballots of a table into the log of a round that is open.

    Parameters
    ----------
    tier
        How surely two respondents of the table are two people. Who was invited votes with a code.
    progress
        Is told how many lines were read.

    Raises
    ------
    InputError
        If it is no such table; nothing was taken.
    RefusedError
        If the tier is that of invitations.
    """
    if tier == Tier.INVITATION:
        raise RefusedError(_("Whoever was invited votes with a code, not through a table."))
    lines = _read(file)
    reasons = _Reasons(round)
    added = known = read = 0
    refused: list[Refused] = []
    while chunk := list(islice(lines, CHUNK)):
        outcome = _take(chunk, round, tier, reasons, now)
        added += outcome.added
        known += outcome.known
        refused += outcome.refused
        read += len(chunk)
        progress(read)
    _record(round, tier, Imported(added, known, tuple(refused)), actor, now)
    return Imported(added, known, tuple(refused))


def _read(file: TextIO) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        reader = csv.DictReader(file, strict=True, restkey="more", restval="")
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            raise InputError("The table needs the columns {columns}.", columns=", ".join(COLUMNS))
        for row in reader:
            yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise InputError("The table is not in UTF-8.") from error
    except csv.Error as error:
        raise InputError("The table is not CSV: {reason}.", reason=error) from error


class _Reasons:
    """The reasons of a round, by number and by text."""

    def __init__(self, round_: Round) -> None:
        self._numbers: dict[str, int] = {}
        for pk, content in (
            Reason.objects.filter(round=round_).order_by("-pk").values_list("pk", "content")
        ):
            self._numbers |= {str(pk): pk, f"reason-{pk}": pk}
            if content:
                self._numbers[compare_form(content)] = pk

    def find(self, text: str) -> int | None:
        """Give the reason that a text names, by its number or by what it says."""
        return self._numbers.get(text.strip()) or self._numbers.get(compare_form(text))


@transaction.atomic
def _take(
    chunk: Iterable[tuple[int, Mapping[str, str]]],
    round_: Round,
    tier: Tier,
    reasons: _Reasons,
    now: datetime,
) -> Imported:
    given: list[tuple[int, GivenBallot]] = []
    refused: list[Refused] = []
    for line, row in chunk:
        try:
            given.append((line, _understand(row, round_, tier, reasons)))
        except RefusedError as error:
            refused.append(Refused(line, str(error)))
    outcomes = append_ballots(
        round_id=round_.pk, ballots=[ballot for _line, ballot in given], now=now
    )
    added = known = 0
    for (line, _ballot), outcome in zip(given, outcomes, strict=True):
        if not isinstance(outcome, Cast):
            refused.append(Refused(line, str(outcome)))
        elif outcome.is_new:
            added += 1
        else:
            known += 1
    return Imported(added, known, tuple(sorted(refused, key=lambda each: each.line)))


def _understand(
    row: Mapping[str, str], round_: Round, tier: Tier, reasons: _Reasons
) -> GivenBallot:
    """Read one line; refuse, in a sentence, what it cannot mean."""
    if "more" in row or any(len(row[column]) > LONGEST_FIELD for column in COLUMNS):
        raise RefusedError(_("This line has too many fields, or one that is too long."))
    name = row["respondent"].strip()
    if not name:
        raise RefusedError(_("Say who answers, with a number or word of your own."))
    question, answer = row["question"].strip(), row["answer"].strip()
    if question not in ANSWERS:
        raise RefusedError(
            _("There is no question “%(given)s”; choose from: %(choices)s.")
            % {"given": question, "choices": ", ".join(ANSWERS)}
        )
    if answer not in ANSWERS[question]:
        raise RefusedError(
            _("“%(given)s” is no answer to this question; choose from: %(choices)s.")
            % {"given": answer, "choices": ", ".join(ANSWERS[question])}
        )
    # What the table calls a respondent stays out of the database.
    respondent = Respondent(tier, keyed_digest(f"import {round_.case_id}", name))
    reason = _find_reason(row["reason"], Question(question), reasons)
    return GivenBallot(respondent, Answer(Question(question), ANSWERS[question][answer], reason))


def _find_reason(text: str, question: Question, reasons: _Reasons) -> int | None:
    if question != Question.REASON:
        if text.strip():
            raise RefusedError(_("Only a vote on a reason has a reason."))
        return None
    found = reasons.find(text)
    if found is None:
        raise RefusedError(_("There is no such reason in this round."))
    return found


def _record(round_: Round, tier: Tier, imported: Imported, actor: Actor, now: datetime) -> None:
    with transaction.atomic():
        audit.record(
            actor=actor,
            action="import_ballots",
            kind="round",
            identifier=round_.log_name,
            organisation=round_.case.organisation,
            now=now,
            details={
                "tier": tier.value,
                "added": imported.added,
                "known": imported.known,
                "refused": len(imported.refused),
            },
        )
