"""What a respondent reads about the reasons of others."""

from __future__ import annotations

from spreekruimte.analysis.duplicates import find_alike
from spreekruimte.ballots.models import Reason, Round
from spreekruimte.ballots.wording import compare_form

MOST_ALIKE = 3


def reasons_like(round_: Round, content: str) -> list[Reason]:
    """Return reasons that nearly say what a text says and can be voted on, the most alike first.

    Those that are equal but for capitals, accents and signs are left out: such a text cannot be
    given at all.
    """
    form = compare_form(content)
    shown = Reason.objects.filter(round=round_, state=Reason.State.SHOWN).order_by("pk")
    others = [reason for reason in shown if compare_form(reason.content) != form]
    alike = find_alike(content, [reason.content for reason in others])
    return [others[place] for place, _likeness in alike[:MOST_ALIKE]]
