from typing import Any

from django.utils.translation import override

from spreekruimte.studies.plans import Plan
from spreekruimte.studies.showing.effects import (
    draw_all,
    list_refusals,
    list_rows,
    say_largest,
    tabulate_groups,
    tabulate_interactions,
)

PLAN = Plan({"tone": ("neutral", "sharp")}, (), ())
REFUSAL = {"refusal": {"template": "Nothing can be said.", "values": {}}}


def row(value: str, estimate: float, width: float = 0.1, attribute: str = "tone") -> dict[str, Any]:
    return {
        "values": {attribute: value},
        "estimate": estimate,
        "error": width / 2.0,
        "low": estimate - width,
        "high": estimate + width,
    }


def figures(change: float, **parts: object) -> dict[str, Any]:
    return {
        "means": [row("neutral", 0.6), row("sharp", 0.6 + change)],
        "effects": [row("sharp", change)],
        "interactions": [],
        "groups": {},
        "model": REFUSAL,
        **parts,
    }


def test_the_largest_change_that_is_certain_is_told_with_its_direction() -> None:
    with override("en"):
        assert "30 fewer in a hundred" in say_largest(figures(-0.3))
        assert "30 more in a hundred" in say_largest(figures(0.3))
        assert say_largest(figures(0.05)).startswith("Of no value it is certain")
        assert say_largest(figures(0.3, effects=REFUSAL)) == ""


def test_there_is_a_picture_for_each_attribute_and_none_without_support() -> None:
    (picture,) = draw_all(PLAN, figures(-0.3))
    assert len(picture.parts) == 2
    assert picture.rows[1][0] == "neutral"
    assert picture.rows[1][5:] == (None,) * 4
    assert draw_all(PLAN, REFUSAL) == []
    assert draw_all(PLAN, figures(0.3, means=REFUSAL)) == []
    assert draw_all(PLAN, figures(0.3, effects=REFUSAL))[0].table.rows[1][2] == "—"


def test_a_picture_says_where_values_were_never_shown_together() -> None:
    tied = Plan(
        {"tone": ("neutral", "sharp"), "capacity": ("expert", "private_person")},
        ({"tone": "sharp", "capacity": "expert"},),
        (),
    )
    (free,) = draw_all(PLAN, figures(-0.3))
    rows = [row(value, 0.5, attribute="capacity") for value in ("expert", "private_person")]
    both = figures(-0.3)
    both["means"] += rows
    assert len(draw_all(tied, both)[0].explanation) > len(free.explanation)


def test_each_reason_why_there_are_no_figures_is_told_once() -> None:
    assert list_refusals(REFUSAL) == ["Nothing can be said."]
    told = list_refusals(figures(0.3, effects=REFUSAL, groups={"gender": REFUSAL}))
    assert told == ["Nothing can be said."]


def test_interactions_and_groups_have_tables_where_there_are_figures() -> None:
    assert tabulate_interactions(figures(0.3)) is None
    assert tabulate_interactions(figures(0.3, interactions=REFUSAL)) is None
    table = tabulate_interactions(figures(0.3, interactions=[row("sharp", 0.1)]))
    assert table is not None
    assert len(table.rows) == 1
    group = {"group": "man", "against": "woman", "respondents": 60}
    compared = [{**group, "differences": [row("sharp", 0.1)]}]
    (told,) = tabulate_groups(figures(0.3, groups={"gender": compared, "age": REFUSAL}))
    assert "60" in told.caption


def test_every_estimate_is_a_row_of_the_file() -> None:
    compared = [{"group": "man", "against": "woman", "differences": [row("sharp", 0.1)]}]
    rows = list_rows(figures(0.3, groups={"gender": compared, "age": REFUSAL}))
    assert [each[0] for each in rows] == ["means", "means", "effects", "difference of means"]
    assert rows[-1][1] == "gender: man against woman"
    assert list_rows(REFUSAL) == []
