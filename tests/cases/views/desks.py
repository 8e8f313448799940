"""The desk of an editor, for tests of its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.test import Client
from tests.cases.stored import stored
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.cases.models import Case
from spreekruimte.cases.queries.editing import latest_of
from spreekruimte.cases.queries.trail import version_of
from spreekruimte.organisations.models import AuditEntry, Organisation, Role, User

# What the test client answers: a response, with the context of its template.
Answer = Any
ENGLISH = {"accept-language": "en"}


@dataclass
class Desk:
    """An editor who is signed in, at the desk of an organisation."""

    organisation: Organisation = field(default_factory=make_organisation)
    roles: tuple[Role, ...] = (Role.EDITOR,)
    email: str = "editor@waterdam.example"
    user: User = field(init=False)
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.user = make_member(self.organisation, *self.roles, email=self.email)
        self.client = sign_in(Client(headers=ENGLISH), self.user)

    def address(self, case: Case | int | None = None, page: str = "") -> str:
        """The address of a page of a case, or of the list."""
        number = "" if case is None else f"{case if isinstance(case, int) else case.pk}/"
        return f"/desk/{self.organisation.slug}/cases/{number}{page}{'/' if page else ''}"

    def get(self, case: Case | int | None = None, page: str = "", **query: str) -> Answer:
        """Open a page."""
        return self.client.get(self.address(case, page), query)

    def send(self, case: Case | None, page: str, **given: object) -> Answer:
        """Send a form as it is when its page was just opened."""
        at = {"version": version_of(case)} if case else {"latest": latest_of(self.organisation)}
        return self.client.post(self.address(case, page), {**at, **given})

    def colleague(self, *roles: Role, email: str) -> Desk:
        """Somebody else of the same organisation."""
        return Desk(self.organisation, roles or (Role.EDITOR,), email)


def read(response: Answer) -> str:
    """What a page says, without its marks."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    text = unescape(re.sub(r"<[^>]+>", " ", main.split(">", 1)[1]))
    return re.sub(r"\s+([.,:)])", r"\1", " ".join(text.split()))


def changed() -> tuple[str, int]:
    """What changes when anything is stored."""
    return stored(), AuditEntry.objects.count()


def read_again(case: Case) -> Case:
    """A case as it is stored now."""
    return Case.objects.get(pk=case.pk)
