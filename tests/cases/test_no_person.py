"""No field of a case can hold a name or an account of a person."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import spreekruimte.cases as package
from spreekruimte.cases.attributes import attributes

FORBIDDEN = {
    "account", "address", "adres", "alias", "author", "avatar", "birth", "email", "handle",
    "initials", "mail", "mastodon", "name", "naam", "nickname", "person", "phone", "profile",
    "surname", "telephone", "uri", "url", "user", "username",
}  # fmt: skip
FILES = sorted((Path(package.__path__[0]) / "facts").glob("*.json"))


def is_forbidden(field: str) -> bool:
    """Say whether a field has a forbidden word; the attributes, a closed list, are let through."""
    return field not in attributes() and not FORBIDDEN.isdisjoint(field.lower().split("_"))


def find_fields() -> Iterator[str]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for thing in vars(importlib.import_module(found.name)).values():
            if isinstance(thing, type) and is_dataclass(thing):
                yield from (f"{thing.__qualname__}.{field.name}" for field in fields(thing))


def find_keys(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
    if isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from find_keys(inner)


def test_no_dataclass_has_a_field_for_a_person() -> None:
    found = set(find_fields())
    assert {"Signature.editor", "Context.answers", "ClosedCase.description"} <= found
    assert not {field for field in found if is_forbidden(field.split(".")[1])}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_facts_have_a_key_for_a_person(file: Path) -> None:
    keys = set(find_keys(json.loads(file.read_text("utf-8"))))
    assert len(keys) > 5
    assert not {key for key in keys if is_forbidden(key)}


@pytest.mark.parametrize("field", ["name", "surname", "account_url", "user_id", "email", "handle"])
def test_such_a_field_would_be_caught(field: str) -> None:
    assert is_forbidden(field)


def test_attributes_describe_a_post_and_hold_no_account() -> None:
    touching = {each for each in attributes() if not FORBIDDEN.isdisjoint(each.split("_"))}
    # The kind of account, and how well known somebody is: values of a closed list.
    assert touching == {"account_type", "public_visibility_of_person"}
