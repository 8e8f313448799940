"""Every answer that says no is a page that says what to do, in the language of who asked."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.pages import refusing

# The addresses of this module, for tests.
handler400 = "spreekruimte.pages.refusing.answer_bad_request"
handler403 = "spreekruimte.pages.refusing.answer_forbidden"
handler404 = "spreekruimte.pages.refusing.answer_not_found"
handler500 = "spreekruimte.pages.refusing.answer_error"

FAULTS = {
    "refused": RefusedError("De ronde is al gesloten."),
    "invalid": ValidationError(["Kies een dag.", "Schrijf minder."]),
    "forbidden": PermissionDenied("Dit is alleen voor redacteuren."),
    "absent": Http404("No Case matches the given query."),
    "broken": ZeroDivisionError("secret"),
}


def fail(_request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]


def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(request.POST))


def try_often(request: HttpRequest) -> HttpResponse:
    return refusing.answer_too_often(request)


urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    path("fail/<fault>/", fail),
    path("read/", read),
    path("often/", try_often),
]


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, headers={"Accept-Language": "nl"})


def heading(page: bytes) -> str:
    found = re.findall(r"<h1[^>]*>(.+?)</h1>", page.decode())
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize(
    ("fault", "status", "title", "told"),
    [
        ("refused", 409, "Dit kan nu niet", "De ronde is al gesloten."),
        ("invalid", 400, "Wij kunnen niet lezen wat u stuurde", "Kies een dag. Schrijf minder."),
        ("forbidden", 403, "U kunt deze pagina niet zien", "Dit is alleen voor redacteuren."),
        ("absent", 404, "Deze pagina is er niet", "Kijk of het adres klopt."),
        ("broken", 500, "Er gaat hier iets mis", "Dat ligt aan ons."),
    ],
)
def test_a_fault_of_a_view_becomes_a_page(
    client: Client, fault: str, status: int, title: str, told: str
) -> None:
    response = client.get(f"/fail/{fault}/")
    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("text/html")
    assert heading(response.content) == title
    assert told in response.content.decode()
    assert "noindex" in response.content.decode()


def test_what_is_technical_is_not_told(client: Client) -> None:
    assert b"matches the given query" not in client.get("/fail/absent/").content
    assert b"secret" not in client.get("/fail/broken/").content


def test_an_address_that_leads_nowhere(client: Client) -> None:
    response = client.get("/nowhere/", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert heading(response.content) == "This page is not here"
    assert '<html lang="en">' in response.content.decode()


def test_the_page_about_a_fault_needs_no_database(client: Client) -> None:
    # A test without a database fails at the first query; somebody with a session would need one.
    client.cookies["sessionid"] = "somebody"
    response = client.get("/fail/broken/")
    assert response.status_code == 500
    assert "/language/setlang/" not in response.content.decode()


def test_a_sentence_is_escaped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FAULTS, "refused", RefusedError("<script>alert(1)</script>"))
    assert b"<script>alert" not in client.get("/fail/refused/").content


def test_a_form_without_its_token_is_told_to_be_old(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "nl"})
    response = client.post("/read/", {"name": "x"})
    assert response.status_code == 403
    assert heading(response.content) == "Dit formulier is te oud"


def test_a_host_that_is_not_ours(client: Client) -> None:
    response = client.get("/often/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert heading(response.content) == "Wij kunnen niet lezen wat u stuurde"
    assert "elsewhere.example" not in response.content.decode()


def test_what_is_too_large(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/read/", {"name": "x" * 200})
    assert response.status_code == 413
    assert heading(response.content) == "Dit is te groot"


def test_too_many_fields(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = client.post("/read/", {"a": 1, "b": 2, "c": 3})
    assert response.status_code == 400


def test_too_many_attempts(client: Client) -> None:
    response = client.get("/often/")
    assert response.status_code == 429
    assert heading(response.content) == "U probeerde het te vaak"


@pytest.mark.parametrize(
    "headers", [{"Accept": "application/json"}, {"Accept": "application/problem+json, */*;q=0.1"}]
)
@pytest.mark.parametrize(("fault", "status"), [("refused", 409), ("absent", 404), ("broken", 500)])
def test_a_program_gets_a_problem(
    client: Client, fault: str, status: int, headers: dict[str, str]
) -> None:
    response = client.get(f"/fail/{fault}/", headers=headers)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert (problem["detail"] == "De ronde is al gesloten.") is (fault == "refused")


def test_who_sends_json_gets_json(client: Client) -> None:
    response = client.post("/fail/refused/", {"a": 1}, content_type="application/json")
    assert response.status_code == 409
    assert json.loads(response.content)["detail"] == "De ronde is al gesloten."


def test_a_part_of_a_page_goes_to_the_messages(client: Client) -> None:
    response = client.post("/fail/refused/", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#messages"
    assert response.headers["HX-Reselect"] == "unset"
    assert "De ronde is al gesloten." in response.content.decode()
    assert "<html" not in response.content.decode()
