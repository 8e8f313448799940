"""A citizen with a browser, as the pages meet one; and all that is stored, to compare."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from spreekruimte.ballots.models import (
    Ballot,
    LogEntry,
    ModerationEntry,
    Participation,
    Reason,
    Round,
)

Response = Any
"""What the test client gives: it has more than the class of a response says."""

STORED = (Ballot, LogEntry, ModerationEntry, Participation, Reason, Round)


class Citizen:
    """Someone who visits a case, with the cookies that the pages gave."""

    def __init__(self, case_id: int, language: str = "nl") -> None:
        self.case_id = case_id
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})

    def go(
        self, name: str = "case", query: dict[str, str] | None = None, **given: object
    ) -> Response:
        """Open a page of the case."""
        return self.client.get(self.address(name, **given), query)

    def send(self, name: str, data: dict[str, Any] | None = None, **given: object) -> Response:
        """Send a form as a browser does: with the token of the page."""
        self.client.get(self.address("case"))
        token = self.client.cookies["csrftoken"].value
        return self.client.post(
            self.address(name, **given), {**(data or {}), "csrfmiddlewaretoken": token}
        )

    def address(self, name: str, **given: object) -> str:
        if name != "receipt":
            given["case_id"] = self.case_id
        return reverse(name if ":" in name else f"ballots:{name}", kwargs=given)

    def judge(self, answer: int = 1, measure: int = 0) -> Citizen:
        """Come as far as the reasons."""
        assert self.send("judgement", {"answer": answer}).status_code == 302
        assert self.send("measure", {"answer": measure}).status_code == 302
        return self


def read(response: Response) -> str:
    """The words of a page, as somebody reads them."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main[0])).split())


def in_dutch(sentence: str, **values: object) -> str:
    """A sentence of the source, as a Dutch reader reads it."""
    with override("nl"):
        said = gettext(sentence)
    return said % values if values else said


def stored() -> str:
    """Everything that citizens have stored, as text."""
    return "".join(serialize("json", model.objects.order_by("pk")) for model in STORED)
