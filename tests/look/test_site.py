"""What every page has."""

import json
import re
from html import unescape

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from spreekruimte.look.tables import Table
from spreekruimte.organisations.models import User


def draw(template: str, **context: object) -> str:
    with translation.override("nl"):
        return render_to_string(template, context)


def test_htmx_may_run_no_code_and_add_no_style() -> None:
    page = draw("look/site.html")
    found = re.search(r'name="htmx-config" content="([^"]+)"', page)
    assert found
    chosen = json.loads(unescape(found[1]))
    assert chosen["allowEval"] is False
    assert chosen["includeIndicatorStyles"] is False
    rules = {rule["code"]: rule["swap"] for rule in chosen["responseHandling"]}
    answer = {
        status: next(swap for code, swap in rules.items() if re.search(code, str(status)))
        for status in (200, 204, 400, 409, 500, 502)
    }
    assert answer == {200: True, 204: False, 400: True, 409: True, 500: True, 502: False}


def test_a_page_has_no_script_and_no_style_of_its_own() -> None:
    page = draw("look/site.html")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_a_page_without_a_request_asks_nothing_of_it() -> None:
    page = draw("look/site.html")
    assert "<form" not in page
    assert 'href="/desk/"' in page


def test_who_has_signed_in_finds_the_desk_above() -> None:
    header = draw("look/site.html", user=User()).split("</header>")[0]
    assert 'href="/desk/">Bureau' in header
    assert 'href="/desk/"' not in draw("look/site.html").split("</header>")[0]


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        (messages.SUCCESS, "ok"),
        (messages.ERROR, "error"),
        (messages.WARNING, "warning"),
        (messages.INFO, "info"),
    ],
)
def test_a_message_is_an_alert_where_readers_are_told_of_it(level: int, kind: str) -> None:
    storage = CookieStorage(RequestFactory().get("/"))
    storage.add(level, "Uw stem is <b>bewaard</b>.")
    page = draw("look/site.html", messages=storage)
    told = page[page.index('<div id="messages" role="status">') :]
    assert f"utrecht-alert--{kind}" in told
    assert "Uw stem is &lt;b&gt;bewaard&lt;/b&gt;." in told


def test_a_table_has_its_title_and_headings() -> None:
    page = draw("look/fold.html", table=Table("Wie", ["Leeftijd", "Aantal"], [["18+", "1.204"]]))
    assert "<summary>Wie</summary>" in page
    assert '<caption class="utrecht-table__caption">Wie</caption>' in page
    assert page.count('scope="col"') == 2
    assert page.count('scope="row"') == 1
    assert "download" not in page
    assert 'href="/wie.csv" download' in draw(
        "look/fold.html", table=Table("Wie", [], []), download="/wie.csv"
    )


def test_a_page_of_many_leads_to_its_neighbours() -> None:
    assert draw("look/pagination.html").strip() == ""
    page = draw("look/pagination.html", next="?before=3")
    assert 'href="?before=3" rel="next"' in page
    assert 'rel="prev"' not in page


def test_progress_is_told_in_words() -> None:
    page = draw("look/progress.html", step=2, steps=5, label="De maatregel")
    assert "Stap 2 van 5: De maatregel" in page
    assert '<progress max="5" value="2"' in page
