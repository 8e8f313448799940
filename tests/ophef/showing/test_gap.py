"""Pictures of where fuss and public part."""

from tests.ophef.test_comparing import compare_drawn

from spreekruimte.ophef.showing.gap import (
    MOST_SHOWN,
    draw_all,
    find_picture,
    list_refusals,
    say_tau,
)

TITLES = {number: f"incident {number}" for number in range(1, 13)}


def test_incidents_that_part_are_drawn_in_order_and_all_are_in_the_table() -> None:
    picture = find_picture(compare_drawn(12), TITLES, "apart")
    assert picture is not None
    assert (len(picture.parts), len(picture.table.rows)) == (MOST_SHOWN, 12)
    gaps = [abs(float(str(row[5]))) for row in picture.rows[1:]]
    assert gaps == sorted(gaps, reverse=True)
    assert picture.sentence.endswith(picture.parts[0].text)


def test_what_may_not_be_shown_is_in_no_row() -> None:
    picture = find_picture(compare_drawn(12), {3: "three", 5: "five"}, "apart")
    assert picture is not None
    assert {row[0] for row in picture.table.rows} == {"three", "five"}
    assert find_picture(compare_drawn(12), {3: "three"}, "apart") is None


def test_there_is_no_picture_of_another_name_or_of_what_is_refused() -> None:
    figures = compare_drawn(12)
    assert find_picture(figures, TITLES, "other") is None
    assert [each.name for each in draw_all(figures, TITLES)] == ["apart"]
    assert len(list_refusals(figures)) == 3
    assert say_tau(figures).startswith("Rank correlation")


def test_with_few_incidents_no_rank_correlation_is_said() -> None:
    assert say_tau(compare_drawn(3)) == ""
    assert len(list_refusals(compare_drawn(3))) == 4
