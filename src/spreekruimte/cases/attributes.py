"""The 39 attributes that describe the context of a post, and the values that each can have.

The attributes stand in ``facts/attributes.json``. Every value comes from a closed list, with whole
numbers beside it for reach and repetition, so that no answer can hold a name or free text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from spreekruimte.cases.facts import read_facts
from spreekruimte.cases.sentences import Bilingual

# "claim": shown as what is claimed, always beside the evidence for it.
# "fuss" and "employer": kept for the side of the fuss, or told by the employer or public servant.
Shown = Literal["yes", "claim", "no", "fuss", "employer"]
Group = Literal["speaker", "link", "channel", "content", "pattern", "effect"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value that an attribute can have.

    Attributes
    ----------
    at_least
        The lowest number that belongs to this value, where the attribute counts something and its
        values are ranges of that count; else None.
    """

    id: str
    label: Bilingual
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that can be known about the context of a post.

    Attributes
    ----------
    shown
        Whether the public may see it while judging, and why not.
    rests_on
        The tests and rulings that weigh it.
    numbers
        The whole numbers that may stand beside the value. They are for editors: a precise count
        can lead to a person, so the public sees the value only.
    """

    id: str
    group: Group
    shown: Shown
    label: Bilingual
    question: Bilingual
    rests_on: tuple[str, ...]
    values: tuple[Value, ...]
    numbers: tuple[str, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether the public may see the value."""
        return self.shown in {"yes", "claim"}

    @property
    def counts(self) -> str | None:
        """The number that decides the value, where the values are ranges of it."""
        return self.numbers[0] if self.values[0].at_least is not None else None

    @property
    def allowed(self) -> tuple[str, ...]:
        """The ids of the values, in the order in which they are shown."""
        return tuple(value.id for value in self.values)

    def label_of(self, value: str) -> Bilingual:
        """Give the label of a value; raises KeyError where there is no such value."""
        return {each.id: each.label for each in self.values}[value]

    def value_for(self, number: int) -> str:
        """Give the value whose range holds a number of 0 or more."""
        return [each.id for each in self.values if (each.at_least or 0) <= number][-1]


@cache
def attributes() -> Mapping[str, Attribute]:
    """Give all attributes by id, in the canonical order."""
    read = [_read_attribute(facts) for facts in read_facts("attributes.json")["attributes"]]
    return MappingProxyType({attribute.id: attribute for attribute in read})


@cache
def groups() -> Mapping[Group, Bilingual]:
    """Give the labels of the groups in which attributes are asked, in order."""
    labels = read_facts("attributes.json")["groups"]
    return MappingProxyType({group: Bilingual.read(label) for group, label in labels.items()})


def _read_attribute(facts: dict[str, Any]) -> Attribute:
    return Attribute(
        id=facts["id"],
        group=facts["group"],
        shown=facts["shown"],
        label=Bilingual.read(facts["label"]),
        question=Bilingual.read(facts["question"]),
        rests_on=tuple(facts["rests_on"]),
        values=tuple(
            Value(id=each["id"], label=Bilingual.read(each), at_least=each.get("from"))
            for each in facts["values"]
        ),
        numbers=tuple(facts.get("numbers", ())),
    )
