"""Everything that the draft check says of one set of answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Sentence
from spreekruimte.guidelines.draft_check.advice import Tip, choose_tips
from spreekruimte.guidelines.draft_check.basis import Basis
from spreekruimte.guidelines.draft_check.expecting import Expectation, expect
from spreekruimte.guidelines.draft_check.judged import read_ended
from spreekruimte.guidelines.draft_check.nearest import NearCase, find_near_cases
from spreekruimte.guidelines.draft_check.rules import AppliedGuide, apply_guides
from spreekruimte.guidelines.draft_check.text import TextFindings, look_through
from spreekruimte.guidelines.floor import find_protections


@dataclass(frozen=True, slots=True)
class Check:
    """What the draft check says; never of a person, and never more than advice.

    Attributes
    ----------
    expectation
        None where no study is published, or its answers do not suffice.
    protections
        What the rights floor says.
    text
        None where no text was given.
    """

    context: Context
    expectation: Expectation | None
    guides: tuple[AppliedGuide, ...]
    protections: tuple[Sentence, ...]
    near: tuple[NearCase, ...]
    tips: tuple[Tip, ...]
    text: TextFindings | None


def check(basis: Basis, context: Context, text: str, *, today: date) -> Check:
    """Say what is expected, which rules apply, what is nearest and what would help."""
    ended = read_ended()
    return Check(
        context=context,
        expectation=expect(basis.study, context) if basis.study else None,
        guides=apply_guides(basis, context, ended, today=today),
        protections=find_protections(context),
        near=find_near_cases(context, ended),
        tips=choose_tips(context),
        text=look_through(text),
    )
