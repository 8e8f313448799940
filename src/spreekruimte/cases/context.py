"""The context of a post: answers to attributes, checked, immutable, equal by content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spreekruimte.cases.attributes import Attribute, attributes
from spreekruimte.cases.sentences import Sentence
from spreekruimte.cases.sentences import mark as _

# The largest count that is believed, which also keeps numbers within a database column.
MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer, for machines by its code and for people by its sentence."""

    attribute: str
    code: str
    sentence: Sentence


class ContextError(ValueError):
    """Answers that are not a context; `problems` holds everything that is wrong with them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.sentence.in_english() for problem in problems))


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of one attribute, with the whole numbers that stand beside it if any."""

    attribute: str
    value: str
    numbers: tuple[tuple[str, int], ...] = ()

    def as_json(self) -> str | dict[str, str | int]:
        """Give the value alone, or an object where numbers stand beside it."""
        return {"value": self.value, **dict(self.numbers)} if self.numbers else self.value


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the context of a post. An attribute without an answer is not known.

    Make one with `Context.of` or `Context.from_json`; both check the answers. Two contexts are
    equal when their answers are, in whatever order these were given.
    """

    answers: tuple[Answer, ...] = ()

    @classmethod
    def of(cls, answers: object) -> Context:
        """Check answers and put them in the canonical order.

        Parameters
        ----------
        answers
            A mapping by id of the attribute. Each answer is the id of a value; or an object with
            that ``value`` and whole numbers; or, where the values are ranges of a number, that
            number alone.

        Raises
        ------
        ContextError
            With every problem: attributes and values that do not exist, values of a wrong type,
            numbers out of range or against the value given.
        """
        if not isinstance(answers, Mapping):
            sentence = Sentence.of(
                _("A context is an object with attributes, not {kind}."), kind=_kind(answers)
            )
            raise ContextError((Problem("", "not_an_object", sentence),))
        read: dict[str, Answer] = {}
        problems: list[Problem] = []
        for key, given in answers.items():
            attribute = attributes().get(key) if isinstance(key, str) else None
            outcome = _unknown_attribute(key) if attribute is None else _read(attribute, given)
            if isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                read[outcome.attribute] = outcome
        if problems:
            raise ContextError(tuple(problems))
        return cls(tuple(read[each] for each in attributes() if each in read))

    @classmethod
    def from_json(cls, text: str) -> Context:
        """Read what `to_json` wrote; raises ContextError where that cannot be."""
        try:
            answers = json.loads(text)
        except (ValueError, RecursionError) as error:
            sentence = Sentence.of(_("A context is JSON; this is not."))
            raise ContextError((Problem("", "not_json", sentence),)) from error
        return cls.of(answers)

    def to_json(self) -> str:
        """Write the answers in the canonical order; equal contexts give equal text."""
        return json.dumps({each.attribute: each.as_json() for each in self.answers})

    def __iter__(self) -> Iterator[Answer]:
        """Go through the answers in the canonical order."""
        return iter(self.answers)

    def get(self, attribute: str) -> str | None:
        """Give the value of an attribute; None where it is not known."""
        return next((each.value for each in self.answers if each.attribute == attribute), None)

    def is_one_of(self, attribute: str, *values: str) -> bool:
        """Say whether an attribute is known and has one of the values."""
        return self.get(attribute) in values

    def public(self) -> Context:
        """Give what the public may see: no hidden attribute, and no precise number."""
        shown = (each for each in self.answers if attributes()[each.attribute].is_public)
        return Context(tuple(Answer(each.attribute, each.value) for each in shown))


def _read(attribute: Attribute, given: object) -> Answer | Problem:
    if isinstance(given, str):
        given = {"value": given}
    elif _is_whole(given) and attribute.counts:
        given = {attribute.counts: given}
    if not isinstance(given, Mapping):
        return _wrong_type(attribute, given)
    fields = dict(given)
    for key, number in fields.items():
        if key != "value" and (problem := _find_fault(attribute, key, number)):
            return problem
    numbers = tuple((key, fields[key]) for key in attribute.numbers if key in fields)
    return _settle(attribute, fields.get("value"), numbers)


def _settle(
    attribute: Attribute, value: object, numbers: tuple[tuple[str, int], ...]
) -> Answer | Problem:
    counted = dict(numbers).get(attribute.counts or "")
    implied = None if counted is None else attribute.value_for(counted)
    value = implied if value is None else value
    if not isinstance(value, str):
        return _wrong_type(attribute, value)
    if value not in attribute.allowed:
        return _problem(
            attribute,
            "unknown_value",
            _("{attribute} cannot be {given}. Allowed: {allowed}."),
            given=_quote(value),
            allowed=", ".join(attribute.allowed),
        )
    if implied is not None and value != implied:
        return _problem(
            attribute,
            "number_against_value",
            _("{attribute} is {value}, but the number given belongs to {implied}."),
            value=value,
            implied=implied,
        )
    return Answer(attribute.id, value, numbers)


def _find_fault(attribute: Attribute, key: object, number: object) -> Problem | None:
    if key not in attribute.numbers:
        return _problem(
            attribute,
            "unknown_number",
            _("{attribute} has no field {given}. Allowed: {allowed}."),
            given=_quote(key),
            allowed=", ".join(("value", *attribute.numbers)),
        )
    if not _is_whole(number):
        return _problem(
            attribute,
            "wrong_number",
            _("{attribute}: {field} is a whole number from 0 to {most}."),
            field=key,
            most=MOST,
        )
    return None


def _is_whole(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= MOST


def _unknown_attribute(key: object) -> Problem:
    sentence = Sentence.of(
        _("There is no attribute {given}. Allowed: {allowed}."),
        given=_quote(key),
        allowed=", ".join(attributes()),
    )
    return Problem(_quote(key), "unknown_attribute", sentence)


def _wrong_type(attribute: Attribute, given: object) -> Problem:
    return _problem(
        attribute,
        "wrong_type",
        _("{attribute} is one of these, not {kind}: {allowed}."),
        kind=_kind(given),
        allowed=", ".join(attribute.allowed),
    )


def _problem(attribute: Attribute, code: str, template: str, **values: object) -> Problem:
    return Problem(attribute.id, code, Sentence.of(template, attribute=attribute.id, **values))


def _kind(given: object) -> str:
    return "null" if given is None else type(given).__name__


def _quote(given: object) -> str:
    """Show what was given, shortened, for it may be anything."""
    shown = given if isinstance(given, str) else _kind(given)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
