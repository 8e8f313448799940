"""What a writer may vote on instead: shown, of this round, alike and not equal."""

from __future__ import annotations

import pytest
from tests.ballots.asking import ask, give, judge

from spreekruimte.ballots.actions.rounds import Seed
from spreekruimte.ballots.models import Reason
from spreekruimte.ballots.queries.reasons import MOST_ALIKE, reasons_like

pytestmark = pytest.mark.django_db

SEED = Seed("Kritiek houdt de overheid scherp.", "nl")


def test_the_most_alike_come_first_and_equal_ones_not_at_all() -> None:
    round_ = ask(seeds=[SEED, Seed("Loyaliteit gaat voor.", "nl")])
    near = give(round_, "Kritiek houdt de overheid heel scherp.")
    found = reasons_like(round_, "Kritiek houdt de overheid heel erg scherp.")
    assert found == [near, Reason.objects.get(content=SEED.content)]
    assert reasons_like(round_, "kritiek houdt de OVERHEID heel scherp!") == [
        Reason.objects.get(content=SEED.content)
    ]
    assert reasons_like(round_, "Kritiek houdt de overheid niet scherp.") == []


def test_no_more_than_a_few_are_proposed() -> None:
    round_ = ask(seeds=[])
    for word in ("altijd", "vaak", "zeer", "erg", "best"):
        give(round_, f"Kritiek van burgers houdt de overheid {word} scherp.", judge(round_))
    assert len(reasons_like(round_, "Kritiek van burgers houdt de overheid scherp.")) == MOST_ALIKE
