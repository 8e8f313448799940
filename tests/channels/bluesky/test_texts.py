from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.channels.bluesky.texts import (
    MOST_BYTES,
    MOST_GRAPHEMES,
    Text,
    compose,
    count_graphemes,
    find_problems,
    shorten,
)

FAMILY = "👨‍👩‍👧‍👦"


def parts(text: Text) -> list[tuple[str, str]]:
    content = text.content.encode()
    return [(content[each.start : each.end].decode(), each.value) for each in text.facets]


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), (FAMILY, 1), ("🇳🇱🇧🇪", 2)]
)
def test_what_people_see_as_one_symbol_counts_as_one(text: str, count: int) -> None:
    assert count_graphemes(text) == count


def test_a_text_that_fits_has_no_problem_and_one_symbol_more_has() -> None:
    assert find_problems("é" * MOST_GRAPHEMES) == ()
    [problem] = find_problems("é" * (MOST_GRAPHEMES + 1))
    assert str(MOST_GRAPHEMES + 1) in problem


def test_a_text_of_few_symbols_can_have_too_many_bytes() -> None:
    [problem] = find_problems(FAMILY * 200)
    assert str(len((FAMILY * 200).encode())) in problem
    assert str(MOST_BYTES) in problem


def test_a_text_of_nothing_is_a_problem() -> None:
    assert len(find_problems(" \n")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zie https://a.example/x?y=1.", [("https://a.example/x?y=1", "https://a.example/x?y=1")]),
        (f"{FAMILY} #één #2026 x#y", [("#één", "één")]),
        ("(https://a.example)", [("https://a.example", "https://a.example")]),
        (f"#{'x' * 65}", []),
        ("niets", []),
    ],
)
def test_links_and_tags_lead_on_from_where_they_stand(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert parts(compose(text, "")) == expected


def test_our_address_stands_short_at_the_end_and_leads_on_whole() -> None:
    address = "https://ruimte.example/cases/12/"
    text = compose(f"Mag dit? {FAMILY}", address)
    assert text.content == f"Mag dit? {FAMILY}\n\nruimte.example/cases/12"
    assert parts(text) == [("ruimte.example/cases/12", address)]


def test_a_long_address_is_cut_off_where_it_is_shown() -> None:
    assert shorten(f"https://ruimte.example/{'x' * 40}") == "ruimte.example/xxxxxxxxxxxxxx…"


@given(st.text(), st.sampled_from(["", "https://ruimte.example/cases/12/"]))
def test_each_part_that_leads_on_is_a_whole_part_of_the_text(text: str, address: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    for shown, _value in parts(compose(text, address)):
        assert shown in compose(text, address).content
