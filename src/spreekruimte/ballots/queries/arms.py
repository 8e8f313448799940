"""On which text of a case a respondent is asked."""

from __future__ import annotations

from spreekruimte.ballots.assignment import Lot
from spreekruimte.ballots.models import CaseKey, Round
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.cases.shares import FULL_CONTEXT, Arm
from spreekruimte.cases.stored import weights_of


def lot_of(round_: Round, case: Case) -> Lot | None:
    """Return how arms are drawn in a round of a case; None if the key of the case was deleted."""
    key = CaseKey.objects.filter(pk=case.pk).values_list("key", flat=True).first()
    return None if key is None else Lot(bytes(key), round_.log_name, weights_of(case))


def draw_arm(lot: Lot | None, respondent: Respondent) -> Arm:
    """Give the arm that a respondent is to be asked in.

    Without a key no ballot is taken any more, and the case is told in full.
    """
    if lot is None:
        return FULL_CONTEXT
    return lot.draw(respondent.known_under(lot.case_key))
