"""What the pictures of a result hold."""

from __future__ import annotations

import pytest
from tests.verdicts.results import judge
from tests.verdicts.rounds import citizen, erase, fill, start_round

from spreekruimte.ballots.models import Channel, Reason
from spreekruimte.verdicts.queries.results import result_of
from spreekruimte.verdicts.showing import PAINTERS, find_picture, make_pictures
from spreekruimte.verdicts.showing.people import read_population
from spreekruimte.verdicts.showing.reasons import DRAWN

pytestmark = pytest.mark.django_db


def test_of_many_reasons_the_first_are_drawn_and_all_stand_in_the_table() -> None:
    round_ = start_round()
    template = Reason.objects.filter(round=round_).first()
    assert template is not None
    for number in range(DRAWN):
        Reason.objects.create(
            round=round_,
            content=f"Reden {number}",
            language="nl",
            state="shown",
            given_at=template.given_at,
        )
    fill(round_, 8)
    judge(round_)
    result = result_of(round_, Channel.OPEN)
    assert result is not None
    picture = find_picture(result, "reasons")
    assert picture is not None
    assert len(picture.parts) == DRAWN
    assert len(picture.table.rows) == len(picture.rows) - 1 == DRAWN + 4


def test_a_round_of_which_all_was_erased_has_nothing_to_draw_but_its_reasons() -> None:
    round_ = start_round()
    fill(round_, 1)
    judge(round_)
    erase(round_, citizen(0))
    judge(round_)
    result = result_of(round_, Channel.OPEN)
    assert result is not None
    assert [each.name for each in make_pictures(result)] == ["reasons"]


def test_every_picture_has_its_own_name() -> None:
    names = "judgement framings effects mirror measures reasons opinions changes reply people"
    assert list(PAINTERS) == names.split()


def test_the_population_adds_up_to_the_totals_of_its_source() -> None:
    totals = {name: sum(known["counts"].values()) for name, known in read_population().items()}
    assert totals == {"gender": 17_811_291, "region": 17_815_508}
