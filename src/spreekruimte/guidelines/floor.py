"""What no line may go below: the rights floor, applied to rules instead of posts.

A line goes below the floor where it forbids, knowing nothing of a post but what the floor protects;
or where it requires permission or advice before speaking. What a line forbids for a further reason,
such as being on duty, is not forbidden by what is protected alone
(``docs/decisions/0031-rights-floor-of-rules.md``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from types import MappingProxyType

from spreekruimte.analysis.rules import TRUE, canonicalise, evaluate
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.context import Context
from spreekruimte.cases.gates.rights_floor import NOT_A_GROUND, PUBLIC_GROUNDS, SECRET
from spreekruimte.cases.sentences import Sentence
from spreekruimte.cases.sentences import mark as _
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.vocabulary import rule_attributes

PRIOR = ("prior_advice", "prior_permission")
"""Duties that make speaking wait for somebody else."""
VOLUME_OF_REACTION = Sentence.of(_("How many people react is never by itself a ground."))


def find_grounds(line: Line) -> tuple[Sentence, ...]:
    """Give the statements of the rights floor that a line goes below; none where it does not."""
    if line.duty in PRIOR:
        return (Sentence.of(NOT_A_GROUND["no_prior_permission"].template),)
    if line.effect != "forbid":
        return ()
    predicate = canonicalise(line.predicate, rule_attributes())
    grounds = []
    for ground, known in _list_protected():
        holds = evaluate(predicate, rule_attributes().code_cases([known]))[0] == TRUE
        if holds and ground not in grounds:
            grounds.append(ground)
    return tuple(grounds)


def find_protections(context: Context) -> tuple[Sentence, ...]:
    """Give what the rights floor says of a post, whatever a rule says; some of it holds of all.

    What is not known of the context protects nothing yet.
    """
    known = {answer.attribute: answer.value for answer in context}
    every = (Sentence.of(NOT_A_GROUND["no_prior_permission"].template), VOLUME_OF_REACTION)
    found = [
        ground for ground, protected in _list_protected() if protected.items() <= known.items()
    ]
    return tuple(dict.fromkeys((*found, *every)))


@cache
def find_protected_values() -> Mapping[str, frozenset[str]]:
    """Give the values that are protected by themselves, by attribute."""
    protected: dict[str, frozenset[str]] = {}
    for _ground, known in _list_protected():
        if len(known) == 1:
            ((attribute, value),) = known.items()
            protected[attribute] = protected.get(attribute, frozenset()) | {str(value)}
    return MappingProxyType(protected)


def _list_protected() -> Iterator[tuple[Sentence, dict[str, str | None]]]:
    """Go through what is protected, and the least that is known of a post then."""
    for statement in NOT_A_GROUND.values():
        for attribute, values in statement.needs:
            for value in values:
                yield Sentence.of(statement.template), {attribute: value}
    for route in ("yes", "tried_and_failed"):
        known: dict[str, str | None] = {"public_interest": "wrongdoing", "internal_route": route}
        yield Sentence.of(NOT_A_GROUND["report_of_wrongdoing"].template), known
    for value in attributes()["first_amplifier"].allowed:
        yield VOLUME_OF_REACTION, {"first_amplifier": value}
    open_values = [each for each in attributes()["confidentiality"].allowed if each not in SECRET]
    for secrecy, interest in product(open_values, attributes()["public_interest"].allowed):
        yield (
            PUBLIC_GROUNDS["correction_of_facts"],
            {
                "speech_type": "fact",
                "accuracy": "correct",
                "confidentiality": secrecy,
                "public_interest": interest,
            },
        )
