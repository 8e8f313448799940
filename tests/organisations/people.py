"""An organisation and its people, for tests."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from spreekruimte.organisations.actions import add_member, create_organisation
from spreekruimte.organisations.models import OPERATOR, Organisation, Role, User

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def make_organisation(slug: str = "waterdam") -> Organisation:
    return create_organisation(
        name=f"Municipality of {slug.title()}", slug=slug, actor=OPERATOR, now=NOW
    )


def make_member(
    organisation: Organisation,
    *roles: Role,
    email: str = "first@waterdam.example",
) -> User:
    chosen: Collection[Role] = roles or [Role.ADMINISTRATOR]
    return add_member(organisation=organisation, email=email, roles=chosen, actor=OPERATOR, now=NOW)
