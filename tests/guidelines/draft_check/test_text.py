from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.guidelines.draft_check.text import look_through


def test_without_a_text_nothing_is_said() -> None:
    assert look_through("") is None
    assert look_through(" \n") is None


def test_what_can_lead_to_a_person_is_named_once() -> None:
    found = look_through("Mail jan@waterdam.example, of jan@waterdam.example.")
    assert found is not None
    assert [(each.found, str(each.kind)) for each in found.named] == [
        ("jan@waterdam.example", "an e-mail address")
    ]


@pytest.mark.parametrize(
    ("text", "asks", "shouts"),
    [
        ("Wat vindt u?", True, False),
        ("Dit is niet goed.", False, False),
        ("DEZE MENSEN LIEGEN", False, True),
        ("De AIVD en het CBS", False, False),
    ],
)
def test_how_it_is_said(text: str, *, asks: bool, shouts: bool) -> None:
    found = look_through(text)
    assert found is not None
    assert (found.asks, found.shouts, found.named) == (asks, shouts, ())


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    found = look_through(text)
    assert (found is None) == (not text.strip())
