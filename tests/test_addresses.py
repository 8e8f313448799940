"""Every address answers in words, whatever stands in the places of its numbers and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import confirm_who_it_is, sign_in

from spreekruimte.organisations.models import Role

PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# Beyond what a database holds, and beyond what Python reads as a number at once.
NUMBERS = ("0", "9223372036854775808", "9" * 40, "9" * 5000)
WORDS = ("x", "..", "%00", "é", "%F0%9F%98%80", "x" * 3000, "<script>")


def routes(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Go through the addresses as they are written, those with expressions left out."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        elif isinstance(each, URLPattern) and "(?P" not in route:
            yield route


def addresses(route: str, slug: str) -> Iterator[str]:
    """Fill in a route with every number and every word."""
    for number, word in zip(cycle(NUMBERS), WORDS, strict=False):
        yield fill_in(route, {"int": number, "slug": slug}, word)


def fill_in(route: str, values: dict[str, str], word: str) -> str:
    """Put a value in each part by its kind, and the word where there is none for it."""
    return PART.sub(lambda part: values.get(part["kind"] or "", word), route)


@pytest.mark.django_db
def test_no_number_or_word_in_an_address_is_too_much() -> None:
    organisation = make_organisation()
    member = make_member(organisation, *Role)
    client = sign_in(Client(raise_request_exception=False), member)
    confirm_who_it_is(client, member)
    with_parts = [route for route in routes(get_resolver()) if PART.search(route)]
    assert len(with_parts) > 20
    failed = {
        (method, route, answer.status_code)
        for route in with_parts
        for address in dict.fromkeys(addresses(route, organisation.slug))
        for method in ("get", "post")
        if (answer := getattr(client, method)(address)).status_code >= 500
    }
    assert failed == set()
