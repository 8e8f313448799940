"""Guidelines as JSON: what is exported, imported, stored of a version, and shipped as packs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, get_args

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.rules import Predicate, parse_predicate, write_predicate
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.sentences import LANGUAGES, Bilingual
from spreekruimte.cases.writing import tidy_source, tidy_text
from spreekruimte.guidelines.effects import LineEffect
from spreekruimte.guidelines.lines import Confidence, Duty, Line
from spreekruimte.guidelines.predicate_sentences import say_predicate
from spreekruimte.guidelines.vocabulary import rule_attributes

SCHEMA = "spreekruimte-guideline-1"
MOST_LINES = 500
NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,19}")
_DATED = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?")
_NEEDED = ("name", "text", "predicate", "effect")
_OPTIONAL = ("duty", "weighs", "source", "dated", "confidence", "sentence")

Value = TypeVar("Value")


def write_line(line: Line) -> dict[str, Any]:
    """Give a line as JSON, with the sentence of its predicate for who reads the file."""
    return {
        "name": line.name,
        "text": {language: line.text.in_language(language) for language in LANGUAGES},
        "predicate": write_predicate(line.predicate, rule_attributes()),
        "sentence": {language: say_predicate(line.predicate, language) for language in LANGUAGES},
        "effect": line.effect,
        "duty": line.duty,
        "weighs": list(line.weighs),
        "source": line.source,
        "dated": line.dated,
        "confidence": line.confidence,
    }


def read_line(document: object) -> Line:
    """Read what `write_line` wrote. The sentence is not read: the predicate decides.

    Raises
    ------
    ValidationError
        With the first thing that is wrong: a part that is absent or not known, a text that is
        empty or too long, an attribute, value, effect or duty that there is not, a predicate that
        can never hold.
    """
    given = _as_object(document)
    absent = [key for key in _NEEDED if key not in given]
    if absent:
        raise ValidationError(_("This line lacks: %(keys)s.") % {"keys": ", ".join(absent)})
    strange = [str(key) for key in given if key not in (*_NEEDED, *_OPTIONAL)]
    if strange:
        raise ValidationError(_("A line has no part %(keys)s.") % {"keys": ", ".join(strange)})
    effect: LineEffect = _choose(given["effect"], get_args(LineEffect), _("effect"))
    return check_line(
        Line(
            name=_read_name(given["name"]),
            text=read_texts(given["text"]),
            predicate=read_condition(given["predicate"]),
            effect=effect,
            duty=_read_duty(given.get("duty"), effect),
            weighs=_read_weighs(given.get("weighs", [])),
            source=tidy_source(_as_text(given.get("source", ""))),
            dated=_as_text(given.get("dated", "")),
            confidence=_choose(
                given.get("confidence", "own"), get_args(Confidence), _("confidence")
            ),
        )
    )


def check_line(line: Line) -> Line:
    """Give the line back if its parts fit together.

    Raises
    ------
    ValidationError
        If a requirement does not say what is required, a weighing not what is weighed, another
        line says one of these, or the date is none.
    """
    if (line.effect == "require") != (line.duty is not None):
        raise ValidationError(_("Say what is required, if something is required, and only then."))
    if (line.effect == "weigh") != bool(line.weighs):
        raise ValidationError(
            _("Say what is to be weighed, if it is to be weighed, and only then.")
        )
    if not _DATED.fullmatch(line.dated):
        raise ValidationError(_("Write the date as 2026, 2026-05 or 2026-05-31."))
    return line


def read_lines(documents: object) -> tuple[Line, ...]:
    """Read the lines of a guideline.

    Raises
    ------
    ValidationError
        With everything that is wrong, each with the line it is in, counted from 1.
    """
    if not isinstance(documents, list) or len(documents) > MOST_LINES:
        raise ValidationError(
            _("A guideline needs a list of at most %(most)s lines.") % {"most": MOST_LINES}
        )
    lines: list[Line] = []
    problems: list[str] = []
    for number, document in enumerate(documents, start=1):
        try:
            lines.append(read_line(document))
        except ValidationError as error:
            place = _name_place(number, document)
            problems += [f"{place}: {message}" for message in error.messages]
    names = [line.name for line in lines]
    twice = sorted({name for name in names if names.count(name) > 1})
    problems += [_("Two lines are called %(name)s.") % {"name": name} for name in twice]
    if problems:
        raise ValidationError(problems)
    return tuple(lines)


def write_lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Give lines as JSON."""
    return [write_line(line) for line in lines]


def read_guideline(document: object) -> tuple[Bilingual, tuple[Line, ...]]:
    """Read the title and the lines of an exported guideline; other parts are not read.

    Raises
    ------
    ValidationError
        With everything that is wrong, and the line it is in.
    """
    given = _as_object(document)
    if given.get("schema") != SCHEMA:
        raise ValidationError(
            _("This is no guideline file: its “schema” is not %(schema)s.") % {"schema": SCHEMA}
        )
    return read_texts(given.get("title")), read_lines(given.get("lines"))


def read_texts(document: object) -> Bilingual:
    """Read a text in both languages.

    Raises
    ------
    ValidationError
        If one is absent, empty, too long, or no plain text.
    """
    given = _as_object(document)
    return Bilingual(**{each: tidy_text(_as_text(given.get(each, ""))) for each in LANGUAGES})


def read_condition(document: object) -> Predicate:
    """Read the JSON form of a predicate.

    Raises
    ------
    ValidationError
        In the active language, where `parse_predicate` refuses.
    """
    try:
        return parse_predicate(document, rule_attributes())
    except InputError as error:
        raise ValidationError(_(error.template).format(**error.values)) from error


def _read_name(given: object) -> str:
    if not isinstance(given, str) or not NAME.fullmatch(given):
        raise ValidationError(
            _("A line is named by at most 20 letters, digits and hyphens, a letter first.")
        )
    return given


def _read_duty(given: object, effect: LineEffect) -> Duty | None:
    if given is None and effect != "require":
        return None
    duty: Duty = _choose(given, get_args(Duty), _("requirement"))
    return duty


def _read_weighs(given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise ValidationError(_("What is weighed is a list of attributes."))
    return tuple(_choose(each, tuple(attributes()), _("attribute")) for each in given)


def _choose(given: object, allowed: Sequence[Value], what: str) -> Value:
    if given not in allowed:
        raise ValidationError(
            _("There is no %(what)s %(given)s; there are: %(allowed)s.")
            % {"what": what, "given": given, "allowed": ", ".join(map(str, allowed))}
        )
    return allowed[allowed.index(given)]


def _as_object(given: object) -> Mapping[str, object]:
    if not isinstance(given, Mapping):
        raise ValidationError(_("There has to be an object here, between { and }."))
    return given


def _as_text(given: object) -> str:
    if not isinstance(given, str):
        raise ValidationError(_("There has to be a text here."))
    return given


def _name_place(number: int, document: object) -> str:
    name = document.get("name") if isinstance(document, Mapping) else None
    if isinstance(name, str) and NAME.fullmatch(name):
        return _("Line %(number)s (%(name)s)") % {"number": number, "name": name}
    return _("Line %(number)s") % {"number": number}
