"""What programs send, and what they are told where it is anything else."""

from __future__ import annotations

import json
from http import HTTPStatus

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from spreekruimte.look.programs import (
    LARGEST_BODY,
    ProblemError,
    Sendable,
    read_bearer,
    read_object,
    tell_problem,
)

SENDABLE = Sendable(
    fields=frozenset({"answer"}),
    as_json=_("As JSON."),
    too_long=_("Too long."),
    as_object=_("An object."),
)
JSON = "application/json"
REQUESTS = RequestFactory()


def test_an_object_of_known_fields_is_read() -> None:
    for sent in ({}, {"answer": 1}):
        assert (
            read_object(REQUESTS.post("/", json.dumps(sent), content_type=JSON), SENDABLE) == sent
        )


@pytest.mark.parametrize(
    ("content", "media_type", "status", "sentence"),
    [
        ("{}", "text/plain", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "As JSON."),
        (" " * (LARGEST_BODY + 1), JSON, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Too long."),
        ("{", JSON, HTTPStatus.BAD_REQUEST, "This is not JSON."),
        ("[" * LARGEST_BODY, JSON, HTTPStatus.BAD_REQUEST, "This is not JSON."),
        ("[]", JSON, HTTPStatus.BAD_REQUEST, "An object."),
        ('{"other": 1}', JSON, HTTPStatus.BAD_REQUEST, "An object."),
    ],
)
def test_anything_else_is_a_problem_with_its_sentence(
    content: str, media_type: str, status: HTTPStatus, sentence: str
) -> None:
    with pytest.raises(ProblemError) as problem:
        read_object(REQUESTS.post("/", content, content_type=media_type), SENDABLE)
    assert problem.value.status == status
    with translation.override("en"):
        response = tell_problem(problem.value)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "title": status.phrase,
        "status": status.value,
        "detail": sentence,
    }


def test_a_problem_brings_the_headers_that_belong_to_it() -> None:
    problem = ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "Later.", Retry_After="1")
    assert tell_problem(problem)["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer " + "a" * 43, "a" * 43),
        ("bearer " + "a" * 43, "a" * 43),
        ("Bearer " + "a" * 42, None),
        ("Basic " + "a" * 43, None),
        ("", None),
    ],
)
def test_a_token_is_read_from_its_header(header: str, token: str | None) -> None:
    assert read_bearer(REQUESTS.post("/", headers={"Authorization": header})) == token
    assert read_bearer(REQUESTS.post("/")) is None
