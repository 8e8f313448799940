"""Editors at the desk of guidelines, for tests."""

from __future__ import annotations

from typing import Any

from django.test import Client
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in

from spreekruimte.organisations.models import Organisation, Role

LINE: dict[str, Any] = {
    "predicate": '{"attribute": "tone", "in": ["threatening"]}',
    "seen": "",
    "effect": "forbid",
    "text_nl": "Dreig niet.",
    "text_en": "Do not threaten.",
    "confidence": "own",
    "step": "save",
}


def editor(organisation: Organisation, role: Role = Role.EDITOR, email: str = "") -> Client:
    address = email or f"{role}@{organisation.slug}.example"
    member = make_member(organisation, role, email=address)
    return sign_in(Client(headers={"Accept-Language": "en"}), member)


def at(organisation: Organisation, rest: str = "") -> str:
    return f"/desk/{organisation.slug}/guidelines/{rest}"
