"""What is read of pages that others wrote, some of them to do harm."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.channels.webmention.reading import MOST_TAGS, Mentioned, read_mention
from spreekruimte.dialogue.models import LONGEST_MESSAGE

TARGET = "https://spreekruimte.example/cases/7/"
LINK = f'<a href="{TARGET}">deze casus</a>'
ENTRY = """<article class="h-entry"><p class="p-author h-card">Jan Jansen</p>
<time class="dt-published" datetime="{day}">gisteren</time><p class="p-summary">Kort gezegd.</p>
<div class="e-content" lang="en">{content}</div></article>"""


def read(page: str) -> Mentioned | None:
    return read_mention(page, lambda address: address == TARGET)


def test_without_a_link_there_is_no_mention() -> None:
    assert read(f"<p>Over {TARGET} wordt gestemd.</p>") is None


@pytest.mark.parametrize(
    "page",
    [
        f"<!-- {LINK} -->",
        f"<script>{LINK}</script>",
        f"<style>{LINK}</style>",
        f"<template>{LINK}</template>",
        f"<textarea>{LINK}</textarea>",
        f'<a href="{TARGET}x">casus</a>',
        f'<a title="{TARGET}">casus</a>',
        f'<img src="{TARGET}">',
        f'<a href="javascript:{TARGET}">casus</a>',
        "<a>casus</a>",
        "",
    ],
)
def test_what_no_reader_could_follow_is_no_link(page: str) -> None:
    assert read(page) is None


def test_of_a_page_without_microformats_the_paragraph_with_the_link_is_taken() -> None:
    page = (
        f"<h1>Blog</h1><p>Eerst iets anders.</p><p>Ik vind <b>dit</b> goed: {LINK}.</p><p>En.</p>"
    )
    assert read(page) == Mentioned("Ik vind dit goed: deze casus.")


def test_of_an_entry_its_text_language_and_day_are_taken_and_not_its_author() -> None:
    page = ENTRY.format(day="2026-11-20T10:00:00+01:00", content=f"<p>Good &amp; fair: {LINK}</p>")
    assert read(page) == Mentioned(
        "Good & fair: deze casus", "en", datetime(2026, 11, 20, 9, tzinfo=UTC)
    )


@pytest.mark.parametrize("day", ["", "gisteren", "0001-01-01T00:00:00+14:00"])
def test_a_day_that_is_none_is_not_known(day: str) -> None:
    found = read(ENTRY.format(day=day, content=LINK))
    assert found is not None
    assert found.written_at is None


def test_a_day_without_a_zone_is_taken_for_utc() -> None:
    found = read(ENTRY.format(day="2026-11-20T10:00", content=LINK))
    assert found is not None
    assert found.written_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_of_a_long_entry_what_its_author_made_shorter_is_taken() -> None:
    found = read(ENTRY.format(day="", content=f"<p>{'lang ' * 400}</p><p>{LINK}</p>"))
    assert found is not None
    assert found.text == "Kort gezegd."


def test_an_entry_that_does_not_hold_the_link_is_not_taken() -> None:
    page = ENTRY.format(day="", content="Iets anders.") + f"<p>Zie {LINK}.</p>"
    assert read(page) == Mentioned("Zie deze casus.")


def test_an_answer_is_found_by_what_it_answers() -> None:
    content = "Mee eens."
    page = (
        f'<div class="h-entry"><a class="u-in-reply-to" href="{TARGET}">casus</a>'
        f'<div class="e-content">{content}</div></div>'
    )
    assert read(page) == Mentioned(content)


def test_a_text_that_is_too_long_ends_on_an_ellipsis() -> None:
    found = read(f"<p>{LINK} {'woord ' * 1000}</p>")
    assert found is not None
    assert len(found.text) <= LONGEST_MESSAGE
    assert found.text.endswith("woord…")


def test_code_is_left_out() -> None:
    page = (
        f"<p onclick=alert(1)>Zie <script>alert(1)</script>{LINK}<img src=x onerror=alert(1)></p>"
    )
    assert read(page) == Mentioned("Zie deze casus")


def test_a_page_of_too_many_elements_is_not_read() -> None:
    assert read(LINK + "<b>" * (MOST_TAGS + 1)) is None


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * (MOST_TAGS - 10) + LINK,
        f'<div class="h-entry"><div class="e-content">{"<div>" * 900}{LINK}</div></div>',
        "<table>" * 5000 + LINK,
        "<!" * 400_000 + LINK,
        "&" * 200_000 + LINK,
        f"<p {'a=b ' * 200_000}>{LINK}",
    ],
    ids=["deep", "deep entry", "tables", "declarations", "ampersands", "attributes"],
)
def test_a_page_that_was_made_to_take_long_does_not(page: str) -> None:
    begun = time.process_time()
    read(page)
    # A machine that does nothing else takes a tenth of it.
    assert time.process_time() - begun < 20


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_page_is_too_strange_to_read(before: str, after: str) -> None:
    read(before + LINK + after)


@given(st.lists(st.sampled_from(["<", "<a", "<p>", "</p>", LINK, "<!--", "-->", "&", "'", '"'])))
def test_no_order_of_signs_is_too_strange_to_read(signs: list[str]) -> None:
    found = read("".join(signs))
    assert found is None or "<a" not in found.text
