"""Tell the audit trail in sentences, and as a table for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from uuid import UUID

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _

from spreekruimte.organisations.models import OPERATOR, AuditEntry, Role, User

MODULE = "audit_sentences"
COLUMNS = ("number", "at", "actor", "action", "kind", "identifier", "details")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the audit trail as a reader sees it."""

    at: datetime
    sentence: str


@cache
def known_sentences() -> Mapping[str, Promise]:
    """Return the sentence for each action, from the modules ``audit_sentences`` of all apps."""
    sentences: dict[str, Promise] = {}
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, MODULE):
            sentences |= import_module(f"{config.name}.{MODULE}").SENTENCES
    return sentences


def tell(entries: Iterable[AuditEntry]) -> list[Told]:
    """Tell entries in the active language, with the e-mail addresses of who is still known."""
    entries = list(entries)
    names = _find_names(entries)
    return [Told(entry.at, _tell(entry, names)) for entry in entries]


def write_table(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Write entries as lines of CSV, in which people are pseudonyms."""
    yield _line(COLUMNS)
    for entry in entries:
        yield _line(
            (
                entry.pk,
                entry.at.isoformat(),
                entry.actor,
                entry.action,
                entry.kind,
                entry.identifier,
                json.dumps(entry.details, ensure_ascii=False, sort_keys=True),
            )
        )


def _line(cells: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _find_names(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """Return who stands behind the pseudonyms of some entries, as far as they are still known."""
    named = {text for entry in entries for text in (entry.actor, entry.identifier)}
    pseudonyms = {pseudonym for text in named if (pseudonym := read_pseudonym(text))}
    found = User.objects.filter(pseudonym__in=pseudonyms).values_list("pseudonym", "email")
    return {str(pseudonym): email for pseudonym, email in found}


def read_pseudonym(text: str) -> UUID | None:
    """Return the pseudonym that an entry names; None for who is no user, the operator for one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _tell(entry: AuditEntry, names: Mapping[str, str]) -> str:
    sentence = known_sentences().get(entry.action)
    told = defaultdict(str, {name: _write(value) for name, value in entry.details.items()})
    told["who"] = _name_actor(entry.actor, names)
    told["what"] = _name_object(entry, names)
    if sentence is None:
        told["action"] = entry.action
        return _("%(who)s: %(action)s, %(what)s.") % told
    return str(sentence % told)


def _name_actor(actor: str, names: Mapping[str, str]) -> str:
    if actor == OPERATOR:
        return _("The operator")
    if read_pseudonym(actor) is None:
        return _("The system")
    return names.get(actor) or _("Someone who has left")


def _name_object(entry: AuditEntry, names: Mapping[str, str]) -> str:
    if entry.kind == "user":
        return names.get(entry.identifier) or _("someone who has left")
    return entry.identifier


def _write(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_write(each) for each in value)
    if value in Role.values:
        return str(Role(value).label)
    return str(value)
