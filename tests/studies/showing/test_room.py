import numpy as np
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from spreekruimte.analysis.vignettes import Shares
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.room import MapChoice
from spreekruimte.studies.showing.room import draw_map, say_rest

VALUES = {
    "tone": ("neutral", "sharp"),
    "capacity": ("expert", "private_person", "official_statement"),
    "harm_gravity": ("0", "1"),
    "rank_level": ("support", "team_lead"),
}
PLAN = Plan(VALUES, (), ())
CHOICE = MapChoice("capacity", "tone", {}, "bank")


@given(arrays(np.float64, (3, 2, 3), elements=st.floats(0.001, 0.999)))
def test_sentence_table_and_picture_say_the_same(numbers: np.ndarray) -> None:
    low, value, high = np.sort(numbers, axis=0)
    with override("en"):
        picture = draw_map(PLAN, CHOICE, Shares(value, low, high))
    is_open = (low <= 0.5) & (high >= 0.5)
    assert picture.drawing is not None
    assert picture.drawing.count('class="hatched"') == is_open.sum()
    assert sum("not certain" in cell for row in picture.table.rows for cell in row) == is_open.sum()
    assert f"In {(low > 0.5).sum()} of 6 contexts" in picture.sentence
    assert len(picture.rows) == 7


def test_a_context_that_cannot_be_is_told_as_such() -> None:
    value = np.array([[np.nan, 0.4, 0.6], [0.2, 0.3, 0.9]])
    with override("en"):
        picture = draw_map(PLAN, CHOICE, Shares(value, value - 0.01, value + 0.01))
    assert picture.table.rows[0][1] == "does not occur"
    assert picture.rows[1] == ("neutral", "expert", None, None, None)
    assert "In 2 of 5 contexts" in picture.sentence


def test_what_is_fixed_and_how_the_rest_is_averaged_is_told() -> None:
    with override("en"):
        (bank,) = say_rest(PLAN, MapChoice("capacity", "tone", {"harm_gravity": "0"}, "bank"))[1:]
        told = say_rest(PLAN, MapChoice("capacity", "tone", {}, "equal", "alike"))
        nothing = say_rest(Plan({"tone": (), "capacity": ()}, (), ()), CHOICE)
    assert "in the case bank: Level of the post" in bank
    assert told[0].startswith("The average of all studies")
    assert told[1].startswith("Averaged with every value as often")
    assert nothing == []
