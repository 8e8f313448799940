"""What a study compares: attributes with some of their values, and what may not go together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from spreekruimte.analysis.vignettes import Attribute
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.studies.models import Study

Ints = NDArray[np.int64]
Context = Mapping[str, str]
"""A value by its attribute."""

MOST_ATTRIBUTES = 8
MOST_PAIRS = 3
MOST_FORBIDDEN = 20
MOST_COMBINATIONS = 5**8
"""The map of room goes over all of them while somebody waits."""


@dataclass(frozen=True)
class Plan:
    """What a study compares, with every choice checked.

    Attributes
    ----------
    values
        The values of each attribute, in order.
    forbidden
        Combinations that are never shown: each a value for two attributes or more.
    pairs
        Pairs of attributes of which is said beforehand that they may work together.
    """

    values: Mapping[str, tuple[str, ...]]
    forbidden: tuple[Context, ...]
    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, study: Study) -> Plan:
        """Read what was stored of a study."""
        values = {attribute: tuple(values) for attribute, values in study.attributes}
        pairs = tuple(cast(tuple[str, str], tuple(pair)) for pair in study.pairs)
        return cls(values, tuple(study.forbidden), pairs)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each attribute."""
        return {attribute: place for place, attribute in enumerate(self.values)}

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values each attribute has."""
        return tuple(map(len, self.values.values()))

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The attributes as the analysis takes them, by their ids."""
        return tuple(Attribute(attribute, values) for attribute, values in self.values.items())

    @property
    def forbidden_levels(self) -> Ints:
        """The forbidden combinations as the analysis takes them."""
        rules = np.full((len(self.forbidden), len(self.values)), -1, dtype=np.int64)
        for row, rule in enumerate(self.forbidden):
            for attribute, value in rule.items():
                rules[row, self.places[attribute]] = self.values[attribute].index(value)
        return rules

    @property
    def pair_places(self) -> list[tuple[int, int]]:
        """The pairs as the analysis takes them."""
        return [(self.places[first], self.places[second]) for first, second in self.pairs]

    def to_levels(self, context: Context) -> list[int]:
        """Give the place of the value of each attribute in a context."""
        return [values.index(context[attribute]) for attribute, values in self.values.items()]

    def to_context(self, levels: Sequence[int]) -> dict[str, str]:
        """Give the context that levels stand for."""
        return {
            attribute: values[level]
            for (attribute, values), level in zip(self.values.items(), levels, strict=True)
        }


def name_value(attribute: str, value: str) -> Bilingual:
    """Say a value in the words of the schema."""
    return attributes()[attribute].label_of(value)


def check_attributes(chosen: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """Give the attributes in the order of the schema, each with its values in that order.

    Raises
    ------
    ValidationError
        If an attribute or value is not known or may not be shown, there are fewer than two
        attributes or too many, an attribute has one value, or there are too many combinations.
    """
    for attribute, values in chosen.items():
        if attribute not in attributes() or not attributes()[attribute].is_public:
            raise ValidationError(_("This may not be shown to the public."))
        if len(set(values) & set(attributes()[attribute].allowed)) != len(values):
            raise ValidationError(_("That choice does not exist."))
        if len(values) < 2:
            raise ValidationError(
                _("Choose at least two values of: %(attribute)s.")
                % {"attribute": attributes()[attribute].label}
            )
    if not 2 <= len(chosen) <= MOST_ATTRIBUTES:
        raise ValidationError(
            _("Choose from 2 to %(most)s attributes.") % {"most": MOST_ATTRIBUTES}
        )
    if math.prod(map(len, chosen.values())) > MOST_COMBINATIONS:
        raise ValidationError(
            _("These are too many combinations. Choose fewer attributes, or fewer values.")
        )
    return {
        each.id: tuple(value for value in each.allowed if value in chosen[each.id])
        for each in attributes().values()
        if each.id in chosen
    }


def check_combinations(
    values: Mapping[str, Sequence[str]], forbidden: Sequence[Context]
) -> list[dict[str, str]]:
    """Give forbidden combinations, each once.

    Raises
    ------
    ValidationError
        If there are too many, or one is not of two or more attributes of the study, with values
        that these have there.
    """
    if len(forbidden) > MOST_FORBIDDEN:
        raise ValidationError(_("Forbid at most %(most)s combinations.") % {"most": MOST_FORBIDDEN})
    kept: list[dict[str, str]] = []
    for rule in forbidden:
        if len(rule) < 2:
            raise ValidationError(_("A combination is of two different attributes."))
        if any(value not in values.get(attribute, ()) for attribute, value in rule.items()):
            raise ValidationError(_("That choice does not exist."))
        if dict(rule) not in kept:
            kept.append(dict(rule))
    return kept


def check_pairs(
    values: Mapping[str, Sequence[str]], pairs: Sequence[tuple[str, str]]
) -> list[list[str]]:
    """Give pairs of attributes in the order of the study, each once.

    Raises
    ------
    ValidationError
        If there are too many, or one is not of two attributes of the study.
    """
    if len(pairs) > MOST_PAIRS:
        raise ValidationError(_("Choose at most %(most)s pairs.") % {"most": MOST_PAIRS})
    order = list(values)
    kept = []
    for first, second in pairs:
        if first == second or not {first, second} <= set(order):
            raise ValidationError(_("A pair is of two different attributes of this study."))
        pair = sorted((first, second), key=order.index)
        if pair not in kept:
            kept.append(pair)
    return kept
