from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from spreekruimte.guidelines.draft_check.cookies import PATHS, CookielessMiddleware


def answer(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(",".join(sorted(request.COOKIES)))
    response.set_cookie("given", "1")
    return response


@pytest.mark.parametrize("path", sorted(PATHS))
def test_the_draft_check_meets_no_cookie_and_gives_none(path: str) -> None:
    request = RequestFactory().get(path, headers={"cookie": "sessionid=a; django_language=nl"})
    response = CookielessMiddleware(answer)(request)
    assert isinstance(response, HttpResponse)
    assert response.content == b""
    assert not response.cookies


def test_other_pages_keep_theirs() -> None:
    request = RequestFactory().get("/draft/xx/", headers={"cookie": "sessionid=a"})
    response = CookielessMiddleware(answer)(request)
    assert isinstance(response, HttpResponse)
    assert response.content == b"sessionid"
    assert "given" in response.cookies
