"""The pages that explain: there, in both languages, and easy to read."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import Settings
from tests.readability import read_ease, split_sentences

from spreekruimte.config.operator import Operator

PAGES = {
    "/how-it-works/": ("Hoe het werkt", "How it works"),
    "/method/": ("Hoe wij rekenen", "How we count"),
    "/privacy/": ("Privacy", "Privacy"),
    "/accessibility/": ("Toegankelijkheid", "Accessibility"),
    "/rules/": ("Huisregels", "House rules"),
    "/open-data/": ("Open data", "Open data"),
}


def read_page(path: str, language: str = "nl") -> str:
    response = Client(headers={"Accept-Language": language}).get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def main_of(page: str) -> list[str]:
    """The paragraphs and items of a page, without marks."""
    main = page[page.index("<main") : page.index("</main>")]
    parts = re.split(r"</?(?:p|li|dd|dt|h\d|td|th|caption|pre)\b[^>]*>", main)
    texts = (unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in parts)
    return [text for text in texts if text]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_the_language_of_its_reader(path: str) -> None:
    for language, title in zip(("nl", "en"), PAGES[path], strict=True):
        page = read_page(path, language)
        assert f'<html lang="{language}">' in page
        assert f"<title>{title} – Spreekruimte</title>" in page
        assert page.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_dutch_pages_read_easily(path: str) -> None:
    sentences = [text for text in main_of(read_page(path)) if re.search(r"[.?!]$", text)]
    text = " ".join(sentences)
    assert len(sentences) >= 5
    assert read_ease(text) >= 60
    lengths = [len(words) for words in split_sentences(text)]
    assert sum(lengths) / len(lengths) <= 14
    assert max(lengths) <= 30


@pytest.mark.parametrize("path", PAGES)
def test_pages_lead_only_to_what_is_there(path: str) -> None:
    links = set(re.findall(r'href="(/[^"#?]*)"', read_page(path)))
    own = {link for link in links if link in PAGES}
    assert len(own) >= 5
    for link in own:
        assert Client().get(link).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_pages_that_explain_ask_the_database_nothing(path: str) -> None:
    # A query would fail, since this test may not make one.
    assert read_page(path)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_only_read(path: str) -> None:
    assert Client().post(path).status_code == 405


def test_who_answers_for_the_site_is_named(settings: Settings) -> None:
    settings.OPERATOR = Operator("Gemeente <Waterdam>", "mailto:ask@waterdam.example")
    for path in ("/privacy/", "/accessibility/"):
        page = read_page(path)
        assert "Gemeente &lt;Waterdam&gt; beheert deze site" in page
        assert '<a href="mailto:ask@waterdam.example">ask@waterdam.example</a>' in page


def test_where_nobody_is_named_the_page_still_tells_whom_to_ask(settings: Settings) -> None:
    settings.OPERATOR = Operator("", "")
    page = read_page("/privacy/")
    assert "De organisatie die u vroeg om mee te doen" in page
    assert "mailto:" not in page


def test_the_cookies_that_are_set_are_told(settings: Settings) -> None:
    page = read_page("/privacy/")
    for name in (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        "respondent",
        "survey-…",
    ):
        assert f">{name}</th>" in page


def test_the_method_tells_the_numbers_of_its_rules() -> None:
    page = read_page("/method/")
    assert "verdeeld" in page
    assert page.count("<li") > 12


def test_how_long_answers_are_kept_is_told_as_it_is_set(settings: Settings) -> None:
    settings.RETENTION_MONTHS = 1
    assert "Eén maand nadat een casus" in read_page("/privacy/")
    settings.RETENTION_MONTHS = 6
    assert "6 maanden nadat een casus" in read_page("/privacy/")
