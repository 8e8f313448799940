"""Make the draft of a case from a document, as the desk would step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from spreekruimte.analysis.errors import InputError
from spreekruimte.cases import actions
from spreekruimte.cases.actions.preparing import Place
from spreekruimte.cases.context import ContextError
from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

KEYS = {"provenance", "description", "texts", "context", "public_facts", "sources", "simulated"}


@transaction.atomic
def create_from(
    document: object, *, organisation: Organisation, actor: Actor, now: datetime
) -> Case:
    """Make a draft with everything that a document says; all of it, or nothing.

    Parameters
    ----------
    document
        An object with ``provenance``, ``description`` (``nl`` and ``en``), and if need be
        ``texts`` (by ``<framing>.<side>``, each with ``nl`` and ``en``), ``context``,
        ``public_facts``, ``sources`` and ``simulated``.

    Raises
    ------
    InputError
        If it does not look like that.
    ValidationError
        If what it says cannot be; see `spreekruimte.cases.actions`.
    RefusedError
        If the context cannot be.
    """
    parts = _read_object(document, "")
    unknown = sorted(parts.keys() - KEYS)
    if unknown:
        raise InputError("A case has no {key}; it can have: {keys}.", key=unknown[0], keys=_list())
    description = _read_bilingual(parts.get("description"), "description")
    case = actions.create_case(
        organisation=organisation,
        provenance=cast(Kind, _read_text(parts.get("provenance"), "provenance")),
        description=description,
        is_simulated=parts.get("simulated") is True,
        actor=actor,
        now=now,
    )
    tellings = _read_tellings(parts.get("texts", {}))
    if tellings:
        actions.edit_texts(
            case=case, description=description, tellings=tellings, actor=actor, now=now
        )
    return _tell_the_rest(case, parts, actor, now)


def _tell_the_rest(case: Case, parts: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    if "context" in parts:
        try:
            case = actions.answer_context(case=case, answers=parts["context"], actor=actor, now=now)
        except ContextError as error:
            raise RefusedError(str(error.problems[0].sentence)) from error
    if "public_facts" in parts:
        facts = _read_texts(parts["public_facts"], "public_facts")
        case = actions.choose_public_facts(case=case, facts=facts, actor=actor, now=now)
    if "sources" in parts:
        sources = _read_texts(parts["sources"], "sources")
        case = actions.cite_sources(case=case, sources=sources, actor=actor, now=now)
    return case


def _read_tellings(texts: object) -> dict[Place, str]:
    tellings: dict[Place, str] = {}
    for place, text in _read_object(texts, "texts").items():
        framing, _dot, side = place.partition(".")
        told = _read_bilingual(text, f"texts.{place}")
        tellings[cast(Place, (framing, side, "nl"))] = told.nl
        tellings[cast(Place, (framing, side, "en"))] = told.en
    return tellings


def _read_object(value: object, key: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError("{key} is an object with keys.", key=key or "case")
    return value


def _read_text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise InputError("{key} is a text.", key=key)
    return value


def _read_texts(value: object, key: str) -> list[str]:
    if not isinstance(value, list):
        raise InputError("{key} is a list of texts.", key=key)
    return [_read_text(each, key) for each in value]


def _read_bilingual(value: object, key: str) -> Bilingual:
    texts = _read_object(value, key)
    return Bilingual(
        nl=_read_text(texts.get("nl"), f"{key}.nl"), en=_read_text(texts.get("en"), f"{key}.en")
    )


def _list() -> str:
    return ", ".join(sorted(KEYS))
