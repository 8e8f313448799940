import base64
import hashlib
import re

from django.utils import translation

from spreekruimte.look.page import render_page


def test_a_page_allows_its_own_style_and_nothing_else() -> None:
    page = render_page("look/page.html", {})
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(style) == 1
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]


def test_a_page_says_its_language_and_lets_readers_skip_to_the_content() -> None:
    with translation.override("nl"):
        page = render_page("look/page.html", {})
    assert '<html lang="nl">' in page
    assert '<a class="skip" href="#main">Naar de inhoud</a>' in page
    assert '<main id="main"' in page


def test_what_a_page_shows_is_escaped() -> None:
    page = render_page("look/page.html", {"style": "stolen"})
    assert "stolen" not in page
