import pytest
from django.test import Client
from pytest_django import Settings


def test_an_answer_says_what_a_browser_may_do() -> None:
    headers = Client().get("/how-it-works/").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_refusal_says_so_too() -> None:
    response = Client().get("/how-it-works/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "Permissions-Policy" in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/cases/7/", "/cases/7/result/", "/desk/", "/receipt/"])
def test_what_tells_of_cases_is_not_for_search_engines(path: str) -> None:
    assert "noindex" in Client().get(path).headers["X-Robots-Tag"]


@pytest.mark.parametrize("path", ["/how-it-works/", "/privacy/", "/robots.txt"])
def test_what_explains_may_be_found(path: str) -> None:
    assert "X-Robots-Tag" not in Client().get(path).headers


def test_cookies_are_closed_to_scripts_and_other_sites(settings: Settings) -> None:
    client = Client()
    client.get("/how-it-works/")
    client.post("/language/setlang/", {"language": "en", "next": "/how-it-works/"})
    assert set(client.cookies) == {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_a_choice_of_language_leads_to_no_other_site() -> None:
    response = Client().post(
        "/language/setlang/", {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert response.headers["Location"] == "/"
