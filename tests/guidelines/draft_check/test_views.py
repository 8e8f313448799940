from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.guidelines.draft_check.ended import make_judged
from tests.guidelines.written import holds_where, make_line, make_version
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in
from tests.studies.studied import VALUES, make_published

from spreekruimte.guidelines.draft_check import views
from spreekruimte.organisations.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]

UNSAID = "zonnebloemkwekerij"
ANSWERS = {"employer_type": "ministry", "topic_distance": "own_file", "tone": "sharp"}
PATH = "/draft/en/"


def ask(path: str = PATH, act: str = "check", **sent: str) -> HttpResponseBase:
    return Client(enforce_csrf_checks=True).post(path, {"act": act, **sent})


def read(response: HttpResponseBase) -> str:
    return bytes(response).decode()


def test_the_form_asks_what_the_newest_study_compares() -> None:
    make_published()
    page = read(Client().get(PATH))
    assert "How close to your own work is the topic?" in page
    assert page.count("I do not know") == len(VALUES) + 1
    assert "no study" not in page.lower()


def test_the_language_follows_the_address_and_else_the_browser() -> None:
    english, dutch = Client().get("/draft/en/"), Client().get("/draft/nl/")
    assert (english["Content-Language"], dutch["Content-Language"]) == ("en", "nl")
    asked = Client(headers={"accept-language": "en"}).get("/draft/")
    assert asked["Content-Language"] == "en"
    assert '<html lang="en">' in read(asked)
    assert '<html lang="nl">' in read(dutch)
    assert Client().get("/draft/de/").status_code == 404


def test_answers_give_expectation_changes_cases_and_tips() -> None:
    make_published()
    case = make_judged(tone="sharp")
    response = ask(**ANSWERS, text="Bel Jan Jansen op 06-12345678.")
    page = read(response)
    assert response.status_code == 200
    assert "most people do not find this admissible" in page
    assert 'class="bars"' in page
    assert "Tone: neutral" in page
    assert f"/cases/{case.pk}/result/" in page
    assert "“Jan Jansen” looks like the name of a person." in page
    assert "never a verdict on a person" in page
    assert "Nobody has to ask permission before speaking" in page
    assert "You chose no guideline" in page
    assert '<option value="sharp" selected>' in page


def test_rules_of_the_own_guideline_are_told_and_asked_after() -> None:
    study = make_published()
    make_version(
        make_line("R1", predicate=holds_where(tone="sharp")),
        make_line("R2", predicate=holds_where(act_type="like")),
        organisation=study.organisation,
    )
    whose = f"own:{study.organisation.slug}"
    assert "What exactly are you going to do?" in read(ask(act="fill", whose=whose))
    assert "What exactly are you going to do?" not in read(ask(act="fill"))
    page = read(ask(whose=whose, **ANSWERS))
    assert "Be kind." in page
    assert "1 published study asked about it. This counts until" in page
    assert "1 rule may apply" in page


def test_an_answer_of_another_guideline_stays_in_the_form() -> None:
    page = read(ask(act="fill", duty_status="off_duty"))
    assert '<option value="off_duty" selected>' in page


def test_without_a_study_that_is_said_and_the_rest_is_shown() -> None:
    assert "No study has been published yet" in read(Client().get(PATH))
    case = make_judged(tone="sharp")
    page = read(ask(whose="pack:nl-rijk-2010", tone="sharp"))
    assert "No study has been published yet" in page
    assert f"/cases/{case.pk}/result/" in page
    assert "No permission in advance is needed" in page
    organisation = make_organisation("aasdorp")
    assert "has no guideline here" in read(ask(whose=f"own:{organisation.slug}"))


def test_too_small_a_study_is_told_apart_from_none() -> None:
    make_published(people=10)
    assert "Too few people answered" in read(ask(**ANSWERS))


def test_what_cannot_go_together_is_told() -> None:
    make_published()
    page = read(ask(employer_type="police", topic_distance="not_government"))
    assert "cannot go together" in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({UNSAID: "x"}, "You answered a question that is not asked here."),
        ({"tone": UNSAID}, "“Which tone does it have?” we do not know that answer."),
        ({"whose": f"own:{UNSAID}"}, "There is no such guideline."),
        ({"whose": f"pack:{UNSAID}"}, "There is no such guideline."),
        ({"text": f"{UNSAID} " * 300}, "Your text is too long: at most 3000 characters."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(sent: dict[str, str], told: str) -> None:
    response = ask(**sent)
    assert response.status_code == 400
    assert told in read(response)
    assert UNSAID not in read(response)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_else_is_answered(method: str) -> None:
    assert getattr(Client(), method)(PATH).status_code == 405


# Nothing is kept of who asks.


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Everything that is logged, by whatever logger, as it would be written."""
    lines: list[str] = []
    handler = logging.Handler(logging.NOTSET)
    handler.emit = lambda record: lines.append(  # type: ignore[method-assign]
        logging.Formatter("%(levelname)s %(name)s %(message)s").format(record)
    )
    root = logging.getLogger()
    loggers = [root, *map(logging.getLogger, list(root.manager.loggerDict))]
    before = [(each, each.level, each.disabled) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
        each.disabled = False
        each.addHandler(handler)
    yield lines
    for each, level, is_disabled in before:
        each.removeHandler(handler)
        each.setLevel(level)
        each.disabled = is_disabled


def everything() -> str:
    """All rows of all tables, as text."""
    return "".join(
        serialize("json", model._default_manager.order_by("pk"))
        for model in apps.get_models()
        if model._meta.managed
    )


@pytest.mark.parametrize("tone", ["sharp", "unheard-of"])
def test_asking_leaves_no_trace(tone: str, said: list[str]) -> None:
    study = make_published()
    make_judged(tone="sharp")
    make_version(make_line(predicate=holds_where(tone="sharp")), organisation=study.organisation)
    client = sign_in(Client(), make_member(study.organisation, Role.EDITOR))
    client.cookies["respondent"] = client.cookies["django_language"] = "nl"
    cookies = client.cookies.output()
    sent = {**ANSWERS, "tone": tone, "text": f"Dit gaat over de {UNSAID}.", "act": "check"}
    sent["whose"] = f"own:{study.organisation.slug}"
    before = everything()
    said.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        form, response = client.get(PATH), client.post(PATH, sent)
    statements = [each["sql"] for each in queries.captured_queries]
    assert statements
    assert all(each.lstrip("( ").upper().startswith("SELECT") for each in statements)
    assert not any("django_session" in each or UNSAID in each for each in statements)
    assert everything() == before
    for answer in (form, response):
        assert answer["Cache-Control"] == "no-store"
        assert not answer.cookies
        assert 'name="csrfmiddlewaretoken"' not in read(answer)
        # Who is signed in is not known here.
        assert 'href="/desk/">Desk<' not in read(answer)
    assert client.cookies.output() == cookies
    logged = "\n".join(line for line in said if " django.db" not in line)
    for told in (UNSAID, "own_file", "unheard-of", *([] if tone == "sharp" else [tone])):
        assert told not in logged
    assert UNSAID not in read(response)


def test_a_text_is_in_no_address() -> None:
    page = read(Client().get(PATH))
    assert '<form id="draft" method="post"' in page
    assert "hx-" not in page.split("<main")[1]
    asked = Client().get(f"{PATH}?{urlencode({'tone': 'sharp', 'text': UNSAID})}")
    assert UNSAID not in read(asked)
    assert '"sharp" selected' not in read(asked)


def test_where_the_site_fails_the_text_is_in_no_log_and_on_no_page(
    monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(views, "check", fail)
    client = Client(raise_request_exception=False)
    response = client.post(PATH, {**ANSWERS, "text": UNSAID, "act": "check"})
    assert response.status_code == 500
    logged = "\n".join(said)
    assert "Internal Server Error: /draft/en/" in logged
    assert UNSAID not in logged + read(response)
    assert "own_file" not in logged
    assert not response.cookies
