"""Rounds and respondents for tests of what citizens see."""

from __future__ import annotations

from hashlib import sha256

from django.utils.crypto import get_random_string
from tests.cases.stored import LATER, in_state
from tests.organisations.people import NOW

from spreekruimte.ballots.chain import Head, add_ballot
from spreekruimte.ballots.encoding import canonical
from spreekruimte.ballots.models import (
    Ballot,
    CaseKey,
    LogEntry,
    Participation,
    Question,
    Reason,
    Round,
    Tier,
)
from spreekruimte.ballots.queries.standing import pseudonym_of
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case


def make_round(case: Case | None = None, number: int = 1) -> Round:
    """A round that is asked now, of a case that is open."""
    case = case or in_state("open")
    CaseKey.objects.get_or_create(case=case, defaults={"key": b"k" * 32})
    name = f"case-{case.pk}-round-{number}"
    return Round.objects.create(
        case=case,
        number=number,
        opened_at=NOW,
        closes_at=LATER,
        head_digest=Head.of_round(name).digest,
    )


def someone(tier: Tier = Tier.BROWSER) -> Respondent:
    return Respondent(tier, get_random_string(32))


def take_part(round_: Round, respondent: Respondent, **changes: object) -> Participation:
    return Participation.objects.create(
        round=round_,
        pseudonym=pseudonym_of(round_.case_id, respondent) or "",
        tier=respondent.tier,
        channel=respondent.channel,
        **changes,
    )


def vote(
    participation: Participation, question: Question, answer: int, reason: Reason | None = None
) -> Ballot:
    """Store a ballot as the log would have it."""
    round_ = Round.objects.get(pk=participation.round_id)
    salt = sha256(f"{round_.log_name} {round_.head_length}".encode()).digest()
    head = Head(round_.head_length, round_.head_digest)
    entry = add_ballot(head, salt=salt, content=canonical({"answer": answer}))
    after = Head.after(entry)
    round_.head_length, round_.head_digest = after.length, after.digest
    round_.save()
    earlier = participation.ballots.filter(question=question, reason=reason)
    earlier.update(is_latest=False)
    return Ballot.objects.create(
        entry=LogEntry.objects.create(
            round=round_,
            position=entry.position,
            previous=entry.previous,
            commitment=entry.commitment,
            receipt=entry.receipt,
        ),
        participation=participation,
        question=question,
        reason=reason,
        answer=answer,
        salt=salt,
    )
