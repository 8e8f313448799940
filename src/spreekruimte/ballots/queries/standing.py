"""How far a respondent is in a round, and whether results may be shown already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from spreekruimte.ballots.models import CaseKey, Participation, Question, Round
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.cases.shares import Arm

Step = Literal["judgement", "measure", "reasons"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a respondent has done in a round so far.

    Attributes
    ----------
    pseudonym
        Whose it is, in this case; empty for who takes no part yet.
    arm
        The text that the respondent was asked on; None for who takes no part yet.
    judgement, measure
        The answers that count now; None where there is none.
    reasons
        The votes that count now, by the id of the reason.
    has_given_up
        Whether the ballot of the round was given up to look.
    about
        Optional answers about the respondent, by question.
    """

    pseudonym: str = ""
    arm: Arm | None = None
    judgement: int | None = None
    measure: int | None = None
    reasons: Mapping[int, int] = field(default_factory=dict)
    has_given_up: bool = False
    has_seen_results: bool = False
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def step(self) -> Step:
        """The question that comes next."""
        if self.judgement is None:
            return "judgement"
        return "measure" if self.measure is None else "reasons"


def pseudonym_of(case_id: int, respondent: Respondent) -> str | None:
    """Give the pseudonym of a respondent in a case; None if its key was deleted."""
    key = CaseKey.objects.filter(pk=case_id).values_list("key", flat=True).first()
    if key is None:
        return None
    return respondent.known_under(bytes(key))


def find_participation(round_: Round, respondent: Respondent | None) -> Participation | None:
    """Return the part that a respondent takes in a round; None for who takes none yet."""
    return find_participations(round_, [respondent]).get(respondent) if respondent else None


def find_participations(
    round_: Round, respondents: Collection[Respondent]
) -> dict[Respondent, Participation]:
    """Return the part that each respondent takes in a round; who takes none yet is left out."""
    key = CaseKey.objects.filter(pk=round_.case_id).values_list("key", flat=True).first()
    if key is None:
        return {}
    known = {each.known_under(bytes(key)): each for each in respondents}
    found = Participation.objects.filter(round=round_, pseudonym__in=list(known))
    return {known[each.pseudonym]: each for each in found}


def standing_of(round_: Round, respondent: Respondent | None) -> Standing:
    """Return how far a respondent is in a round."""
    participation = find_participation(round_, respondent)
    if participation is None:
        return Standing()
    counted = list(participation.ballots.filter(is_latest=True))
    alone = {ballot.question: ballot.answer for ballot in counted if ballot.reason_id is None}
    return Standing(
        pseudonym=participation.pseudonym,
        arm=participation.arm,
        judgement=alone.get(Question.JUDGEMENT.value),
        measure=alone.get(Question.MEASURE.value),
        reasons={ballot.reason_id: ballot.answer for ballot in counted if ballot.reason_id},
        has_given_up=participation.has_given_up,
        has_seen_results=participation.has_seen_results,
        about=participation.about,
    )


def is_asking(round_: Round, now: datetime) -> bool:
    """Tell whether a round takes ballots."""
    return round_.ended_at is None and round_.opened_at <= now < round_.closes_at


def may_see_results(case: Case, respondent: Respondent | None, now: datetime) -> bool:
    """Tell whether a respondent may see any result, count or figure about a case.

    While a round is asked: once a judgement in that round is stored, or the ballot of it was given
    up; what an earlier round gave is no exception. When asking is over: everybody.
    """
    if case.state == "closed":
        return True
    if case.state != "open":
        return False
    round_ = Round.objects.filter(case=case).order_by("-number").first()
    if round_ is None:
        return False
    if not is_asking(round_, now):
        return True
    participation = find_participation(round_, respondent)
    if participation is None:
        return False
    given = participation.ballots.filter(question=Question.JUDGEMENT)
    return participation.has_given_up or given.exists()
